import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf, temporaryFolder } from '../testing/fake.ts';
import { DiskTree } from './disk.ts';

const textIn = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

test('nothing reaches the disk before flush', () => {
  const folder = temporaryFolder({ 'a.txt': 'a', 'b.txt': 'b' });
  const tree = new DiskTree(folder);
  tree.write('a.txt', 'A');
  tree.write('new/c.txt', 'c');
  tree.delete('b.txt');
  expect([tree.read('a.txt', 'utf8'), tree.read('b.txt'), tree.read('new/c.txt', 'utf8')]).toEqual(['A', null, 'c']);
  expect(tree.children('').sort()).toEqual(['a.txt', 'new']);
  expect(readdirSync(folder)).toEqual(['a.txt', 'b.txt']);
  expect(tree.changes()).toEqual([
    { path: 'a.txt', type: 'UPDATE', content: 'A' },
    { path: 'new/c.txt', type: 'CREATE', content: 'c' },
    { path: 'b.txt', type: 'DELETE', content: '' },
  ]);
  tree.flush();
  expect(tree.changes()).toEqual([]);
  expect(readdirSync(folder)).toEqual(['a.txt', 'new']);
  expect(textIn(folder, 'new/c.txt')).toBe('c');
});

test('what is written and removed again is no change', () => {
  const tree = new DiskTree(temporaryFolder());
  tree.write('a', 'x');
  tree.delete('a');
  tree.delete('never-there');
  expect(tree.changes()).toEqual([]);
});

test('content is written as it is: CRLF stays, and so does the mode', () => {
  const folder = temporaryFolder({ file: 'x' });
  chmodSync(join(folder, 'file'), 0o640);
  const tree = new DiskTree(folder);
  tree.write('file', 'a\r\nb\r\n');
  tree.flush();
  expect(textIn(folder, 'file')).toBe('a\r\nb\r\n');
  expect(statSync(join(folder, 'file')).mode & 0o777).toBe(0o640);
});

test('a failing flush keeps its changes and writes none', () => {
  const folder = temporaryFolder({ parent: 'a file' });
  const tree = new DiskTree(folder);
  tree.write('Dockerfile', 'FROM scratch');
  tree.write('parent/child', 'x');
  expect(codeOf(() => tree.flush())).toBe('not-writable');
  expect(readdirSync(folder)).toEqual(['parent']);
  expect(tree.changes()).toHaveLength(2);
});

test('a folder that is none', () => {
  const folder = temporaryFolder({ file: '' });
  for (const path of ['missing', 'file']) {
    expect(codeOf(() => new DiskTree(join(folder, path)))).toBe('not-a-project');
  }
});

test.each(['file/below', 'a'.repeat(300), 'nul\0byte', ''])('no file, and no crash: %j', (path) => {
  const tree = new DiskTree(temporaryFolder({ file: '' }));
  expect(tree.isFile(path)).toBe(false);
  expect(tree.read(path)).toBe(null);
  expect(tree.children('file/below')).toEqual([]);
});

describe('links', () => {
  const outside = (): string => temporaryFolder({ 'go.mod': 'module evil', 'folder/file': 'secret' });

  test.each([
    ['a file', 'go.mod'],
    ['a folder', 'folder'],
    ['nothing', 'missing'],
  ])('that lead out to %s are neither read nor written', (_, target) => {
    const folder = temporaryFolder();
    const elsewhere = outside();
    symlinkSync(join(elsewhere, target), join(folder, 'link'));
    const tree = new DiskTree(folder);
    for (const path of ['link', 'link/file', 'link/new/file', './x/../link']) {
      for (const act of [() => tree.read(path), () => tree.exists(path), () => tree.write(path, 'x')]) {
        expect(codeOf(act), path).toBe('outside-link');
      }
    }
    expect(tree.children('')).toEqual([]);
    expect(tree.changes()).toEqual([]);
    expect(readdirSync(elsewhere).sort()).toEqual(['folder', 'go.mod']);
  });

  test('made after the write are noticed by flush', () => {
    const folder = temporaryFolder({ 'a.txt': 'a' });
    const elsewhere = outside();
    const tree = new DiskTree(folder);
    tree.write('a.txt', 'A');
    tree.write('Dockerfile', 'FROM scratch');
    symlinkSync(join(elsewhere, 'go.mod'), join(folder, 'Dockerfile'));
    expect(codeOf(() => tree.flush())).toBe('outside-link');
    expect([textIn(folder, 'a.txt'), textIn(elsewhere, 'go.mod')]).toEqual(['a', 'module evil']);
  });

  test('to a file inside are read and written through', () => {
    const folder = temporaryFolder({ 'docker/Dockerfile': 'old' });
    symlinkSync('docker/Dockerfile', join(folder, 'Dockerfile'));
    const tree = new DiskTree(folder);
    expect(tree.read('Dockerfile', 'utf8')).toBe('old');
    expect(tree.children('').sort()).toEqual(['Dockerfile', 'docker']);
    tree.write('Dockerfile', 'new');
    tree.flush();
    expect(textIn(folder, 'docker/Dockerfile')).toBe('new');
    expect(lstatSync(join(folder, 'Dockerfile')).isSymbolicLink()).toBe(true);
  });

  test('to folders inside can be named, but no walk goes through them', () => {
    const folder = temporaryFolder({ 'src/a': 'a' });
    symlinkSync('.', join(folder, 'circle'));
    symlinkSync('../src', join(folder, 'src/again'));
    symlinkSync('loop', join(folder, 'loop'));
    const tree = new DiskTree(folder);
    expect(tree.children('')).toEqual(['src']);
    expect(tree.children('src')).toEqual(['a']);
    expect(tree.read('circle/src/a', 'utf8')).toBe('a');
    expect(codeOf(() => tree.read('loop'))).toBe('outside-link');
  });

  test('paths that climb out are refused; a name that only starts with dots is not', () => {
    const folder = join(temporaryFolder({ 'project/..data': 'x' }), 'project');
    const tree = new DiskTree(folder);
    expect(codeOf(() => tree.read('../x'))).toBe('outside-link');
    expect(() => tree.read('../x')).toThrow(expect.objectContaining({ hint: expect.stringContaining('Move it into') }));
    expect(codeOf(() => tree.write('a/../../x', ''))).toBe('outside-link');
    expect(existsSync(join(folder, '../x'))).toBe(false);
    expect(tree.read('..data', 'utf8')).toBe('x');
  });

  test('to a neighbour whose name begins like the folder lead out', () => {
    const parent = temporaryFolder({ 'app/a': '', 'app-secrets/key': 'x' });
    symlinkSync('../app-secrets/key', join(parent, 'app/key'));
    expect(codeOf(() => new DiskTree(join(parent, 'app')).read('key'))).toBe('outside-link');
  });

  test('as the root itself are followed', () => {
    const folder = temporaryFolder({ 'real/a': 'a' });
    symlinkSync('real', join(folder, 'link'));
    expect(new DiskTree(join(folder, 'link')).read('a', 'utf8')).toBe('a');
  });
});

test.skipIf(process.platform === 'win32')('a name with a backslash is left out', () => {
  const folder = temporaryFolder({ '..\\..\\x': '', a: '' });
  mkdirSync(join(folder, 'b\\c'));
  expect(new DiskTree(folder).children('')).toEqual(['a']);
});

test.skipIf(!existsSync('/proc/self/mem'))('a file that is there and cannot be read', () => {
  expect(codeOf(() => new DiskTree('/proc/self').read('mem'))).toBe('broken-file');
});
