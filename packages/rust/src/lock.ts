import { at, itemsOf, type Place, type Project, readToml, textAt } from '@msb/core';
import { textsOf } from './cargofile.ts';
import type { Enabled } from './enabled.ts';
import { broughtBy, mayBring } from './implied.ts';

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
 * The crates that the project's own packages are built with: a lock is that of a whole workspace with all features. Two
 * versions of a crate count as one. All of them where the lock does not know the packages (any more); without a lock,
 * what is known of the crates that the packages name.
 */
export function reachable(lock: readonly LockedCrate[] | undefined, enabled: Enabled): readonly LockedCrate[] {
  if (lock === undefined) return named(enabled);
  const names = new Set(enabled.crates.keys());
  if (!lock.some(({ name }) => names.has(name))) return lock;
  const all = walk(lock, enabled, () => true);
  // a crate that others ask for, too, may have features that no manifest of the project tells of
  const others = new Set(all.filter(({ external }) => external).flatMap(({ dependencies }) => dependencies));
  return walk(lock, enabled, ({ name, version }, dependency) => {
    const asked = enabled.external.get(name);
    if (asked === undefined || others.has(name) || !mayBring(name).has(dependency)) return true;
    return broughtBy(name, version, asked.features).has(dependency);
  });
}

/** Those that are reached from the packages of the project over what each of them takes in. */
function walk(
  lock: readonly LockedCrate[],
  { crates }: Enabled,
  takes: (crate: LockedCrate, dependency: string) => boolean,
): readonly LockedCrate[] {
  const uses = new Map<string, readonly string[]>();
  for (const crate of lock) {
    const { name, dependencies, external } = crate;
    const own = external ? undefined : crates.get(name);
    const taken = dependencies.filter((dependency) => (own ? own.has(dependency) : takes(crate, dependency)));
    uses.set(name, [...(uses.get(name) ?? []), ...taken]);
  }
  const names = new Set(crates.keys());
  for (const name of names) {
    for (const used of uses.get(name) ?? []) names.add(used);
  }
  return lock.filter(({ name }) => names.has(name));
}

/** The crates that manifests name, and what is known to come with them. */
function named({ external }: Enabled): readonly LockedCrate[] {
  const found = new Map<string, LockedCrate>();
  const visit = (name: string, version: string, features: ReadonlySet<string>, place: Place): void => {
    if (found.has(name)) return;
    const dependencies = [...broughtBy(name, version, features)];
    // libraries that are compiled from their sources say so by cc, whoever asked for that
    const compiled = dependencies.includes('cc') || features.has('bundled');
    // which version a build will take is not known: the newest that fits
    found.set(name, { name, version: '', external: true, dependencies, place });
    for (const other of dependencies) visit(other, '', new Set(compiled ? ['bundled'] : []), place);
  };
  for (const [name, { version, features, place }] of external) visit(name, version, features, place);
  return [...found.values()];
}
