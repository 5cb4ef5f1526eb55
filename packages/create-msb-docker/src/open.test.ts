import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, type Ecosystem, foldersAbove, Project } from '@msb/core';
import { expect, onTestFinished, test } from 'vitest';
import { openProject } from './open.ts';

/** An ecosystem that builds from the nearest folder with a lockfile. */
const ecosystem = {
  context: ({ tree, folder }: Project) =>
    [folder, ...foldersAbove(folder)].find((above) => new Project(tree, above).has('the.lock')) ?? folder,
} as Partial<Ecosystem> as Ecosystem;

function repository(...files: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'msb-open-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

const open = (folder: string) => {
  const { tree, folder: inside } = openProject(new DiskTree(folder), ecosystem);
  return [tree.root, inside];
};

test('a package is opened from the root of its workspace', () => {
  const folder = repository('the.lock', 'apps/api/x');
  expect(open(join(folder, 'apps/api'))).toEqual([folder, 'apps/api']);
});

test('anything else is opened as it is', () => {
  const folder = repository('.git/config', 'apps/api/x');
  expect(open(join(folder, 'apps/api'))).toEqual([join(folder, 'apps/api'), '']);
  expect(open(folder)).toEqual([folder, '']);
});

test('nothing above the repository is part of a build', () => {
  const folder = repository('the.lock', 'inner/.git/config', 'inner/api/x');
  expect(open(join(folder, 'inner/api'))).toEqual([join(folder, 'inner/api'), '']);
});

test('a folder that is reached by a link is where it really is', () => {
  const folder = repository('the.lock', 'apps/api/x');
  symlinkSync(join(folder, 'apps/api'), join(folder, 'link'));
  expect(open(join(folder, 'link'))).toEqual([folder, 'apps/api']);
});
