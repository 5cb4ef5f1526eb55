import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { goWorkspace } from './members.ts';

const main = 'package main\n\nfunc main() {\n}\n';
const members = (files: Readonly<Record<string, string>>) =>
  goWorkspace(new Project(new MemoryTree(files)))?.members.map(
    ({ folder, name, program }) => `${folder} ${name} ${program}`,
  );

test('the modules of go.work, those with a program first to be chosen', () => {
  const files = {
    'go.work': 'go 1.26\nuse (\n\t./services/api\n\t./services/mail\n\t./lib\n\t./tools/lint\n\t./gone\n)\n',
    'services/api/go.mod': 'module example.com/api\n',
    'services/api/main.go': main,
    'services/mail/go.mod': 'module example.com/mail/v2\n',
    'services/mail/cmd/mail/main.go': main,
    'lib/go.mod': 'module example.com/lib\n',
    'lib/lib.go': 'package lib\n',
    'tools/lint/go.mod': 'module example.com/tools/lint\n',
    'tools/lint/main.go': main,
  };
  expect(members(files)).toEqual([
    'services/api api true',
    'services/mail mail true',
    'lib lib false',
    'tools/lint lint false',
  ]);
});

test('a folder that is a module itself is meant, unless another is named', () => {
  const files = {
    'go.work': 'go 1.26\nuse (\n\t.\n\t./x/v2\n)\n',
    'go.mod': 'module a/x\n',
    'x/v2/go.mod': 'module b/x\n',
  };
  expect(members(files)).toEqual([' . true', 'x/v2 x/v2 false'].map((line) => line.replace(' . ', '  ')));
  expect(members({ ...files, 'go.work': 'go 1.26\nuse ./x/v2\n' })).toEqual([' . true', 'x/v2 x false']);
});

test('a folder whose own module has nothing to ship stands back behind modules that do', () => {
  const files = {
    'go.work': 'go 1.26\nuse (\n\t.\n\t./server\n\t./client\n)\n',
    'go.mod': 'module example.com/etcd\n',
    'tools/dump/main.go': main,
    'server/go.mod': 'module example.com/etcd/server/v3\n',
    'server/main.go': main,
    'client/go.mod': 'module example.com/etcd/client/v3\n',
    'client/client.go': 'package client\n',
  };
  expect(members(files)).toEqual([' etcd false', 'server server true', 'client client false']);
  expect(members({ ...files, 'main.go': main })).toEqual([' etcd true', 'server server false', 'client client false']);
});

test('is none without go.work', () => {
  expect(members({ 'go.mod': 'module x\n' })).toBeUndefined();
});
