import { MemoryTree, type MsbError, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { defaultMain, findMains, namedMain, programName } from './mains.ts';

const program = 'package main\n\nfunc main() {\n}\n';
const library = 'package thing\n';
const project = (files: Readonly<Record<string, string>>): Project =>
  new Project(new MemoryTree({ 'go.mod': 'module example.com/thing\n', ...files }));
const paths = (files: Readonly<Record<string, string>>): readonly string[] =>
  findMains(project(files)).map(({ path }) => path);

describe('findMains', () => {
  test.each([
    ['the root', { 'main.go': program, 'thing.go': library }, ['.']],
    ['commands', { 'cmd/a/main.go': program, 'cmd/b/b.go': program }, ['./cmd/a', './cmd/b']],
    ['the root and commands', { 'main.go': program, 'cmd/a/main.go': program }, ['.', './cmd/a']],
    ['a folder named main', { 'main/thing.go': program, 'server/x.go': library }, ['./main']],
    ['a folder of any name', { 'server/main.go': program }, ['./server']],
    ['commands before folders of any name', { 'server/main.go': program, 'cmd/a/main.go': program }, ['./cmd/a']],
    ['no helpers', { 'server/main.go': program, 'internal/tools/gen/main.go': program }, ['./server']],
    ['no helpers among commands', { 'cmd/a/main.go': program, 'cmd/a/examples/main.go': program }, ['./cmd/a']],
    ['no generator', { 'cmd/a/main.go': program, 'internal/cmd/gen/main.go': program }, ['./cmd/a']],
    ['helpers when there is nothing else', { 'tools/a/main.go': program }, ['./tools/a']],
    ['no program that is ignored', { 'main.go': program, 'gen/x.go': `//go:build ignore\n\n${program}` }, ['.']],
    ['no program for another platform', { 'main.go': program, 'web/m.go': `//go:build js\n\n${program}` }, ['.']],
    ['no tests', { 'main.go': program, 'cmd/a/main_test.go': program }, ['.']],
    ['no external test package', { 'main.go': program, 'cmd/a/x.go': 'package main_test\n\nfunc main() {}\n' }, ['.']],
    ['no nested module', { 'main.go': program, 'cmd/a/go.mod': 'module a\n', 'cmd/a/main.go': program }, ['.']],
    ['nothing below _', { 'main.go': program, 'cmd/_old/main.go': program }, ['.']],
  ])('finds %s', (_, files, expected) => expect(paths(files)).toEqual(expected));

  test('names the line of func main', () => {
    expect(findMains(project({ 'main.go': program }))).toEqual([{ path: '.', file: 'main.go', line: 3 }]);
  });

  test('a library has none', () => {
    expect(() => paths({ 'thing.go': library })).toThrow(expect.objectContaining({ code: 'no-entry-point' }));
  });
});

describe('namedMain', () => {
  const files = { 'cmd/a/main.go': program, 'build/b/main.go': program, 'lib/l.go': library };

  test.each(['cmd/a', './cmd/a', './cmd/a/', 'build/b'])('finds %s', (wanted) => {
    expect(namedMain(project(files), wanted).path).toMatch(/^\.\/(cmd\/a|build\/b)$/);
  });

  test.each(['lib', '../a', '/etc', 'cmd/a\nUSER 0', '$(id)', ''])('refuses %j and lists what there is', (wanted) => {
    try {
      namedMain(project(files), wanted);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'no-entry-point', hint: 'Found: "./cmd/a".' });
      expect((error as MsbError).message).not.toContain('\n');
    }
  });
});

test('an unattended run takes the root, or the folder named like the module', () => {
  const found = (files: Readonly<Record<string, string>>) => defaultMain(findMains(project(files)), 'thing')?.path;
  expect(found({ 'main.go': program, 'cmd/thing/main.go': program })).toBe('.');
  expect(found({ 'cmd/other/main.go': program, 'cmd/thing/main.go': program })).toBe('./cmd/thing');
  expect(found({ 'cmd/other/main.go': program, 'cmd/more/main.go': program })).toBeUndefined();
});

test.each([
  ['.', 'thing'],
  ['./cmd', 'thing'],
  ['./main', 'thing'],
  ['./cmd/server', 'server'],
])('the program in %s is named %s', (path, name) => {
  expect(programName({ path, file: 'main.go', line: 1 }, 'thing')).toBe(name);
});
