import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { readModFile } from './modfile.ts';
import { packagesOf } from './packages.ts';
import { leaveWorkspace } from './workspace.ts';

/** A program that imports a module of its workspace; `lines` end its go.mod. */
function leave(lines: string, more: Readonly<Record<string, string>> = {}) {
  const files = {
    'go.mod': `module example.com/app\n\ngo 1.26\n${lines}\n`,
    'go.work': 'go 1.26\n\nuse (\n\t.\n\t./lib\n)\n',
    'lib/go.mod': 'module example.com/lib\n',
    'main.go': 'package main\n\nimport "example.com/lib/greet"\n',
  };
  const project = new Project(new MemoryTree({ ...files, ...more }));
  return leaveWorkspace(project, readModFile(project), packagesOf(project, new Map([['example.com/app', '']]), ['']));
}

describe('leaveWorkspace', () => {
  const ignore = ['go.work', 'go.work.sum'];

  test('keeps go.work out, where go.mod is enough', () => {
    expect(leave('replace example.com/lib => ./lib')).toEqual({ ignore, notes: [] });
    expect(leave('', { 'main.go': 'package main\n' })).toEqual({ ignore, notes: [] });
  });

  test.each(['', 'require example.com/lib v0.0.0'])('refuses a program that needs it (%j)', (lines) => {
    expect(() => leave(lines)).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        place: { file: 'main.go', line: 3 },
        hint: 'To build with ./lib, add to go.mod: replace example.com/lib => ./lib',
      }),
    );
  });

  test('says when a published version is built', () => {
    const { notes } = leave('require example.com/lib v1.2.0');
    expect(notes[0]?.message).toBe('example.com/lib is taken in its published v1.2.0');
    expect(notes[0]?.place).toEqual({ file: 'go.mod', line: 4 });
  });

  test('a broken go.work is named', () => {
    expect(() => leave('', { 'go.work': 'go 1.26\nuse (\n\t./lib\n' })).toThrow(
      expect.objectContaining({ code: 'broken-file', place: { file: 'go.work', line: 2 } }),
    );
  });
});
