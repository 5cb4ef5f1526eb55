import { expect, test } from 'vitest';
import { Project } from './project/project.ts';
import { seenFrom } from './seen.ts';
import { fakeDetection } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

const tree = new MemoryTree({ 'shop/Root.toml': '', 'shop/api/main.fake': '' });
const root = new Project(tree, 'shop');
const note = { message: 'm', hint: 'h', place: { file: 'api/main.fake', line: 2 } };
const detection = fakeDetection({
  facts: [{ name: 'a', value: 'b', place: { file: 'Root.toml' } }],
  notes: [note],
  assumptions: { port: note },
  runtimes: { families: ['alpine'], reason: note },
});

test('places are seen from the project', () => {
  const moved = seenFrom(new Project(tree, 'shop/api'), root, detection);
  expect(moved.facts[0]?.place).toEqual({ file: '../Root.toml' });
  for (const item of [moved.notes[0], moved.assumptions?.port, moved.runtimes?.reason]) {
    expect(item?.place).toEqual({ file: 'main.fake', line: 2 });
  }
  expect(seenFrom(root, root, detection)).toBe(detection);
});
