import { at, itemsOf, type Place, type Project, readToml, textAt } from '@msb/core';
import { textsOf } from './cargofile.ts';

/** A package of Cargo.lock. */
export interface LockedCrate {
  readonly name: string;
  readonly version: string;
  /** Whether it comes from a registry or git, and is not part of the project. */
  readonly external: boolean;
  /** Names of the crates it depends on. */
  readonly dependencies: readonly string[];
  readonly place: Place;
}

const file = 'Cargo.lock';

/** Reads Cargo.lock; `undefined` when there is none. Throws `broken-file`. */
export function readLock(project: Project): readonly LockedCrate[] | undefined {
  if (!project.has(file)) return undefined;
  const lines = project.mustText(file).split('\n');
  const starts = lines.flatMap((line, index) => (line.trim() === '[[package]]' ? [index + 2] : []));
  return itemsOf(at(readToml(project, file), 'package')).map((item, nth) => {
    const line = starts[nth];
    return {
      name: textAt(item, 'name') ?? '',
      version: textAt(item, 'version') ?? '',
      external: textAt(item, 'source') !== undefined,
      dependencies: textsOf(at(item, 'dependencies')).map((entry) => entry.split(' ')[0] ?? entry),
      place: line === undefined ? { file } : { file, line },
    };
  });
}

/**
 * The crates that the project's own packages are built with, which `used` lists by package: a lock is that of a whole
 * workspace with all features. Two versions of a crate count as one. All of them where the lock does not know the
 * packages (any more).
 */
export function reachable(
  lock: readonly LockedCrate[],
  used: ReadonlyMap<string, ReadonlySet<string>>,
): readonly LockedCrate[] {
  const uses = new Map<string, readonly string[]>();
  for (const { name, dependencies, external } of lock) {
    const own = external ? undefined : used.get(name);
    const named = own ? dependencies.filter((crate) => own.has(crate)) : dependencies;
    uses.set(name, [...(uses.get(name) ?? []), ...named]);
  }
  const names = new Set(used.keys());
  if (!lock.some(({ name }) => names.has(name))) return lock;
  for (const name of names) {
    for (const used of uses.get(name) ?? []) names.add(used);
  }
  return lock.filter(({ name }) => names.has(name));
}
