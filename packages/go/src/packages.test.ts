import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { importsOf, packagesOf } from './packages.ts';

const modules = new Map([
  ['example.com/a', ''],
  ['example.com/lib', 'third/lib'],
]);

const files = {
  'cmd/a/main.go': `package main

import (
	"fmt"
	. "strings" // shortens

	server "example.com/a/internal/server"
	_ "example.com/lib/driver"
	"github.com/other/thing"
)
`,
  'cmd/b/main.go': 'package main\nimport "example.com/a/only-b"\n',
  'internal/server/server.go': 'package server\n\nimport "example.com/a/build"\n',
  'internal/server/server_test.go': 'package server\nimport "example.com/a/testing"\n',
  'build/build.go': 'package build\n\nimport "example.com/a/internal/server"\n',
  'only-b/b.go': 'package b\n',
  'testing/t.go': 'package testing\n',
  'third/lib/driver/d.go': 'package driver\n',
};
const project = new Project(new MemoryTree(files));

test('imports have their lines', () => {
  expect(importsOf(project, ['cmd/a/main.go']).map(({ path, line }) => `${line} ${path}`)).toEqual([
    '4 fmt',
    '5 strings',
    '7 example.com/a/internal/server',
    '8 example.com/lib/driver',
    '9 github.com/other/thing',
  ]);
});

test('a program is made of what it imports, nearest first, in folders of any name', () => {
  expect(packagesOf(project, modules, ['cmd/a']).map(({ folder }) => folder)).toEqual([
    'cmd/a',
    'internal/server',
    'third/lib/driver',
    'build',
  ]);
});

test('an import can not lead out of the project', () => {
  const text = 'package main\nimport "example.com/a/../../etc"\nimport "example.com/a/missing"\n';
  const strange = new Project(new MemoryTree({ 'main.go': text }));
  expect(packagesOf(strange, modules, ['']).map(({ folder }) => folder)).toEqual(['', 'missing']);
});

test('an example in the documentation of a package imports nothing', () => {
  const doc =
    '/*\nPackage doc does it:\n\nimport "example.com/a/tcp"\n*/\npackage doc // import "example.com/a/doc"\n\nimport "fmt"\n';
  const tree = new MemoryTree({ 'doc.go': doc });
  expect(importsOf(new Project(tree), ['doc.go'])).toEqual([{ path: 'fmt', file: 'doc.go', line: 8 }]);
});
