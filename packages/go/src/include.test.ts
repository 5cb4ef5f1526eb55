import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { includedAssets } from './include.ts';

const project = new Project(new MemoryTree({ 'config/app.yaml': '', 'words.txt': '' }));

test('names files and folders', () => {
  expect(includedAssets(project, { include: './config/, words.txt' })).toEqual([
    { path: 'config' },
    { path: 'words.txt' },
  ]);
  expect(includedAssets(project, {})).toEqual([]);
});

test.each(['nothing', '../secrets', '/etc/passwd', '.'])('refuses %s', (include) => {
  expect(() => includedAssets(project, { include })).toThrow(/--include names/);
});
