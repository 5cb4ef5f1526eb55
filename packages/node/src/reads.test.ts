import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { dataRead, filesRead } from './reads.ts';

const project = (source: string): Project =>
  new Project(
    new MemoryTree({
      'package.json': '{}',
      'src/server.js': source,
      'README.md': '# hi',
      'docs/openapi.yaml': 'openapi: 3',
      'public/index.html': '<p>',
      'test/data.json': '{}',
      'tls.key': 'secret',
    }),
  );
const read = (source: string): readonly string[] => filesRead(project(source), ['src/server.js']);

test('finds what the program names and the .dockerignore would drop', () => {
  expect(read("readFileSync('README.md')")).toEqual(['README.md']);
  expect(read("join(__dirname, '../docs/openapi.yaml')")).toEqual(['docs/openapi.yaml']);
  expect(read("express.static(path.join(root, 'docs', 'openapi.yaml'))")).toEqual(['docs']);
  expect(read("load('./README.md'); serve('docs')")).toEqual(['README.md', 'docs']);
});

test('leaves out what arrives anyway, what is not there, tests, secrets and what lies outside', () => {
  expect(read("serve('public')")).toEqual([]);
  expect(read("readFileSync('CHANGELOG.md')")).toEqual([]);
  expect(read("skip('test'); skip('test/data.json')")).toEqual([]);
  expect(read("readFileSync('tls.key')")).toEqual([]);
  expect(read("readFileSync('../../README.md')")).toEqual([]);
});

test('finds data that is read from where the program runs, and no code, secrets, or what lies beside a source', () => {
  const data = (source: string): readonly string[] => {
    const files = {
      'libs/a/api.graphql': '',
      'libs/a/b.ts': '',
      'secrets.txt': '',
      'src/x.sql': '',
      'src/s.js': source,
    };
    return dataRead(new Project(new MemoryTree(files)), ['src/s.js']);
  };
  expect(data("readFileSync(\n  join('libs/a', 'api.graphql'),\n)")).toEqual(['libs/a/api.graphql']);
  expect(data("await readFile('libs/a/api.graphql', 'utf8')")).toEqual(['libs/a/api.graphql']);
  expect(data("loadSync(path.resolve(process.cwd(), './libs', 'a/api.graphql'))")).toEqual(['libs/a/api.graphql']);
  expect(data("join(__dirname, 'x.sql')")).toEqual([]);
  expect(data("readFileSync('libs/a/b.ts'); readFileSync('secrets.txt'); readFileSync('gone.sql')")).toEqual([]);
});
