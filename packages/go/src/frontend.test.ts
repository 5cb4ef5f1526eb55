import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { missingEmbedNotes } from './frontend.ts';

const scripts = '{\n  "scripts": {\n    "build": "vite build"\n  }\n}\n';

function notes(files: Readonly<Record<string, string>>, path: string, made: readonly string[] = []) {
  const missing = [{ path, place: { file: 'web/web.go', line: 5 } }];
  return missingEmbedNotes(new Project(new MemoryTree(files)), missing, new Set(made));
}

test.each([
  ['web/dist', 'web/package.json', 'web'],
  ['dist/*', 'package.json', 'this folder'],
  ['internal/web/dist', 'web/package.json', 'web'],
])('%s is made by %s', (path, file, folder) => {
  const [note] = notes({ [file]: scripts }, path);
  expect(note?.message).toBe(
    `${path} is embedded, but it is not there: the front end in ${folder} has to be built first`,
  );
  expect(note?.hint).toContain(`(${file}: vite build)`);
  expect(note?.place).toEqual({ file: 'web/web.go', line: 5 });
});

test('nobody is known to make it', () => {
  const [note] = notes({ 'web/package.json': '{"scripts": {"test": "true"}}' }, 'web/dist');
  expect(note?.message).toBe('web/dist is embedded, but it is not there');
});

test('what the build generates is not missing', () => {
  expect(notes({}, 'web/dist', ['web/dist'])).toEqual([]);
});
