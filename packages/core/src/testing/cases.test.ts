import { expect, test } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import { readCases } from './cases.ts';
import { fakeEcosystem, fakeTemplates } from './fake.ts';

const good = {
  about: 'a case',
  run: { output: 'done' },
  edit: { file: 'a', find: 'b', replace: 'c' },
};

const withCases = (cases: Readonly<Record<string, unknown>>): Ecosystem =>
  fakeEcosystem({}, undefined, {
    ...fakeTemplates,
    ...Object.fromEntries(
      Object.entries(cases).map(([name, file]) => [`fixtures/${name}/case.json`, JSON.stringify(file)]),
    ),
  });

test('cases come sorted, with the runtimes that are not skipped', () => {
  const ecosystem = withCases({ b: good, a: { ...good, $schema: 'x', skip: { scratch: 'needs a shell' } } });
  const [a, b] = readCases(ecosystem);
  expect([a?.name, a?.runtimes, b?.name, b?.runtimes]).toEqual(['a', ['alpine'], 'b', ['alpine', 'scratch']]);
  expect(a?.project).toBe(`${ecosystem.folder}/fixtures/a/project`);
});

test.each([
  ['an unknown key', { ...good, typo: 1 }, /unknown keys: typo/],
  ['no expectation', { ...good, run: {} }, /expects nothing/],
  ['no run at all', { ...good, run: undefined }, /expects nothing/],
  ['an unknown key of the run', { ...good, run: { output: 'x', stdout: 'y' } }, /unknown keys: run\.stdout/],
  ['an unknown family to skip', { ...good, skip: { windows: 'no' } }, /unknown keys: skip\.windows/],
  ['no edit', { ...good, edit: undefined }, /needs about, run and edit/],
])('%s is refused', (_, file, message) => {
  expect(() => readCases(withCases({ a: file }))).toThrow(message);
});

test('an ecosystem without a fixture is refused', () => {
  expect(() => readCases(fakeEcosystem())).toThrow(/needs at least one fixture/);
});
