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

/**
 * The exact version of a manager to install: the one that package.json names, else the newest known one in the range
 * that it gives (`devEngines`, `engines`), else one that writes the project's `format` of lockfile, else a default.
 * Throws `unknown-version` for a range with no known version.
 */
export function managerVersion(id: string, manifest: PackageJson, format: string | undefined): string {
  const declared = declaredManager(manifest);
  const named = declared?.id === id ? declared : undefined;
  const exact = semver.valid(named?.version ?? null);
  if (exact !== null) return exact;
  const versions = keysOf(at(table(id), 'versions')).flatMap((line) => textAt(table(id), 'versions', line) ?? []);
  const engine = textAt(manifest.json.value, 'engines', id);
  const range = named?.version ?? engine;
  const line = textAt(table(id), 'lockfile', format ?? '') ?? textAt(table(id), 'default') ?? '';
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
