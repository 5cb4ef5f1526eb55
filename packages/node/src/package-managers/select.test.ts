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

const modern = '__metadata:\n  version: 8\n';

test.each([
  [{}, { 'pnpm-lock.yaml': '' }, 'node/pnpm'],
  [{}, { 'bun.lockb': '' }, 'node/bun'],
  [{}, { 'yarn.lock': '# yarn lockfile v1\n' }, 'node/yarn-classic'],
  [{}, { 'yarn.lock': modern }, 'node/yarn-berry'],
  [{}, { 'yarn.lock': '', '.yarnrc.yml': '' }, 'node/yarn-berry'],
  [{ packageManager: 'yarn@1.22.22' }, { '.yarnrc.yml': '' }, 'node/yarn-classic'],
  [{ packageManager: 'yarn@4.18.1+sha512.a' }, {}, 'node/yarn-berry'],
  [{ packageManager: 'pnpm@11.1.0' }, { 'package-lock.json': '{}' }, 'node/pnpm'],
  [{ devEngines: { packageManager: { name: 'yarn', version: '^4' } } }, {}, 'node/yarn-berry'],
  [{ devEngines: { packageManager: [{ name: 'bun' }] } }, { 'yarn.lock': '' }, 'node/bun'],
])('%j %j → %s', (value, files, template) => {
  const { manager } = select(value, files as Record<string, string>);
  const dependencies = { manager: '', place: undefined, packages: undefined, files: [], notes: [] };
  expect(manager.tool({ ...dependencies, lock: 'none', version: '1.0.0' }, 'a', 'b')?.template).toBe(template);
});

test('a manager that nobody knows', () => {
  expect(errorOf(() => select({ packageManager: 'vlt@1.0.0' }))).toMatchObject({
    code: 'unsupported',
    place: { file: 'package.json', line: 2 },
  });
  expect(errorOf(() => select({ packageManager: 'constructor@1.0.0' })).code).toBe('unsupported');
});

test('a hostile name stays on its line', () => {
  expect(errorOf(() => select({ packageManager: 'a\nb@1' })).message).not.toContain('\n');
});
