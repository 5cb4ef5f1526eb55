import { at, itemsOf, type JsonFile, keysOf, type Project, readJson, textAt, type Value } from '@msb/core';
import type { Dependency } from '../package-json.ts';
import { compiles } from './graph.ts';
import type { Importer, LockedPackage } from './manager.ts';

const texts = (value: Value): readonly string[] => itemsOf(value).filter((item) => typeof item === 'string');

/** Whether a package is meant for Linux: no list of systems, a list with it, or a list of others that it is not. */
function forLinux(os: readonly string[]): boolean {
  if (os.includes('!linux')) return false;
  return os.length === 0 || os.includes('linux') || os.every((name) => name.startsWith('!'));
}

function binsOf(entry: Value, name: string): readonly string[] {
  return textAt(entry, 'bin') === undefined ? keysOf(at(entry, 'bin')) : [name.split('/').at(-1) ?? name];
}

/** A lockfile of npm. */
export interface NpmLock {
  /** Packages that may be installed on Linux; `undefined` for a file of npm 6 or older. */
  readonly packages: readonly LockedPackage[] | undefined;
  /** Names that package.json or a locked package asks for, and that are not there as asked; `npm ci` refuses then. */
  readonly missing: readonly string[];
  /** Packages for development that `npm ci --omit=dev` installs, as something that ships has them as optional peers. */
  readonly tools: readonly string[];
}

/**
 * Reads a lockfile; `packages` has existed since version 2, with npm 7
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json). `wanted` are the dependencies of package.json.
 * Throws `broken-file`.
 */
export function readNpmLock(
  project: Project,
  file: string,
  wanted: readonly Dependency[],
  importers: readonly Importer[] = [],
): NpmLock {
  const lock = readJson(project, file);
  const entries = at(lock.value, 'packages');
  if (entries === undefined) return { packages: undefined, missing: [], tools: [] };
  const paths = keysOf(entries);
  const known = new Set(paths.map(folderOf));
  // npm follows no link that leads out of the project: what that package asks for is in a lockfile of its own
  const asked = paths
    .filter((path) => path !== '' && !path.startsWith('../'))
    .flatMap((path) => asks(at(entries, path)));
  const root = at(entries, '');
  const shipped = reach(entries, importers);
  const alone = importers.every(({ folder }) => folder === '');
  const isTool = (path: string): boolean => isDevOptional(entries, path) && !shipped.has(path);
  return {
    packages: paths
      .filter((path) => alone || shipped.has(path))
      .flatMap((path) => lockedPackage(lock, path, shipped) ?? []),
    missing: [
      ...wanted.filter(({ name, spec }) => rootSpec(root, name) !== spec.trim()).map(({ name }) => name),
      ...asked.filter((name) => !known.has(name)),
    ],
    tools: alone ? keysOf(at(root, 'devDependencies')).filter((name) => isTool(`node_modules/${name}`)) : [],
  };
}

/** Both for development and, in one way or another, optional for what ships (npm's own word). */
const isDevOptional = (entries: Value, path: string): boolean => at(entries, path, 'devOptional') === true;

/** Paths that a project, or the packages of a workspace, lead to in production. */
function reach(entries: Value, importers: readonly Importer[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = importers.flatMap(({ folder, manifest }) =>
    [...manifest.production.keys()].flatMap((name) => resolve(entries, folder, name)),
  );
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const from = path;
    open.push(...needs(at(entries, path)).flatMap((name) => resolve(entries, from, name)));
  }
  return found;
}

/** Where `require` finds a package: in the node_modules of the folder, or of one above it. */
function resolve(entries: Value, folder: string, name: string): readonly string[] {
  for (let above = folder; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/')))) {
    const path = `${above === '' ? '' : `${above}/`}node_modules/${name}`;
    if (at(entries, path) !== undefined) return [path];
    if (above === '') return [];
  }
}

/** The last package folder of a path: `node_modules/a/node_modules/@b/c` → `@b/c`. */
const folderOf = (path: string): string => path.split('node_modules/').at(-1) ?? '';

const asks = (entry: Value): readonly string[] =>
  ['dependencies', 'optionalDependencies'].flatMap((field) => keysOf(at(entry, field)));

/** The same with its peers, but for those that it can do without. */
const needs = (entry: Value): readonly string[] => [
  ...asks(entry),
  ...keysOf(at(entry, 'peerDependencies')).filter(
    (name) => at(entry, 'peerDependenciesMeta', name, 'optional') !== true,
  ),
];

const rootSpec = (root: Value, name: string): string | undefined =>
  ['dependencies', 'devDependencies', 'optionalDependencies']
    .map((field) => textAt(root, field, name))
    .find((spec) => spec !== undefined);

function lockedPackage(lock: JsonFile, path: string, shipped: ReadonlySet<string>): LockedPackage | undefined {
  const entry = at(lock.value, 'packages', path);
  const folder = folderOf(path);
  if (!path.includes('node_modules/') || !forLinux(texts(at(entry, 'os')))) return undefined;
  const name = textAt(entry, 'name') ?? folder; // an alias has the real name in it
  const installScript = at(entry, 'hasInstallScript') === true;
  const line = installScript ? lock.line('packages', path) : undefined;
  return {
    name,
    place: { file: lock.file, ...(line !== undefined && { line }) },
    dev: at(entry, 'dev') === true || (at(entry, 'devOptional') === true && !shipped.has(path)),
    hoisted: path.lastIndexOf('node_modules/') === 0,
    installScript,
    ...(installScript && compiles(asks(entry)) && { compiles: true }),
    platformBound: texts(at(entry, 'cpu')).length > 0 || texts(at(entry, 'libc')).length > 0,
    bins: binsOf(entry, folder),
  };
}
