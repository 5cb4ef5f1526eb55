import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf, temporaryFolder } from '../testing/fake.ts';
import { DiskTree } from '../tree/disk.ts';
import { MemoryTree } from '../tree/memory.ts';
import { lineOf, Project } from './project.ts';

const projectOf = (files: Readonly<Record<string, string>>, folder = ''): Project =>
  new Project(new MemoryTree(files), folder);

test.each([
  ['UTF-16, as PowerShell 5 writes it', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 in the other order', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
])('text: %s', (_, encoded) => {
  const folder = temporaryFolder({ a: '' });
  writeFileSync(join(folder, 'a'), encoded('flask==3.1\r\nnamé\r\n'));
  expect(new Project(new DiskTree(folder)).text('a')).toBe('flask==3.1\nnamé\n');
});

test('sources: shallow first, then by name; nothing made, fetched or hidden', () => {
  const own = ['b', 'z/a', 'a/b/c', '.env', 'a/dist.go', 'Z/x'];
  const others = ['node_modules/x', 'a/vendor/x', 'target/x', 'dist/x', 'a/testdata/x', '.git/x', 'a/.cache/x'];
  const files = Object.fromEntries([...others, ...own].map((path) => [path, '']));
  expect(projectOf(files).sources()).toEqual(['.env', 'b', 'Z/x', 'a/dist.go', 'z/a', 'a/b/c']);
});

test('sources end although links go in circles', () => {
  const folder = temporaryFolder({ 'a/one': '', 'b/two': '' });
  for (const [target, path] of [
    ['..', 'a/up'],
    ['../b', 'a/b'],
    ['../a', 'b/a'],
    ['/', 'out'],
  ] as const) {
    symlinkSync(target, join(folder, path));
  }
  expect(new Project(new DiskTree(folder)).sources()).toEqual(['a/one', 'b/two']);
});

test('a list is sorted by code unit, as no language of the host does it', () => {
  expect(projectOf({ b: '', B: '', ä: '', 'a/x': '' }).list()).toEqual(['B', 'a', 'b', 'ä']);
});

test('a folder of a tree sees only itself', () => {
  const project = projectOf({ 'apps/one/x': 'X', 'apps/two/y': '', z: '' }, './apps/one/');
  expect([project.folder, project.text('x'), project.has('y'), project.has('z')]).toEqual([
    'apps/one',
    'X',
    false,
    false,
  ]);
  expect(project.list()).toEqual(['x']);
  expect([project.exists('.'), project.exists('x'), project.exists('none')]).toEqual([true, true, false]);
});

test('text has LF line ends and no byte order mark', () => {
  const project = projectOf({ a: '\uFEFFone\r\ntwo\uFEFF\r\n', empty: '' });
  expect([project.text('a'), project.text('empty'), project.text('none')]).toEqual(['one\ntwo\uFEFF\n', '', undefined]);
  expect(codeOf(() => project.mustText('none'))).toBe('broken-file');
  expect(project.mustText('empty')).toBe('');
});

test('the first pattern wins over the first file', () => {
  const project = projectOf({ a: 'port 1\r\n', b: 'x\r\nlisten 2\r\nlisten 3\r\n' });
  const hit = project.search(['none', 'a', 'b'], [/^listen (\d)$/, /^port (\d)$/]);
  expect([hit?.file, hit?.line, hit?.match[1]]).toEqual(['b', 2, '2']);
  expect(project.search(['a'], [/listen/])).toBeUndefined();
});

test('all matching lines, but of no file larger than 512 KiB', () => {
  const project = projectOf({ a: 'x\ny\nx', large: `x\n${' '.repeat(512 * 1024)}` });
  expect([...project.matches(['a', 'large'], /x/)].map(({ file, line }) => [file, line])).toEqual([
    ['a', 1],
    ['a', 3],
  ]);
});

test('lineOf', () => {
  expect([lineOf('a\nb\nb', /^b/), lineOf('a', /b/)]).toEqual([2, undefined]);
});
