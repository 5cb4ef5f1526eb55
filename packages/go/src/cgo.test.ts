import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { cgoTags, findCgo, findOptionalCgo, muslFlags, nativeSources, requiresC, unseenC } from './cgo.ts';
import { readModFile } from './modfile.ts';
import { packageIn } from './packages.ts';

type Files = Readonly<Record<string, string>>;
const projectOf = (files: Files): Project => new Project(new MemoryTree({ 'go.mod': 'module x\n', ...files }));

function find(files: Files, given?: boolean) {
  const project = projectOf(files);
  return findCgo(project, [packageIn(project, '')], given);
}

const importing = (path: string): string => `package main\n\nimport _ "${path}"\n`;
const calling = (comment: string): string => `package main\n\n${comment}\nimport "C"\n`;

describe('findCgo', () => {
  test.each([
    'github.com/mattn/go-sqlite3',
    'gorm.io/driver/sqlite',
    'gocv.io/x/gocv/contrib',
    'github.com/h2non/bimg',
  ])('%s is found where it is imported', (path) => {
    expect(find({ 'main.go': importing(path) })).toEqual({ value: path, place: { file: 'main.go', line: 3 } });
  });

  test("a file that calls C is found, unless there's one for builds without", () => {
    const files = { 'a.go': calling('// int x;') };
    expect(find(files)).toEqual({ value: 'the program calls C', place: { file: 'a.go', line: 4 } });
    expect(find({ ...files, 'b.go': '//go:build !cgo\n\npackage main\n' })).toBeUndefined();
  });

  test('an import that no build without cgo sees needs none', () => {
    const text = `//go:build cgo\n\n${importing('github.com/mattn/go-sqlite3')}`;
    expect(find({ 'main.go': 'package main\n', 'sqlite.go': text })).toBeUndefined();
  });

  test('a name that only begins alike is another module', () => {
    expect(find({ 'main.go': importing('github.com/mattn/go-sqlite3x') })).toBeUndefined();
  });

  test('--cgo decides', () => {
    expect(find({ 'main.go': 'package main\n' }, true)).toEqual({ value: 'as --cgo says' });
    expect(find({ 'main.go': calling('') }, false)).toBeUndefined();
  });
});

describe('findOptionalCgo', () => {
  const text = `//go:build cgo\n\n${importing('github.com/mattn/go-sqlite3')}`;
  const optional = (files: Files) => {
    const project = projectOf(files);
    return findOptionalCgo(project, [packageIn(project, '', { cgo: true })]);
  };

  test('a file that only a build with C has brings it in', () => {
    expect(optional({ 'sqlite.go': text })).toEqual({
      value: 'github.com/mattn/go-sqlite3',
      place: { file: 'sqlite.go', line: 5 },
    });
  });

  test('unless another file stands in for it', () => {
    expect(optional({ 'sqlite.go': text, 'pure.go': '//go:build !cgo\n\npackage main\n' })).toBeUndefined();
  });

  test('is asked only when go.mod itself requires such a module', () => {
    const mod = (comment: string) => `module x\n\nrequire github.com/mattn/go-sqlite3 v1.14.53${comment}\n`;
    expect(requiresC(readModFile(projectOf({ 'go.mod': mod('') })))).toBe(true);
    expect(requiresC(readModFile(projectOf({ 'go.mod': mod(' // indirect') })))).toBe(false);
  });
});

test('tags keep the resolver in Go, and SQLite from loading what it can not load', () => {
  const project = projectOf({ 'main.go': importing('gorm.io/driver/sqlite'), 'go.mod': 'module x\n' });
  const packages = [packageIn(project, '', { cgo: true })];
  expect(cgoTags(project, packages, readModFile(project))).toEqual(['sqlite_omit_load_extension', 'netgo', 'osusergo']);
});

test.each([
  ['github.com/mattn/go-sqlite3 v1.14.18', true],
  ['github.com/mattn/go-sqlite3 v1.14.9 // indirect', true],
  ['github.com/mattn/go-sqlite3 v2.0.3+incompatible', true],
  ['github.com/mattn/go-sqlite3 v1.14.23', false],
  ['github.com/mattn/go-sqlite3 v1.14.53', false],
  ['github.com/google/uuid v1.4.0', false],
])('%s is told of the functions that musl hides: %s', (required, told) => {
  const mod = readModFile(projectOf({ 'go.mod': `module x\n\nrequire ${required}\n` }));
  expect(muslFlags(mod)).toEqual(told ? ['-D_LARGEFILE64_SOURCE'] : []);
});

test('C files beside a file that calls C belong to the build', () => {
  const project = projectOf({ 'main.go': calling(''), 'a.c': '', 'a.h': '', 'b.cpp': '', 'notes.txt': '' });
  expect(nativeSources(project, [packageIn(project, '', { cgo: true })])).toEqual(['a.c', 'a.h', 'b.cpp']);
});

test('a C module that only others ask for is said', () => {
  const mod = 'module x\n\nrequire github.com/mattn/go-sqlite3 v1.14.53 // indirect\n';
  expect(unseenC(readModFile(projectOf({ 'go.mod': mod })))).toEqual([
    expect.objectContaining({ place: { file: 'go.mod', line: 3 }, hint: expect.stringContaining('--cgo true') }),
  ]);
  expect(unseenC(readModFile(projectOf({ 'go.mod': mod.replace(' // indirect', '') })))).toEqual([]);
});
