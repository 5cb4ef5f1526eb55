import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { refuseCgo } from './cgo.ts';
import { packageIn } from './packages.ts';

function check(files: Readonly<Record<string, string>>): void {
  const project = new Project(new MemoryTree(files));
  refuseCgo(project, [packageIn(project, '')]);
}

test.each([
  ['github.com/mattn/go-sqlite3', /modernc/],
  ['gorm.io/driver/sqlite', /glebarez/],
  ['github.com/confluentinc/confluent-kafka-go/v2/kafka', /franz-go/],
])('%s is refused where it is imported, with a way out', (path, hint) => {
  expect(() => check({ 'main.go': `package main\n\nimport _ "${path}"\n` })).toThrow(
    expect.objectContaining({
      code: 'unsupported',
      place: { file: 'main.go', line: 3 },
      hint: expect.stringMatching(hint),
    }),
  );
});

test("a file that calls C is refused, unless there's one for builds without", () => {
  const calling = 'package main\n\n// int x;\nimport "C"\n';
  expect(() => check({ 'main.go': calling })).toThrow(/calls C/);
  expect(() => check({ 'a.go': calling, 'b.go': '//go:build !cgo\n\npackage main\n' })).not.toThrow();
});

test('an import that no build without cgo sees is fine', () => {
  const text = '//go:build cgo\n\npackage main\n\nimport _ "github.com/mattn/go-sqlite3"\n';
  expect(() => check({ 'main.go': 'package main\n', 'sqlite.go': text })).not.toThrow();
});

test('a name that only begins alike is another module', () => {
  expect(() => check({ 'main.go': 'package main\nimport "github.com/mattn/go-sqlite3x"\n' })).not.toThrow();
});
