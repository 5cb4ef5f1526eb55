import { describe, expect, test } from 'vitest';
import { MsbError } from '../errors.ts';
import type { RuntimeFamily } from '../plan.ts';
import { codeOf, fakeDetection, fakeManifest } from '../testing/fake.ts';
import { openQuestion, resolveOptions, validateGiven } from './resolve.ts';
import { familyChoices, optionSchemas } from './schema.ts';

const manifest = fakeManifest();

describe('validateGiven', () => {
  test('makes values what their schemas say, and leaves out what was not given', () => {
    expect(validateGiven(manifest, { port: '80', debug: 'true', name: undefined })).toEqual({ port: 80, debug: true });
  });

  test.each(['typo', 'constructor', 'toString', '__proto__'])('%s is no option', (name) => {
    const given = JSON.parse(`{"${name}": "x"}`);
    expect(codeOf(() => validateGiven(manifest, given))).toBe('bad-option');
  });

  test('the hint names the options there are', () => {
    try {
      validateGiven(manifest, { nodeVersion: '24' });
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(MsbError);
      expect(error).toMatchObject({
        message: '--node-version does not apply to Fake',
        hint: 'Its options are --runtime, --port, --name, --bake, --ci, --tests, --include, --main, --fake-version, --debug.',
      });
    }
  });
});

describe('resolveOptions', () => {
  test('what was given wins over what the project says', () => {
    const detection = fakeDetection({ found: { name: 'found', port: 1, main: 'found' } });
    const { options } = resolveOptions(manifest, { runtime: 'scratch', port: 0, name: 'given' }, detection);
    expect(options).toEqual({ runtime: 'scratch', port: 0, name: 'given', main: 'found' });
  });

  test('open is what has a question and no answer', () => {
    const detection = fakeDetection({ found: {}, suggested: { port: 80 }, choices: { main: [{ value: 'a' }] } });
    const { open } = resolveOptions(manifest, {}, detection);
    expect(open).toEqual([
      { name: 'port', message: expect.any(String), type: 'integer', choices: [], suggested: 80 },
      { name: 'main', message: 'Which program?', type: 'string', choices: [{ value: 'a' }], suggested: undefined },
      {
        name: 'runtime',
        message: 'Ship on',
        type: 'string',
        choices: familyChoices(manifest.runtimes),
        suggested: 'alpine',
      },
    ]);
  });

  test('a project that fits only some runtimes: the best of them, one is no question, another is refused with the reason', () => {
    const reason = { message: 'It needs a shell', hint: 'Write a script.', place: { file: 'package.json', line: 3 } };
    const onSome = (...families: RuntimeFamily[]) => fakeDetection({ runtimes: { families, reason } });
    const [runtime] = resolveOptions(manifest, {}, onSome('slim', 'alpine')).open;
    expect([runtime?.suggested, runtime?.choices.map(({ value }) => value)]).toEqual(['slim', ['slim', 'alpine']]);
    expect(resolveOptions(manifest, {}, onSome('slim')).options.runtime).toBe('slim');
    expect(() => resolveOptions(manifest, { runtime: 'scratch' }, onSome('slim', 'alpine'))).toThrow(
      expect.objectContaining({
        code: 'bad-option',
        message: '--runtime scratch does not fit this project: It needs a shell',
        hint: 'It can ship on slim, alpine.',
        place: reason.place,
      }),
    );
  });

  test('what the project has no use for is not asked', () => {
    const detection = fakeDetection({ found: { main: 'x' }, unused: ['port', 'runtime'] });
    const resolution = resolveOptions(manifest, {}, detection);
    expect([resolution.open, resolution.options.port]).toEqual([[], undefined]);
  });
});

test('every option of an ecosystem: the common ones first', () => {
  const schemas = optionSchemas(manifest);
  expect(Object.keys(schemas)).toEqual([
    'runtime',
    'port',
    'name',
    'bake',
    'ci',
    'tests',
    'include',
    'main',
    'fakeVersion',
    'debug',
  ]);
  expect(schemas.runtime?.enum).toEqual(manifest.runtimes);
});

test('a question that nobody can answer becomes an error that says how', () => {
  const question = { name: 'main', message: 'Which program?', type: 'string', suggested: undefined } as const;
  const choices = [{ value: 'a' }, { value: 'b' }];
  expect(openQuestion({ ...question, choices })).toMatchObject({
    code: 'open-question',
    message: 'Which program? The project does not say: found a, b',
    hint: 'Choose with --main a.',
  });
  expect(openQuestion({ ...question, choices: [] }).hint).toBe('Choose with --main <value>.');
});
