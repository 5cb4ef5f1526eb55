import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, itemsOf, keysOf, loadManifest, MsbError, type Place, textAt, type Value } from '@msb/core';
import semver from 'semver';
import type { PackageJson } from '../package-json.ts';

/** What package.json says about its package manager: a name, and a version or a range of versions. */
export interface Declared {
  readonly id: string;
  readonly version: string | undefined;
  readonly place: Place;
}

type Source = (manifest: PackageJson) => Declared | undefined;

/** `pnpm@11.1.0+sha512.…` (https://nodejs.org/api/packages.html#packagemanager). */
const packageManager: Source = ({ json, place }) => {
  const [, id, version] = /^([^@]+)(?:@([^+]+))?/.exec(textAt(json.value, 'packageManager') ?? '') ?? [];
  return id === undefined ? undefined : { id, version, place: place('packageManager') };
};

/** One or several: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#devengines */
const devEngines: Source = ({ json, place }) => {
  const value = at(json.value, 'devEngines', 'packageManager');
  const engine = [value, ...itemsOf(value)].find((item) => textAt(item, 'name') !== undefined);
  const id = textAt(engine, 'name');
  const where = place('devEngines', 'packageManager');
  return id === undefined ? undefined : { id, version: textAt(engine, 'version'), place: where };
};

/** The package manager that package.json names; what says it most exactly comes first. */
export const declaredManager: Source = (manifest) => packageManager(manifest) ?? devEngines(manifest);

/** One manager in templates/node/managers.json: which of its versions write a lockfile, and the newest of each. */
const table = (id: string): Value => {
  known ??= JSON.parse(readFileSync(join(loadManifest(import.meta.url, 'node').folder, 'managers.json'), 'utf8'));
  return at(known, id);
};
let known: Value;

/** The newest known version of each line of a manager. */
const versionsOf = (id: string): readonly string[] =>
  keysOf(at(table(id), 'versions')).flatMap((line) => textAt(table(id), 'versions', line) ?? []);

/** The major version of the npm that a release line of Node brings. */
export const bundledNpm = (node: string): string =>
  textAt(table('npm'), 'bundled', node) ?? textAt(table('npm'), 'default') ?? '';

/**
 * The version of npm to install, where package.json names one exactly, or a range that the one which comes with `node`
 * is not in; `undefined` where that one will do, as it does for those before 9, whose lockfiles it reads.
 */
export function npmVersion(manifest: PackageJson, node: string): string | undefined {
  const declared = declaredManager(manifest);
  const wanted =
    (declared?.id === 'npm' ? declared.version : undefined) ?? textAt(manifest.json.value, 'engines', 'npm');
  if (wanted === undefined || semver.validRange(wanted) === null) return undefined;
  const exact = semver.valid(wanted);
  if (exact !== null) return semver.major(exact) < 9 ? undefined : exact;
  if (semver.intersects(wanted, `^${bundledNpm(node)}.0.0`)) return undefined;
  return semver.maxSatisfying(versionsOf('npm'), wanted) ?? undefined;
}

/**
 * The exact version of a manager to install: the one that package.json names, else the newest known one in the range
 * that it gives (`devEngines`, `engines`), else one that writes the project's `format` of lockfile, else a default, which
 * has to run on `node`.
 * Throws `unknown-version` for a range with no known version.
 */
export function managerVersion(id: string, manifest: PackageJson, format: string | undefined, node = ''): string {
  const declared = declaredManager(manifest);
  const named = declared?.id === id ? declared : undefined;
  const exact = semver.valid(named?.version ?? null);
  if (exact !== null) return exact;
  const versions = versionsOf(id);
  const engine = textAt(manifest.json.value, 'engines', id);
  const range = named?.version ?? engine;
  const usualLine = textAt(table(id), 'defaultFor', node) ?? textAt(table(id), 'default');
  const line = textAt(table(id), 'lockfile', format ?? '') ?? usualLine ?? '';
  const usual = textAt(table(id), 'versions', line) ?? '';
  if (range === undefined || semver.validRange(range) === null || semver.satisfies(usual, range)) return usual;
  const best = semver.maxSatisfying(versions, range);
  if (best !== null) return best;
  throw new MsbError(
    'unknown-version',
    `No version of ${id} is known for ${JSON.stringify(range).slice(1, -1)}`,
    `Name one exactly in package.json, such as "packageManager": "${id}@${usual}".`,
    named?.place ?? manifest.place('engines', id),
  );
}
