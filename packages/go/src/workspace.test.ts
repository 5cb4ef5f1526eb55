import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { readModFile } from './modfile.ts';
import { useOfWork, workOf } from './workspace.ts';

/** A program that imports a module of its workspace; `lines` end its go.mod. */
function project(lines: string, more: Readonly<Record<string, string>> = {}): Project {
  const files = {
    'app/go.mod': `module example.com/app\n\ngo 1.26\n${lines}\n`,
    'go.work': 'go 1.26.1\n\ntoolchain go1.27.0\n\nuse (\n\t./app\n\t./lib\n)\n',
    'lib/go.mod': 'module example.com/lib\n',
    'app/main.go': 'package main\n\nimport "example.com/lib/greet"\n',
  };
  return new Project(new MemoryTree({ ...files, ...more }), 'app');
}

function use(lines: string, more: Readonly<Record<string, string>> = {}) {
  const app = project(lines, more);
  const work = workOf(app);
  return work && useOfWork(app, readModFile(app), work);
}

describe('workOf', () => {
  test('reads the nearest go.work, and what it says', () => {
    expect(workOf(project(''))).toEqual({
      folder: '',
      file: '../go.work',
      go: { value: '1.26.1', line: 1 },
      toolchain: { value: '1.27.0', line: 3 },
      members: new Map([
        ['example.com/app', 'app'],
        ['example.com/lib', 'lib'],
      ]),
    });
  });

  test('is none that leaves the module out', () => {
    expect(workOf(project('', { 'go.work': 'go 1.26\nuse ./lib\n' }))).toBeUndefined();
    expect(workOf(project('', { 'app/go.work': 'go 1.26\nuse ../lib\n' }))).toBeUndefined();
  });

  test('a broken one is named', () => {
    expect(() => workOf(project('', { 'go.work': 'go 1.26\nuse (\n\t./lib\n' }))).toThrow(
      expect.objectContaining({ code: 'broken-file', place: { file: '../go.work', line: 2 } }),
    );
  });
});

describe('useOfWork', () => {
  test('has no use, where go.mod is enough', () => {
    expect(use('replace example.com/lib => ../lib')).toEqual({ needed: false, notes: [] });
    expect(use('', { 'app/main.go': 'package main\n' })).toEqual({ needed: false, notes: [] });
    const nested = {
      'app/main.go': 'package main\n',
      'app/x/go.mod': 'module x\n',
      'app/x/x.go': 'import "example.com/lib"\n',
    };
    expect(use('', nested)?.needed).toBe(false);
  });

  test.each(['', 'require example.com/lib v0.0.0'])('is needed by a program that go.mod leaves alone (%j)', (lines) => {
    expect(use(lines)?.needed).toBe(true);
  });

  test('says when a published version is built', () => {
    const [note] = use('require example.com/lib v1.2.0')?.notes ?? [];
    expect(note?.message).toBe('example.com/lib is taken in its published v1.2.0');
    expect(note?.hint).toBe('To build with ../lib, add to go.mod: replace example.com/lib => ../lib');
    expect(note?.place).toEqual({ file: 'go.mod', line: 4 });
  });
});
