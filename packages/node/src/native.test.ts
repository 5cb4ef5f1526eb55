import { expect, test } from 'vitest';
import { nativeParts } from './native.ts';
import type { LockedPackage } from './package-managers/manager.ts';
import { packageOf } from './projects.test.kit.ts';

const locked = (name: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
  name,
  place: { file: 'package-lock.json' },
  dev: false,
  hoisted: true,
  installScript: false,
  platformBound: false,
  bins: [],
  ...more,
});
const parts = (packages: readonly LockedPackage[] | undefined, value: object = {}) =>
  nativeParts(packages, packageOf(value).manifest);
const script = { installScript: true };

test('nothing known: it has to be installed where it runs', () => {
  expect(parts(undefined)).toEqual({ platformBound: true, scripts: [], probes: [], compiled: [] });
  expect(parts([locked('express')])).toEqual({ platformBound: false, scripts: [], probes: [], compiled: [] });
});

test('without a lockfile, an addon is known by its name', () => {
  const { scripts, probes } = parts(undefined, { dependencies: { bcrypt: '6', express: '5' } });
  expect(scripts).toMatchObject([{ name: 'bcrypt', place: { file: 'package.json', line: 3 } }]);
  expect(probes).toHaveLength(1);
});

test('an addon is allowed its script, and tried out', () => {
  const { platformBound, scripts, probes } = parts([
    locked('bcrypt', script),
    locked('bcrypt', { ...script, hoisted: false }),
  ]);
  expect(platformBound).toBe(true);
  expect(scripts.map(({ name }) => name)).toEqual(['bcrypt']);
  expect(probes).toEqual([`node -e "require('bcrypt')"`]);
  expect(parts([locked('better-sqlite3', script)]).probes[0]).toContain(':memory:');
});

test('packages for one platform bind without a script', () => {
  expect(parts([locked('sharp'), locked('@img/sharp-linux-x64', { platformBound: true })])).toMatchObject({
    platformBound: true,
    scripts: [],
    probes: [`node -e "require('sharp')"`],
  });
});

test('development, idle scripts and what package.json denies do not count', () => {
  const packages = [
    locked('bcrypt', { ...script, dev: true }),
    locked('@nestjs/core', script),
    locked('sqlite3', script),
  ];
  expect(parts(packages, { allowScripts: { sqlite3: false } })).toMatchObject({ platformBound: false, scripts: [] });
});

test.each([
  ['bcrypt', '^5.1.0', true],
  ['bcrypt', '^6.0.0', false],
  ['bcrypt', 'latest', false],
  ['argon2', '0.40.3', true],
  ['argon2', '^0.44.0', false],
  ['sqlite3', '^5.1.2', true],
  ['sharp', '^0.34.0', false],
  ['some-addon', '1', false],
])('%s %s needs a compiler: %s', (name, range, compiles) => {
  const { compiled } = parts([locked(name, script)], { dependencies: { [name]: range } });
  expect(compiled.map((found) => found.name)).toEqual(compiles ? [name] : []);
});

test('an addon that nobody knows needs a compiler where its dependencies say so', () => {
  const fork = locked('@louislam/sqlite3', { ...script, compiles: true });
  expect(parts([fork]).compiled).toEqual([fork]);
  expect(parts([locked('sharp', { ...script, compiles: true })]).compiled).toEqual([]); // the table knows better
});
