import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/fake.ts';
import { DiskTree } from './disk.ts';
import { MemoryTree } from './memory.ts';
import { childOf, join, normalize, type Tree } from './tree.ts';

test.each([
  ['a/./b/../c', 'a/c'],
  ['', ''],
  ['.', ''],
  ['/a//b/', 'a/b'],
  ['a\\b', 'a/b'],
  ['../../a/..', '../..'],
])('normalize %j', (path, expected) => {
  expect(normalize(path)).toBe(expected);
});

test('join and childOf', () => {
  expect(join('a', '../b', 'c')).toBe('b/c');
  expect([childOf('', 'a/b'), childOf('a', 'a/b/c'), childOf('a', 'ab/c'), childOf('a', 'a')]).toEqual([
    'a',
    'b',
    undefined,
    undefined,
  ]);
});

/** All files of a tree with their text, found by walking it. */
function everything(tree: Tree, folder = ''): readonly (readonly [string, string | null])[] {
  return tree
    .children(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (tree.isFile(path) ? [[path, tree.read(path, 'utf8')] as const] : everything(tree, path)));
}

// No path is a folder of another: a disk can't have both.
const path = fc.constantFrom('a', 'b', 'dir/a', 'dir/sub/b', 'dir//sub/../c', './d');
const operation = fc.oneof(
  fc.record({ act: fc.constant('write' as const), path, text: fc.constantFrom('', 'x', 'é\r\n') }),
  fc.record({ act: fc.constant('delete' as const), path, text: fc.constant('') }),
  fc.record({ act: fc.constant('flush' as const), path, text: fc.constant('') }),
);

test('a tree on disk is a tree in memory', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
      const disk = new DiskTree(temporaryFolder());
      const memory = new MemoryTree();
      for (const { act, path, text } of operations) {
        if (act === 'flush') disk.flush();
        else for (const tree of [disk, memory]) tree[act](path, text);
        expect(everything(disk)).toEqual(everything(memory));
        expect([disk.isFile(path), disk.read(path)]).toEqual([memory.isFile(path), memory.read(path)]);
        expect(disk.exists('')).toBe(memory.exists(''));
      }
      disk.flush();
      expect(everything(new DiskTree(disk.root))).toEqual(everything(memory));
    }),
    { numRuns: 50 },
  );
});
