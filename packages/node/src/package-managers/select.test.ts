import { expect, test } from 'vitest';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import { selectManager } from './select.ts';

function select(value: object, files: Record<string, string> = {}) {
  const { project, manifest } = packageOf(value, files);
  return selectManager(project, manifest);
}

test('npm by its lockfile, by name, or because nothing is said', () => {
  expect(select({}).manager.id).toBe('npm');
  expect(select({}, { 'package-lock.json': '{}' })).toMatchObject({ manager: { id: 'npm' }, notes: [] });
  expect(select({ packageManager: 'npm@11.0.0+sha512.abc' }, { 'yarn.lock': '' })).toMatchObject({
    manager: { id: 'npm' },
    notes: [{ place: { file: 'yarn.lock' } }],
  });
});

test('two lockfiles: npm, with a note', () => {
  expect(select({}, { 'package-lock.json': '{}', 'yarn.lock': '' }).notes[0]?.message).toContain('yarn');
});

test.each([
  [{}, { 'pnpm-lock.yaml': '' }, 'pnpm-lock.yaml'],
  [{}, { 'bun.lockb': '' }, 'bun.lockb'],
  [{}, { 'yarn.lock': '' }, 'yarn.lock'],
  [{ packageManager: 'pnpm@11.1.0' }, { 'package-lock.json': '{}' }, 'package.json'],
  [{ devEngines: { packageManager: { name: 'yarn' } } }, {}, 'package.json'],
])('%j %j is not known yet', (value, files, file) => {
  expect(errorOf(() => select(value, files as Record<string, string>))).toMatchObject({
    code: 'unsupported',
    place: { file },
  });
});

test('a hostile name stays on its line', () => {
  expect(errorOf(() => select({ packageManager: 'a\nb@1' })).message).not.toContain('\n');
});
