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
        `kinds.go is not there: ${command.split(' ')[0]} makes it, which is not in the build`,
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
      installs: [],
      runs: [],
      paths: new Set(),
      facts: [],
      notes: [],
    });
  });
});

const inMod = (...requires: readonly string[]): Readonly<Record<string, string>> => ({
  'go.mod': `${mod}require (\n${requires.join('\n')}\n)\n`,
});
const main = (path: string): Readonly<Record<string, string>> => ({
  'main.go': `package main\n\nimport "example.com/shop/${path}"\n`,
});

describe('a generator whose version go.mod names', () => {
  test.each([
    [
      'templ',
      'github.com/a-h/templ v0.3.977',
      { ...main('views'), 'views/a.templ': '' },
      'go run github.com/a-h/templ/cmd/templ@v0.3.977 generate',
      'views/a_templ.go',
    ],
    [
      'swag',
      'github.com/swaggo/swag v1.16.6',
      main('docs'),
      'go run github.com/swaggo/swag/cmd/swag@v1.16.6 init -o docs',
      'docs',
    ],
    [
      'swag of a Makefile',
      'github.com/swaggo/swag v1.16.6',
      { ...main('docs'), Makefile: 'docs:\n\tswag init -g cmd/x.go --parseInternal\n' },
      'go run github.com/swaggo/swag/cmd/swag@v1.16.6 init -g cmd/x.go --parseInternal',
      'docs',
    ],
    [
      'wire',
      'github.com/google/wire v0.7.0',
      { ...main('di'), 'di/wire.go': '//go:build wireinject\n\npackage di\n', 'di/di.go': 'package di\n' },
      'go run github.com/google/wire/cmd/wire@v0.7.0 gen ./di',
      'di/wire_gen.go',
    ],
    [
      'gqlgen',
      'github.com/99designs/gqlgen v0.17.80',
      {
        ...main('graph'),
        'graph/resolver.go': 'package graph\n',
        'gqlgen.yml': 'exec:\n  filename: graph/generated.go\n',
      },
      'go run github.com/99designs/gqlgen@v0.17.80 generate',
      'graph/generated.go',
    ],
    [
      'sqlc',
      'github.com/sqlc-dev/sqlc v1.30.0 // indirect',
      { ...main('db'), 'sqlc.yaml': 'sql:\n  - gen:\n      go:\n        out: "db"\n' },
      'go run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.30.0 generate',
      'db',
    ],
  ])('%s runs in the build', (_, require, files, command, path) => {
    const found = generated({ ...inMod(require), ...files });
    expect(found.runs).toEqual([command]);
    expect(found.paths).toEqual(new Set([path]));
    expect(found.notes).toEqual([]);
  });

  test('is installed for a directive that calls it by its name', () => {
    const found = generated({
      ...inMod('go.uber.org/mock v0.6.0'),
      'main.go': directive('mockgen -destination=kinds.go . Kind'),
    });
    expect(found).toMatchObject({ folders: ['.'], installs: ['go install go.uber.org/mock/mockgen@v0.6.0'] });
  });

  test('is a tool of go.mod, which go.sum proves', () => {
    const tool =
      'module example.com/shop\n\ntool github.com/a-h/templ/cmd/templ\nrequire github.com/a-h/templ v0.3.977\n';
    expect(generated({ 'go.mod': tool, ...main('views'), 'views/a.templ': '' }).runs).toEqual([
      'go tool github.com/a-h/templ/cmd/templ generate',
    ]);
  });
});

test("ent's client is made by the directive of its package", () => {
  const files = { 'main.go': 'package main\n\nimport (\n\t"example.com/shop/ent"\n\t"example.com/shop/ent/user"\n)\n' };
  const ent = {
    'ent/generate.go': 'package ent\n\n//go:generate go run -mod=mod entgo.io/ent/cmd/ent generate ./schema\n',
  };
  expect(generated({ ...files, ...ent })).toMatchObject({ folders: ['./ent'], notes: [] });
  expect(
    generated({ ...files, ...ent, 'ent/client.go': 'package ent', 'ent/user/user.go': 'package user' }).folders,
  ).toEqual([]);
});

test.each([
  [
    'sqlc',
    { ...main('db'), 'sqlc.yaml': 'out: db\n' },
    'Run sqlc generate first, or pin it so that the build runs it: go get -tool github.com/sqlc-dev/sqlc/cmd/sqlc@latest',
  ],
  [
    'protoc',
    { ...main('pb'), 'api/a.proto': '', Makefile: 'proto: api\n\tprotoc --go_out=pb api/a.proto\n' },
    'Run make proto before docker build, which takes the files from here.',
  ],
  [
    'buf',
    { ...main('pb'), 'api/a.proto': '', 'buf.gen.yaml': '' },
    'Run buf generate before docker build, which takes the files from here.',
  ],
])('%s, whose version nobody chose, is named with its command', (_, files, hint) => {
  const { runs, folders, notes } = generated(files);
  expect([...runs, ...folders]).toEqual([]);
  expect(notes.map((note) => note.hint)).toEqual([hint]);
});
