import { at, itemsOf, type JsonFile, keysOf, textAt, type Value } from '@msb/core';
import type { Dependency } from '../package-json.ts';
import { type LockNode, lockedPackages } from './graph.ts';
import type { Importer, LockedPackage } from './manager.ts';
import { wantedOf } from './notes.ts';

/** What a bun.lock says. */
export interface BunLock {
  /** `1`, for instance. */
  readonly format: string;
  readonly packages: readonly LockedPackage[];
  /** Names that package.json asks for in another way. */
  readonly missing: readonly string[];
}

/** The package `name` as the one at `path` finds it: its own, that of the one above, …, the one on top. */
function resolve(packages: Value, path: string, name: string): readonly string[] {
  for (let above = path; above !== ''; above = above.replace(/\/?(?:@[^/]+\/)?[^/]+$/, '')) {
    if (at(packages, `${above}/${name}`) !== undefined) return [`${above}/${name}`];
  }
  return at(packages, name) === undefined ? [] : [name];
}

const texts = (value: Value): readonly Value[] => (typeof value === 'string' ? [value] : itemsOf(value));

const forLinux = (os: readonly Value[]): boolean => os.length === 0 || os.includes('linux') || os.includes('none');

/** Reads a text lockfile (https://bun.com/docs/pm/lockfile); an entry is a list with the facts of the package in it. */
export function readBunLock(lock: JsonFile, importers: readonly Importer[]): BunLock {
  const packages = at(lock.value, 'packages');
  const nodes = new Map<string, LockNode>();
  for (const path of keysOf(packages)) {
    const entry = itemsOf(at(packages, path));
    const about = entry.find((item) => typeof item === 'object');
    if (!forLinux(texts(at(about, 'os')))) continue;
    const dependencies = ['dependencies', 'optionalDependencies'].flatMap((field) => keysOf(at(about, field)));
    const bin = at(about, 'bin');
    nodes.set(path, {
      name: String(entry[0]).replace(/(?<=.)@.*$/, ''),
      place: { file: lock.file },
      dependencies: dependencies.flatMap((name) => resolve(packages, path, name)),
      platformBound: texts(at(about, 'cpu')).length > 0 || texts(at(about, 'libc')).length > 0,
      bins: typeof bin === 'string' ? [path.split('/').at(-1) ?? path] : keysOf(bin),
    });
  }
  const locked = ({ folder }: Importer, { name }: Dependency): string | undefined =>
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap(
      (field) => textAt(lock.value, 'workspaces', folder, field, name) ?? [],
    )[0];
  const production = importers.flatMap(({ folder, name, manifest }) =>
    [...manifest.production.keys()].flatMap((key) => resolve(packages, folder === '' ? '' : name, key)),
  );
  const top = (path: string): boolean => /^(?:@[^/]+\/)?[^/]+$/.test(path);
  return {
    format: String(at(lock.value, 'lockfileVersion') ?? ''),
    packages: lockedPackages(nodes, production, top),
    missing: importers.flatMap((importer) =>
      wantedOf(importer.manifest)
        .filter((wanted) => locked(importer, wanted) !== wanted.spec.trim())
        .map(({ name }) => name),
    ),
  };
}
