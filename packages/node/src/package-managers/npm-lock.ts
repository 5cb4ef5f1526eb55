import { at, itemsOf, type JsonFile, keysOf, type Project, readJson, textAt, type Value } from '@msb/core';
import type { LockedPackage } from './manager.ts';

const texts = (value: Value): readonly string[] => itemsOf(value).filter((item) => typeof item === 'string');

/** Whether a package is meant for Linux: no list of systems, a list with it, or a list of others that it is not. */
function forLinux(os: readonly string[]): boolean {
  if (os.includes('!linux')) return false;
  return os.length === 0 || os.includes('linux') || os.every((name) => name.startsWith('!'));
}

function binsOf(entry: Value, name: string): readonly string[] {
  return textAt(entry, 'bin') === undefined ? keysOf(at(entry, 'bin')) : [name.split('/').at(-1) ?? name];
}

/**
 * Reads a lockfile of npm; `packages` has existed since version 2, with npm 7
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json). `undefined` for an older one. Packages for other
 * systems than Linux are left out. Throws `broken-file`.
 */
export function readNpmLock(project: Project, file: string): readonly LockedPackage[] | undefined {
  const lock = readJson(project, file);
  if (at(lock.value, 'packages') === undefined) return undefined;
  return keysOf(at(lock.value, 'packages')).flatMap((path) => lockedPackage(lock, path) ?? []);
}

function lockedPackage(lock: JsonFile, path: string): LockedPackage | undefined {
  const entry = at(lock.value, 'packages', path);
  const folder = path.split('node_modules/').at(-1) ?? '';
  if (!path.includes('node_modules/') || !forLinux(texts(at(entry, 'os')))) return undefined;
  const name = textAt(entry, 'name') ?? folder; // an alias has the real name in it
  const installScript = at(entry, 'hasInstallScript') === true;
  const line = installScript ? lock.line('packages', path) : undefined;
  return {
    name,
    place: { file: lock.file, ...(line !== undefined && { line }) },
    dev: at(entry, 'dev') === true || at(entry, 'devOptional') === true,
    hoisted: path.lastIndexOf('node_modules/') === 0,
    installScript,
    platformBound: texts(at(entry, 'cpu')).length > 0 || texts(at(entry, 'libc')).length > 0,
    bins: binsOf(entry, folder),
  };
}

/** Direct dependencies that the lockfile does not have as package.json does; `npm ci` refuses those. */
export function outOfDate(project: Project, file: string, wanted: ReadonlyMap<string, { spec: string }>): string[] {
  const root = at(readJson(project, file).value, 'packages', '');
  const fields = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const locked = (name: string): string | undefined =>
    fields.map((field) => textAt(root, field, name)).find((spec) => spec !== undefined);
  if (root === undefined) return [];
  return [...wanted].filter(([name, { spec }]) => locked(name) !== spec.trim()).map(([name]) => name);
}
