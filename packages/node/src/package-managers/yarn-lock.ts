import { at, type JsonFile, keysOf, textAt, type Value } from '@msb/core';
import type { Dependency, PackageJson } from '../package-json.ts';
import { type LockNode, lockedPackages, usualBins } from './graph.ts';
import type { Importer, LockedPackage } from './manager.ts';
import { wantedOf } from './notes.ts';

/** What a yarn.lock says. */
export interface YarnLock {
  /** `1` for Yarn 1, else the version that Yarn 2 and later write. */
  readonly format: string;
  readonly packages: readonly LockedPackage[];
  /** Names that package.json asks for and that are not there. */
  readonly missing: readonly string[];
}

/** `a@^1`, `a@npm:^1`; the name of a scope begins with an at sign, too. */
const nameOf = (descriptor: string): string => descriptor.replace(/(?<=.)@.*$/, '');

const descriptorsOf = (key: string): readonly string[] =>
  key
    .replaceAll('"', '')
    .split(',')
    .map((descriptor) => descriptor.trim());

const spellings = (name: string, spec: string): readonly string[] => [`${name}@${spec}`, `${name}@npm:${spec}`];

/** Packages for one system: `os=darwin`, `os=linux & cpu=x64 & libc=glibc`. Yarn 1 does not say. */
const conditionsOf = (entry: Value): string => textAt(entry, 'conditions') ?? '';

const forLinux = (entry: Value): boolean => /os=linux|^(?!.*os=)/.test(conditionsOf(entry));

/** Packages that bring machine code for one system are named after it: `@img/sharp-linux-x64`. */
const forOneSystem = /-(linux|linuxmusl)-(x64|arm64|arm|ia32)/;

/** What no registry has: the file's own entry, and packages of the workspace. */
const notForeign = /^__metadata$|@workspace:/;

/** Reads a lockfile of any Yarn (https://yarnpkg.com/configuration/manifest). */
export function readYarnLock(lock: JsonFile, manifest: PackageJson, importers: readonly Importer[]): YarnLock {
  const keys = keysOf(lock.value).filter((key) => !notForeign.test(key) && forLinux(at(lock.value, key)));
  const keyOf = new Map(keys.flatMap((key) => descriptorsOf(key).map((descriptor) => [descriptor, key] as const)));
  const find = (name: string, spec: string): readonly string[] =>
    spellings(name, spec).flatMap((descriptor) => keyOf.get(descriptor) ?? []);
  const nodes = new Map(keys.map((key) => [key, node(lock, key, find)]));
  const roots = ({ name, spec }: Dependency): readonly string[] => find(name, spec.trim());
  const wanted = importers.flatMap((importer) => wantedOf(importer.manifest));
  const production = importers.flatMap((importer) => [...importer.manifest.production.values()]).flatMap(roots);
  const direct = new Set(wanted.flatMap(roots));
  const overridden = at(manifest.json.value, 'resolutions') !== undefined;
  return {
    format: textAt(lock.value, '__metadata', 'version') ?? '1',
    // which of two versions lies on top is not written down, but what package.json names does
    packages: lockedPackages(nodes, production, (key) => direct.has(key)),
    missing: overridden
      ? []
      : wanted.filter((one) => roots(one).length === 0 && !/^(patch|catalog):/.test(one.spec)).map(({ name }) => name),
  };
}

function node(lock: JsonFile, key: string, find: (name: string, spec: string) => readonly string[]): LockNode {
  const entry = at(lock.value, key);
  const name = nameOf(descriptorsOf(key)[0] ?? '');
  const line = lock.line(key);
  const dependencies = ['dependencies', 'optionalDependencies'].flatMap((field) =>
    keysOf(at(entry, field)).flatMap((other) => find(other, textAt(entry, field, other) ?? '')),
  );
  const bins = keysOf(at(entry, 'bin'));
  return {
    name,
    place: { file: lock.file, ...(line !== undefined && { line }) },
    dependencies,
    platformBound: /cpu=|libc=/.test(conditionsOf(entry)) || forOneSystem.test(name),
    bins: bins.length > 0 ? bins : usualBins(name),
  };
}
