import { at, itemsOf, type JsonFile, keysOf, textAt, type Value } from '@msb/core';
import { type LockNode, lockedPackages, usualBins } from './graph.ts';
import type { Importer, LockedPackage } from './manager.ts';
import { wantedOf } from './notes.ts';

/** What a pnpm-lock.yaml says. */
export interface PnpmLock {
  /** `9.0`, for instance. */
  readonly format: string | undefined;
  /** `undefined` for a format before 9, which is drawn otherwise. */
  readonly packages: readonly LockedPackage[] | undefined;
  /** Names that package.json asks for in another way. */
  readonly missing: readonly string[];
}

const productive = ['dependencies', 'optionalDependencies'];

/** A key without the peers that it was resolved with: `a@1.0.0(b@2.0.0)` → `a@1.0.0`. */
const withoutPeers = (key: string): string => key.replace(/\(.*$/, '');

/** `c: 1.0.0` → `c@1.0.0`; an alias names the other package already: `c: d@1.0.0`. */
const keyOf = (snapshots: Value, name: string, version: string): string =>
  at(snapshots, version) === undefined ? `${name}@${version}` : version;

const keysOfDependencies = (snapshots: Value, entry: Value): readonly string[] =>
  productive.flatMap((field) =>
    keysOf(at(entry, field)).map((name) => {
      const version = textAt(entry, field, name) ?? textAt(entry, field, name, 'version') ?? '';
      return keyOf(snapshots, name, version);
    }),
  );

const forLinux = (os: readonly Value[]): boolean => os.length === 0 || os.includes('linux');

/** Reads a lockfile (https://github.com/pnpm/spec/tree/master/lockfile). */
export function readPnpmLock(lock: JsonFile, importers: readonly Importer[]): PnpmLock {
  const format = textAt(lock.value, 'lockfileVersion');
  const snapshots = at(lock.value, 'snapshots');
  const entryOf = ({ folder }: Importer): Value => at(lock.value, 'importers', folder === '' ? '.' : folder);
  const locked = (importer: Importer, name: string): string | undefined =>
    [...productive, 'devDependencies'].flatMap((f) => textAt(entryOf(importer), f, name, 'specifier') ?? [])[0];
  if (!format?.startsWith('9')) return { format, packages: undefined, missing: [] };
  const nodes = new Map<string, LockNode>();
  for (const key of keysOf(snapshots)) {
    const id = withoutPeers(key);
    const entry = at(lock.value, 'packages', id);
    const line = lock.line('packages', id);
    if (!forLinux(itemsOf(at(entry, 'os')))) continue;
    nodes.set(key, {
      name: id.replace(/(?<=.)@.*$/, ''),
      place: { file: lock.file, ...(line !== undefined && { line }) },
      dependencies: keysOfDependencies(snapshots, at(snapshots, key)),
      platformBound: itemsOf(at(entry, 'cpu')).length > 0 || itemsOf(at(entry, 'libc')).length > 0,
      bins: at(entry, 'hasBin') === undefined ? [] : usualBins(id.replace(/(?<=.)@.*$/, '')), // it names none
    });
  }
  const production = importers.flatMap((importer) => keysOfDependencies(snapshots, entryOf(importer)));
  const direct = new Set(importers.slice(-1).flatMap((importer) => keysOfDependencies(snapshots, entryOf(importer))));
  const missing = importers.flatMap((importer) =>
    wantedOf(importer.manifest).filter(({ name, spec }) => locked(importer, name) !== spec.trim()),
  );
  const overridden = at(lock.value, 'overrides') !== undefined;
  return {
    format,
    packages: lockedPackages(nodes, production, (key) => direct.has(key)),
    missing: overridden ? [] : missing.map(({ name }) => name),
  };
}
