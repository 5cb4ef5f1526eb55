import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['verfy', 'verify'],
  ['chekc', 'check'],
  ['explian', 'explain'],
  ['verify', 'verify'],
  ['gow', undefined],
  ['', undefined],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['verify', 'check', 'explain'])).toBe(expected);
});
