import { expect, test } from 'vitest';
import { toy } from './fake-toy.ts';
import { overheadProblems } from './overhead.ts';

const file = (path: string, bytes: number) => ({ path, bytes, uid: 0, mode: 0o644 });

test('what an image has beside its program is named, the largest first', () => {
  const added = [
    file('app/main.toy', 9000),
    file('usr/local/toys/a/x', 5000),
    file('usr/local/toys/b/y', 2000),
    file('etc/z', 1),
  ];
  expect(overheadProblems(toy(), added, [/^app\//])).toEqual([
    {
      file: expect.stringMatching(/toy\/index\.js$/),
      message: 'Beside the program (9 kB) the image has usr/local/toys/ 7 kB, etc/z 1 kB',
      mend: expect.stringMatching(/"artifacts" of "images" in index\.js/),
    },
  ]);
  expect(overheadProblems(toy(), added, [/^app\//, /^usr\/local\/toys\//])).toEqual([]);
});

test('an image without its program is none', () => {
  expect(overheadProblems(toy(), [file('etc/z', 1)], [/^app\//])).toHaveLength(1);
});
