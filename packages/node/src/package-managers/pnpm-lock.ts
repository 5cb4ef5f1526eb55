import { at, itemsOf, type JsonFile, keysOf, textAt, type Value } from '@msb/core';
import type { Dependency } from '../package-json.ts';
import { type LockNode, lockedPackages } from './graph.ts';
import type { LockedPackage } from './manager.ts';

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

/** Reads a lockfile (https://github.com/pnpm/spec/tree/master/lockfile). `wanted` are the dependencies of package.json. */
export function readPnpmLock(lock: JsonFile, wanted: readonly Dependency[]): PnpmLock {
  const format = textAt(lock.value, 'lockfileVersion');
  const snapshots = at(lock.value, 'snapshots');
  const root = at(lock.value, 'importers', '.');
  const locked = (name: string): string | undefined =>
    [...productive, 'devDependencies'].flatMap((field) => textAt(root, field, name, 'specifier') ?? [])[0];
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
      bins: [], // what pnpm puts into node_modules/.bin are shell scripts, which node can't run
    });
  }
  const direct = keysOfDependencies(snapshots, root);
  const overridden = at(lock.value, 'overrides') !== undefined;
  return {
    format,
    packages: lockedPackages(nodes, direct, (key) => direct.includes(key)),
    missing: overridden ? [] : wanted.filter(({ name, spec }) => locked(name) !== spec.trim()).map(({ name }) => name),
  };
}
