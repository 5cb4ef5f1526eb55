import { expect, test } from 'vitest';
import { MsbError } from './errors.ts';
import { Project } from './project/project.ts';
import { candidates, selectEcosystem, withProgram } from './select.ts';
import { fakeDetection, fakeManifest } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

const one = {
  manifest: fakeManifest({ id: 'one', title: 'One', markers: ['one.json', 'one.toml'] }),
  folder: '',
  detect: () => fakeDetection(),
};
const two = { ...one, manifest: fakeManifest({ id: 'two', title: 'Two', markers: ['two.mod'] }) };
const all = [one, two];

const projectOf = (paths: readonly string[], folder = ''): Project =>
  new Project(new MemoryTree(Object.fromEntries(paths.map((path) => [path, '']))), folder);

function refusal(paths: readonly string[], wanted?: string, folder = ''): MsbError {
  try {
    selectEcosystem(projectOf(paths, folder), all, wanted);
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('one was chosen');
}

test('the only one, by any of its markers', () => {
  expect(selectEcosystem(projectOf(['one.toml']), all)).toBe(one);
  expect(candidates(projectOf(['one.toml', 'one.json']), all)).toEqual([{ ecosystem: one, marker: 'one.json' }]);
  expect(candidates(projectOf(['two.mod/file']), all)).toEqual([]);
});

test('of several the wanted one, else none', () => {
  expect(selectEcosystem(projectOf(['one.json', 'two.mod']), all, 'two')).toBe(two);
  expect(refusal(['one.json', 'two.mod'])).toMatchObject({
    code: 'several-ecosystems',
    message: 'This folder holds One (one.json) and Two (two.mod)',
    hint: 'Say which one the image is for: --ecosystem one or --ecosystem two.',
  });
});

test('the recorded one only where nothing else is wanted, and where it is', () => {
  const both = projectOf(['one.json', 'two.mod']);
  expect(selectEcosystem(both, all, undefined, { ecosystem: 'two' })).toBe(two);
  expect(selectEcosystem(both, all, 'one', { ecosystem: 'two' })).toBe(one);
  expect(selectEcosystem(projectOf(['one.json']), all, undefined, { ecosystem: 'two' })).toBe(one);
  expect(selectEcosystem(projectOf(['one.json']), all, undefined, { ecosystem: 'unheard of' })).toBe(one);
});

test('a wanted one that is unknown, or not there', () => {
  expect(refusal(['one.json'], 'three')).toMatchObject({ code: 'bad-option', hint: 'Known are one, two.' });
  expect(refusal(['one.json'], 'two')).toMatchObject({
    code: 'not-a-project',
    message: expect.stringContaining('two.mod'),
  });
});

test.each([
  [['web/one.json'], '', 'web/one.json is there: try create-msb-docker web.'],
  [['a/b/two.mod', 'web/one.json'], '', 'web/one.json is there: try create-msb-docker web.'],
  [['apps/a/b/two.mod'], 'apps', 'a/b/two.mod is there: try create-msb-docker apps/a/b.'],
  [['a/b/c/two.mod'], '', 'Run it in the folder of your project, or name that folder: create-msb-docker <folder>.'],
  [
    ['node_modules/x/one.json', '.x/one.json'],
    '',
    'Run it in the folder of your project, or name that folder: create-msb-docker <folder>.',
  ],
])('nothing but %j in %j', (paths, folder, hint) => {
  expect(refusal(paths, undefined, folder)).toMatchObject({ code: 'not-a-project', hint });
});

test('a marker for tools alone is no project, where another one has a program', () => {
  const nothing = (): never => {
    throw new MsbError('no-entry-point', 'Nothing to start', 'Add something.');
  };
  const tools = { ...two, detect: nothing };
  const both = projectOf(['one.json', 'two.mod']);
  expect(selectEcosystem(both, [one, tools])).toBe(one);
  expect(selectEcosystem(both, [one, tools], 'two')).toBe(tools);
  expect(selectEcosystem(projectOf(['two.mod']), [one, tools])).toBe(tools);
  // a workspace has its programs further down; what is broken is for the person who asked to know
  const root = { ...tools, workspace: () => ({ place: { file: 'two.mod' }, members: [] }) };
  expect(withProgram(both, candidates(both, [one, root]))).toHaveLength(2);
  const broken = {
    ...two,
    detect: () => {
      throw new MsbError('broken-file', 'two.mod is broken', 'Mend it.');
    },
  };
  expect(withProgram(both, candidates(both, [one, broken]))).toHaveLength(2);
  expect(withProgram(both, candidates(both, [{ ...one, detect: nothing }, tools]))).toHaveLength(2);
});
