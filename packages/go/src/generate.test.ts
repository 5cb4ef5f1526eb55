import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { findGenerated } from './generate.ts';
import { readModFile } from './modfile.ts';
import { packagesOf } from './packages.ts';

const mod = 'module example.com/shop\n\ngo 1.26\n\ntool example.com/tools/cmd/stringer\n';

function generated(files: Readonly<Record<string, string>>, missing: readonly string[] = []) {
  const project = new Project(new MemoryTree({ 'go.mod': mod, ...files }));
  const modules = new Map([['example.com/shop', '']]);
  const unembedded = missing.map((path) => ({ path, place: { file: 'main.go', line: 1 } }));
  return findGenerated(project, readModFile(project), modules, packagesOf(project, modules, ['']), unembedded);
}

const directive = (command: string): string => `package main\n\n//go:generate ${command}\n`;

describe('findGenerated', () => {
  test.each([
    'go run ./gen -o kinds.go',
    'go run example.com/gen@v1.2.3 --output=kinds.go',
    'go tool stringer -type=Kind -output kinds.go',
  ])('%s runs in the build when its result is missing', (command) => {
    const found = generated({ 'main.go': directive(command) });
    expect(found.folders).toEqual(['.']);
    expect(found.facts).toEqual([{ name: 'generated', value: 'kinds.go', place: { file: 'main.go', line: 3 } }]);
    expect(found.notes).toEqual([]);
    expect(generated({ 'main.go': directive(command), 'kinds.go': 'package main\n' }).folders).toEqual([]);
  });

  test.each(['mockgen -destination=kinds.go . Kind', 'go tool unknown -o kinds.go'])(
    '%s is not in the build, which is said',
    (command) => {
      const { folders, notes } = generated({ 'main.go': directive(command) });
      expect(folders).toEqual([]);
      expect(notes.map(({ message }) => message)).toEqual([
        `kinds.go is not there: go generate makes it with ${command.split(' ')[0]}, which is not in the build`,
      ]);
    },
  );

  test('a package without files: generated, or nobody knows', () => {
    const main = 'package main\n\nimport "example.com/shop/api"\n';
    const [note] = generated({ 'main.go': main }).notes;
    expect(note?.message).toBe('api is imported, but has no Go files');
    expect(note?.place).toEqual({ file: 'main.go', line: 3 });
    const gen = { 'tools.go': directive('go run ./gen api') };
    expect(generated({ 'main.go': main, ...gen }).folders).toEqual(['.']);
  });

  test('a missing embed is made by what speaks of it, or by the only command beside it', () => {
    const line = directive('go run ./gen -o assets/list.json');
    expect(generated({ 'main.go': line }, ['assets/list.json']).folders).toEqual(['.']);
    expect(generated({ 'main.go': directive('go run ./gen') }, ['data.bin']).paths).toEqual(new Set(['data.bin']));
    expect(generated({ 'main.go': directive('npm run build') }, ['dist']).folders).toEqual([]);
  });

  test('what other packages generate is theirs', () => {
    expect(generated({ 'main.go': 'package main\n', 'other/o.go': directive('go run ./gen -o x.go') })).toEqual({
      folders: [],
      paths: new Set(),
      facts: [],
      notes: [],
    });
  });
});
