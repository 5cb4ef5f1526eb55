import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/fake.ts';
import { readTemplate, runtimeFolder, templateFolder } from './templates.ts';

test('the nearest folder of templates, from the module upwards', () => {
  const folder = temporaryFolder({ 'templates/fake/x.hbs': '', 'a/templates/fake/x.hbs': '', 'a/b/c.js': '' });
  const find = (module: string, name: string): string =>
    templateFolder(pathToFileURL(`${folder}/${module}`).href, name);
  expect(find('a/b/c.js', 'fake')).toBe(`${folder}/a/templates/fake`);
  expect(find('x/y.js', 'fake')).toBe(`${folder}/templates/fake`);
  expect(() => find('a/b/c.js', 'none')).toThrow('templates/none is missing');
});

test('reads a template of an ecosystem or of the run halves, with LF line ends', () => {
  const fake = temporaryFolder({ 'build.hbs': 'a\r\nb\r\n' });
  expect(readTemplate({ fake }, 'fake/build')).toBe('a\nb\n');
  expect(readTemplate({}, '_runtime/alpine')).toContain('FROM {{from}} AS {{target}}');
  expect(runtimeFolder()).toMatch(/templates.+_runtime$/);
  expect(() => readTemplate({ fake }, 'other/build')).toThrow('The plan names the template other/build');
});
