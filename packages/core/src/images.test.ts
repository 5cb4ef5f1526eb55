import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baseImage, defaultImage, product, runtimeImage, unknownVersion } from './images.ts';
import { runtimeFolder } from './render/templates.ts';

const file: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(runtimeFolder(), '../images.json'), 'utf8'),
);
const names = Object.keys(file).filter((name) => name !== '$schema');

const numeric = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

describe.each(names)('templates/images.json: %s', (name) => {
  const { title, default: preset, versions } = product(name);
  const entries = Object.entries(versions);

  test('has a title, and a default that is one of its versions, listed oldest first', () => {
    expect(title).toMatch(/\S/);
    expect(Object.keys(versions)).toContain(preset);
    expect(Object.keys(versions)).toEqual([...Object.keys(versions)].sort(numeric));
  });

  test.each(entries)('%s: every image has a tag other than latest, and the end of support is a date', (_, version) => {
    expect(Object.keys(version.images).length).toBeGreaterThan(0);
    for (const image of Object.values(version.images)) expect(image).toMatch(/^[a-z0-9./-]+:(?!latest$)[\w.-]+$/);
    if (version.eol === undefined) return;
    expect(version.eol).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(new Date(version.eol).toISOString().slice(0, 10)).toBe(version.eol);
  });

  test('every version has the same variants', () => {
    for (const [, { images }] of entries)
      expect(Object.keys(images)).toEqual(Object.keys(entries[0]?.[1].images ?? {}));
  });
});

test('what the file does not have is a bug of ours', () => {
  expect(defaultImage('alpine', 'runtime')).toBe(baseImage('alpine', product('alpine').default, 'runtime'));
  expect(() => product('cobol')).toThrow('No image of cobol is known');
  expect(() => baseImage('alpine', '0.1', 'runtime')).toThrow('No image of alpine 0.1 runtime is known');
  expect(() => baseImage('alpine', product('alpine').default, 'x')).toThrow('No image of alpine');
});

test('what ships is the image of the product that is named like the family, else the common one', () => {
  const { default: preset, versions } = product('node');
  expect(runtimeImage('alpine', 'node', preset)).toBe(versions[preset]?.images.alpine);
  expect(runtimeImage('slim', 'node', preset)).toBe(defaultImage('debian', 'slim'));
  expect(runtimeImage('scratch', 'node', preset)).toBeUndefined();
});

test('a version that no image exists for, as the project spells it', () => {
  const place = { file: 'x', line: 3 };
  expect(unknownVersion('alpine', '9"\n', 'alpine-version', place)).toMatchObject({
    code: 'unknown-version',
    message: 'No image is known for Alpine Linux 9\\"\\n',
    hint: expect.stringMatching(/^Known are 3\.\d+.*--alpine-version/),
    place,
  });
});
