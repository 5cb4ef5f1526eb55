import { join } from 'node:path';
import { expect, test } from 'vitest';
import { borrowing, fromRecord, namedHere, toRecord } from './borrowed.ts';
import { Project } from './project/project.ts';
import { scaffold } from './scaffold.ts';
import { fakeEcosystem, temporaryFolder } from './testing/fake.ts';
import { DiskTree } from './tree/disk.ts';
import { MemoryTree } from './tree/memory.ts';

const replaced = ['fake/build', '_runtime/alpine.base', 'other/build'];
/** Nothing is read or written there. */
const at = (root: string, folder = ''): Project => new Project(new DiskTree(root), folder);

test('a folder is recorded from where the project is, and named from where the command runs', () => {
  const root = temporaryFolder();
  const borrowed = toRecord({ from: join(root, 'our-templates'), replaced }, at(root, 'apps/api'));
  expect(borrowed.from).toBe('../../our-templates');
  expect(toRecord({ from: join(root, 'x'), replaced }, at(root)).from).toBe('./x');
  const here = at(process.cwd(), 'apps/api');
  expect(namedHere(borrowed, here)).toBe('./our-templates');
});

test('a package is recorded by its name', () => {
  const borrowed = { from: '@acme/templates', replaced: [] };
  expect(toRecord(borrowed, at(process.cwd()))).toEqual(borrowed);
  expect(namedHere(borrowed, at(process.cwd()))).toBe('@acme/templates');
});

test('what a record has of it may be anything', () => {
  expect(fromRecord(undefined)).toBeUndefined();
  expect(fromRecord({ from: 1 })).toBeUndefined();
  expect(fromRecord({ from: 'x', replaced: ['a', 1] })).toEqual({ from: 'x', replaced: ['a'] });
});

test('without them, the next run asks; with them, or told to take ours, it does not', () => {
  const house = temporaryFolder({
    '_runtime/alpine.base.hbs': '# runtime-base is ours\nFROM house:1 AS runtime-base\n',
  });
  const ours = fakeEcosystem();
  const theirs = borrowing(ours, house, { from: house, replaced: ['_runtime/alpine.base'] }, './house');
  const tree = new MemoryTree({ 'fake.json': '{}' });
  scaffold({ tree, ecosystems: [theirs] });
  expect(tree.read('Dockerfile', 'utf8')).toContain('FROM house:1 AS runtime-base');
  expect(() => scaffold({ tree, ecosystems: [ours] })).toThrow(
    expect.objectContaining({
      code: 'open-question',
      message: expect.stringMatching(/_runtime\/alpine\.base from /),
      hint: expect.stringMatching(/--templates \S+, or say --templates none/),
    }),
  );
  expect(scaffold({ tree, ecosystems: [theirs] }).files.every(({ action }) => action === 'unchanged')).toBe(true);
  scaffold({ tree, ecosystems: [ours], ownTemplates: true });
  expect(tree.read('.msb.json', 'utf8')).not.toContain('templates');
});
