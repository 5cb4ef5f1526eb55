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
  expect(parts(undefined)).toEqual({ platformBound: true, scripts: [], probes: [] });
  expect(parts([locked('express')])).toEqual({ platformBound: false, scripts: [], probes: [] });
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
