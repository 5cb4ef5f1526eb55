import { expect, test } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import { lookAtCases, readCases } from './cases.ts';
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
      Object.entries(cases).flatMap(([name, file]) => [
        [`fixtures/${name}/case.json`, JSON.stringify(file, null, 2)],
        [`fixtures/${name}/project/a`, 'b'],
      ]),
    ),
  });

test('cases come sorted, with the runtimes that are not skipped', () => {
  const ecosystem = withCases({ b: good, a: { ...good, $schema: 'x', skip: { scratch: 'needs a shell' } } });
  const [a, b] = readCases(ecosystem);
  expect([a?.name, a?.runtimes, b?.name, b?.runtimes]).toEqual(['a', ['alpine'], 'b', ['alpine', 'scratch']]);
  expect(a?.project).toBe(`${ecosystem.folder}/fixtures/a/project`);
});

test.each([
  ['an unknown key', { ...good, typo: 1 }, 'typo means nothing', 11],
  ['no expectation', { ...good, run: {} }, 'It expects nothing of the container', 3],
  ['no run at all', { ...good, run: undefined }, 'The file lacks run', 1],
  ['an unknown key of the run', { ...good, run: { output: 'x', stdout: 'y' } }, 'run.stdout means nothing', 5],
  ['an unknown family to skip', { ...good, skip: { windows: 'no' } }, 'skip.windows is "windows"', 12],
  ['no edit', { ...good, edit: undefined }, 'The file lacks edit', 1],
  ['an edit of what is not there', { ...good, edit: { ...good.edit, find: 'x' } }, 'a of the project has no "x"', 6],
])('%s is refused', (_, file, message, line) => {
  const ecosystem = withCases({ a: file });
  expect(lookAtCases(ecosystem)).toMatchObject({
    cases: [],
    problems: [{ file: `${ecosystem.folder}/fixtures/a/case.json`, line, message, mend: expect.any(String) }],
  });
  expect(() => readCases(ecosystem)).toThrow(message);
});

test('an ecosystem without a fixture is refused', () => {
  expect(() => readCases(fakeEcosystem())).toThrow('There is no fixture');
});
