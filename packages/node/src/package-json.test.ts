import { expect, test } from 'vitest';
import { looksLikeLibrary, readPackageJson } from './package-json.ts';
import { errorOf, packageOf, projectOf } from './projects.test.kit.ts';

test('scripts and dependencies know their lines', () => {
  const { manifest } = packageOf({
    scripts: { start: ' node a.js ' },
    dependencies: { express: '^5' },
    devDependencies: { tsx: '4' },
  });
  expect(manifest.scripts.get('start')).toEqual({
    name: 'start',
    text: 'node a.js',
    place: { file: 'package.json', line: 3 },
  });
  expect([...manifest.production.keys()]).toEqual(['express']);
  expect(manifest.development.get('tsx')?.place.line).toBe(9);
});

test('a broken file names its line', () => {
  expect(
    errorOf(() => readPackageJson(projectOf({ 'package.json': '{\n  "name": "x"\n  "scripts": {}\n}' }))),
  ).toMatchObject({
    code: 'broken-file',
    place: { file: 'package.json', line: 3 },
  });
  expect(errorOf(() => readPackageJson(projectOf({ 'package.json': '[]' }))).code).toBe('broken-file');
});

test('values of a wrong type are as if they were not there', () => {
  const { manifest } = packageOf({ scripts: { start: 5, build: null }, dependencies: ['express'], workspaces: 'no' });
  expect(manifest.scripts.size).toBe(0);
  expect(manifest.production.size).toBe(0);
});

test.each(['a b', 'x\nRUN id', '$(id)', "x'; id", '`id`', 'ünï'])('no dependency is named %j', (name) => {
  expect(errorOf(() => packageOf({ dependencies: { [name]: '1' } })).code).toBe('broken-file');
});

test('the fields of a library', () => {
  expect(looksLikeLibrary(packageOf({ main: 'index.js' }).manifest)).toBe(false);
  expect(looksLikeLibrary(packageOf({ types: 'index.d.ts' }).manifest)).toBe(true);
});
