import { expect, test } from 'vitest';
import { packageOf } from './projects.test.kit.ts';
import { unwantedFiles } from './unwanted.ts';

const { project } = packageOf({ dependencies: { a: '1' }, devDependencies: { b: '1', '@c/d': '1', a: '1' } });
const unwanted = (files: readonly string[], ...command: string[]) => unwantedFiles(files, command, project);

test.each([
  'usr/local/bin/npm',
  'usr/local/lib/node_modules/corepack/package.json',
  'app/node_modules/b/package.json',
  'app/node_modules/a/node_modules/@c/d/package.json',
  'app/dist/server.js.map',
  'app/dist/server.d.ts',
  'app/tsconfig.tsbuildinfo',
])('%s', (path) => expect(unwanted([path], 'node', 'dist/server.js')).toEqual([path]));

test('what belongs there', () => {
  const files = [
    'app/node_modules/a/package.json',
    'app/node_modules/a/index.js.map',
    'app/dist/server.js',
    'app/b/x.js',
  ];
  expect(unwanted(files, 'node', 'dist/server.js')).toEqual([]);
  expect(unwanted(['app/src/server.ts'], 'bun', 'src/server.ts')).toEqual([]);
  expect(unwanted(['app/dist/a.js.map'], 'node', '--enable-source-maps', 'dist/a.js')).toEqual([]);
});
