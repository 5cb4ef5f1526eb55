import { MemoryTree, Project, scaffold } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';
import { namedMains, outputName, stageName } from './programs.ts';

const program = 'package main\n\nfunc main() {\n}\n';
const server = 'package main\n\nfunc main() {\n\thttp.ListenAndServe(":8090", nil)\n}\n';
const files = {
  'go.mod': 'module example.com/shop\n\ngo 1.26\n',
  'cmd/admin/main.go': server,
  'cmd/migrate/main.go': program,
  'cmd/shop/main.go': server.replace('8090', '8091'),
  'tools/seed/main.go': program,
};
const paths = (wanted: string, more: Readonly<Record<string, string>> = {}): readonly string[] =>
  namedMains(new Project(new MemoryTree({ ...files, ...more })), wanted, 'example.com/shop').map(({ path }) => path);

describe('namedMains', () => {
  test.each([
    ['cmd/shop', ['./cmd/shop']],
    ['./cmd/migrate, cmd/admin,cmd/migrate', ['./cmd/migrate', './cmd/admin']],
    ['all', ['./cmd/shop', './cmd/admin', './cmd/migrate']],
    ['tools/seed,cmd/shop', ['./tools/seed', './cmd/shop']],
  ])('%s', (wanted, expected) => expect(paths(wanted)).toEqual(expected));

  test('one that is none is refused', () => {
    expect(() => paths('cmd/shop,cmd/none')).toThrow(expect.objectContaining({ code: 'no-entry-point' }));
    expect(() => paths('cmd/shop,')).toThrow(expect.objectContaining({ code: 'no-entry-point' }));
  });

  test('two of one name are refused, with a list that works', () => {
    expect(() => paths('all', { 'main.go': program })).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: '. and ./cmd/shop would both be named shop',
        hint: 'Name the programs that you need: --main .,./cmd/admin,./cmd/migrate.',
      }),
    );
  });
});

test.each([
  ['.', 'example.com/shop', 'shop'],
  ['.', 'example.com/shop/v2', 'shop'],
  ['.', 'gopkg.in/shop.v3', 'shop.v3'],
  ['./cmd', 'example.com/shop', 'cmd'],
  ['./cmd/v2', 'example.com/shop', 'cmd'],
  ['./cmd/v1', 'example.com/shop', 'v1'],
])('go build names %s of %s %s', (path, module, name) => {
  expect(outputName({ path, file: 'main.go', line: 1 }, module)).toBe(name);
});

test.each([
  ['./cmd/server', 'server'],
  ['./cmd/Server_X', 'server_x'],
  ['./cmd/build', 'app-build'],
  ['./cmd/7', 'app-7'],
  ['.', 'shop'],
])('the stage of %s is %s', (path, name) => {
  expect(stageName({ path, file: 'main.go', line: 1 }, 'example.com/shop')).toBe(name);
});

describe('several images', () => {
  const tree = new MemoryTree(files);
  const report = scaffold({ tree, ecosystems: [go], options: { main: 'all', port: 9000 } });
  const text = tree.read('Dockerfile', 'utf8') ?? '';

  test('share one build', () => {
    expect(text.match(/go build .*/g)).toEqual([
      'go build -trimpath -buildvcs=false -ldflags=-s -tags=timetzdata -o /out/ ./cmd/shop ./cmd/admin ./cmd/migrate',
    ]);
    expect([...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name]) => name).slice(-3)).toEqual([
      'admin',
      'migrate',
      'shop',
    ]);
    expect(report.findings).toEqual([]);
  });

  test('have a port each; --port is that of the first', () => {
    expect([...text.matchAll(/^EXPOSE (\d+)$/gm)].map(([, port]) => port)).toEqual(['8090', '9000']);
  });

  test('are facts, and a note says how to build each', () => {
    expect(report.facts.filter(({ name }) => name === 'main').map(({ value }) => value)).toEqual([
      './cmd/shop',
      './cmd/admin',
      './cmd/migrate',
    ]);
    expect(report.notes.at(-1)?.hint).toContain('docker build --target migrate -t migrate .');
    expect(report.next).toContain('docker build --target admin -t admin .');
  });
});
