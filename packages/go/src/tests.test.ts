import { type Files, inMemory } from '@msb/core/testing';
import { expect, test } from 'vitest';
import { go } from './index.ts';

const files: Files = {
  'go.mod': 'module example.com/shop\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
};
const tested = { ...files, 'main_test.go': 'package main\n' };

/** The stage with the tests. */
const stage = (project: Files, options = {}): string =>
  inMemory(go).stageOf('test', project, { bake: true, ...options });

test('the tests run on what was built, with its build tags', () => {
  expect(stage(tested)).toMatch(/FROM build AS test\n[\s\S]* go test \.\/\.\.\.$/);
  expect(stage(tested, { tags: 'netgo' })).toMatch(/ go test -tags=netgo \.\/\.\.\.$/);
});

test('there is no stage where there are no tests, no bake file, or no wish', () => {
  expect(stage(files)).toBe('');
  expect(stage(tested, { bake: false })).toBe('');
  expect(stage(tested, { tests: false })).toBe('');
});
