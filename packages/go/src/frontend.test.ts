import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { findEmbeds } from './embeds.ts';
import { missingEmbedNotes, placeholderNotes } from './frontend.ts';

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

test('a Makefile makes it', () => {
  const Makefile = 'all:\n\ntools: x\n\ttrue\n\ncss:\n\ttailwindcss -i in.css -o static/site.css\n';
  const [note] = notes({ Makefile }, 'static/site.css');
  expect(note?.hint).toBe('Run make css before docker build, which takes static/site.css from here.');
});

test('a folder with nothing but a placeholder is embedded without a word of the compiler', () => {
  const source = 'package web\n\n//go:embed all:dist\nvar pages embed.FS\n';
  const project = (files: Readonly<Record<string, string>>) =>
    new Project(new MemoryTree({ 'web/web.go': source, 'web/package.json': scripts, ...files }));
  const held = project({ 'web/dist/.gitkeep': '' });
  const [note] = placeholderNotes(held, findEmbeds(held, ['web/web.go']));
  expect(note?.message).toBe('web/dist is embedded, but it has only .gitkeep');
  expect(note?.hint).toContain('Run its build (web/package.json: vite build)');
  const made = project({ 'web/dist/.gitkeep': '', 'web/dist/index.html': '' });
  expect(placeholderNotes(made, findEmbeds(made, ['web/web.go']))).toEqual([]);
});
