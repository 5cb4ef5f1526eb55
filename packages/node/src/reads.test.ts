import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { filesRead } from './reads.ts';

const project = (source: string, more: Readonly<Record<string, string>> = {}): Project =>
  new Project(
    new MemoryTree({
      'package.json': '{}',
      'src/server.js': source,
      'README.md': '# hi',
      'docs/openapi.yaml': 'openapi: 3',
      'public/index.html': '<p>',
      'test/data.json': '{}',
      'tls.key': 'secret',
      ...more,
    }),
  );
const read = (source: string, more: Readonly<Record<string, string>> = {}): readonly string[] =>
  filesRead(project(source, more), ['src/server.js']);

test('finds what the program names and the .dockerignore would drop', () => {
  expect(read("readFileSync('README.md')")).toEqual(['README.md']);
  expect(read("join(__dirname, '../docs/openapi.yaml')")).toEqual(['docs/openapi.yaml']);
  expect(read("express.static(path.join(root, 'docs', 'openapi.yaml'))")).toEqual(['docs/openapi.yaml']);
  expect(read("load('./README.md'); serve('docs')")).toEqual(['README.md', 'docs/openapi.yaml']);
  expect(read("readFileSync('test/data.json')")).toEqual(['test/data.json']);
  expect(read(`const text = \`\${root}/docs/openapi.yaml\``)).toEqual(['docs/openapi.yaml']);
  expect(read("glob('docs/**/*.yaml')")).toEqual(['docs/openapi.yaml']);
});

test('leaves out what arrives anyway, what is not there, tests, secrets and what lies outside', () => {
  expect(read("serve('public')")).toEqual([]);
  expect(read("readFileSync('CHANGELOG.md')")).toEqual([]);
  expect(read("skip('test'); skip('test/data.json')")).toEqual([]);
  expect(read("readFileSync('tls.key')")).toEqual([]);
  expect(read("readFileSync('../../README.md')")).toEqual([]);
});

test('finds what configurations and pages take in', () => {
  expect(read('', { 'gatsby-config.js': `{ path: \`\${__dirname}/docs\` }` })).toEqual(['docs/openapi.yaml']);
  expect(read('', { 'docs/index.md': '<!--@include: ../README.md-->' })).toEqual(['README.md']);
  expect(read('', { 'src/pages/about.mdx': "import Readme from '../../README.md'" })).toEqual(['README.md']);
  expect(read('', { 'src/content.config.ts': "glob({ pattern: '**/*.md', base: '.' })" })).toEqual(['README.md']);
  expect(read('', { '.eleventy.js': "addPassthroughCopy('docs')" })).toEqual(['docs/openapi.yaml']);
});
