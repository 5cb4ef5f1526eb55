import { expect, test } from 'vitest';
import { includedPaths } from './included.ts';

const exists = (path: string): boolean => ['config', 'words.txt'].includes(path);

test('names files and folders', () => {
  expect(includedPaths({ include: './config/, words.txt' }, exists)).toEqual(['config', 'words.txt']);
  expect(includedPaths({}, exists)).toEqual([]);
});

test.each(['nothing', '../secrets', '/etc/passwd', '.'])('refuses %s', (include) => {
  expect(() => includedPaths({ include }, () => include !== 'nothing')).toThrow(/--include names/);
});
