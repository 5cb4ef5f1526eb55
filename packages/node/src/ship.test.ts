import { expect, test } from 'vitest';
import { projectOf } from './projects.test.kit.ts';
import { neededFiles, shippedFiles } from './ship.ts';
import type { Start } from './start/start.ts';

const start = (entry: string, fromDependency = false): Start => ({
  env: {},
  flags: [],
  entry,
  args: [],
  place: undefined,
  fromDependency,
});
const shipped = (entry: string, files: Record<string, string> = {}) =>
  shippedFiles(projectOf(files), true, start(entry));

test('without a build the sources ship', () => {
  expect(shippedFiles(projectOf({}), false, start('dist/a.js'))).toEqual({ kind: 'sources' });
});

test.each(['dist/a.js', 'dist/main', 'dist', 'made/a.js'])('%s is in a folder that the build makes', (entry) => {
  expect(shipped(entry, { 'src/a.ts': '' })).toMatchObject({ kind: 'output', folder: entry.split('/')[0] });
});

test('a folder from an earlier build on this machine changes nothing', () => {
  expect(shipped('dist/a.js', { 'dist/a.js': '' })).toMatchObject({ kind: 'output', folder: 'dist' });
  const files = { 'tsconfig.json': '{ "compilerOptions": { "outDir": "lib" } }', 'lib/a.js': '', 'lib/a.d.ts': '' };
  expect(shipped('lib/a.js', files)).toMatchObject({ kind: 'output', folder: 'lib' });
});

test.each([
  ['src/a.js', { 'src/a.ts': '' }],
  ['server.js', {}],
  ['server', { 'server.js': '' }],
  ['lib/a.js', { 'lib/a.js': '' }],
])('%s lies among the sources', (entry, files) => {
  expect(shipped(entry, files as Record<string, string>)).toEqual({ kind: 'tree' });
});

test('a program from node_modules may read anything', () => {
  expect(shippedFiles(projectOf({}), true, start('node_modules/.bin/fastify', true))).toEqual({ kind: 'tree' });
});

test('folders for the running program ship, too, unless they are code', () => {
  const files = { 'views/a.pug': '', 'public/a.css': '', 'migrations/1.ts': '', 'other/x.txt': '' };
  expect(shipped('dist/a.js', files)).toMatchObject({ assets: ['public', 'views'] });
});

test('data that the program reads ships where it lies, unless its folder does', () => {
  const files = { 'views/a.pug': '', 'libs/a.graphql': '', 'libs/b.ts': '' };
  const data = ['libs/a.graphql', 'views/a.pug'].map((path) => ({ path, at: path, place: { file: 'src/a.ts' } }));
  expect(shippedFiles(projectOf(files), true, start('dist/a.js'), false, data)).toMatchObject({
    assets: ['views', 'libs/a.graphql'],
  });
});

test('what a build needs: code and data, no tests, no hidden files', () => {
  const files = {
    'a.js': '',
    'a.test.js': '',
    'test/b.js': '',
    '.eslintrc.js': '',
    'docs/api.json': '{}',
    'README.md': '',
  };
  expect(neededFiles(projectOf(files))).toEqual(['a.js', 'docs/api.json']);
});
