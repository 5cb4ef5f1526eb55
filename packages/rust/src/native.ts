import type { Fact, Note, Place } from '@msb/core';
import { type NativeCrate, nativeCrates } from './crates.ts';
import type { Enabled } from './enabled.ts';
import { isBefore } from './implied.ts';
import type { Libc } from './libc.ts';
import type { LockedCrate } from './lock.ts';

/** A crate of the project that needs more than Rust and a C compiler. */
export interface NativeUse extends NativeCrate {
  readonly name: string;
  readonly version: string;
  readonly place: Place;
}

/** What the C code in a project's crates asks of the build stage. */
export interface Native {
  /** Packages of the toolchain's distribution. */
  readonly packages: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
}

/**
 * Those of the crates that a project may be built with. Cargo.lock does not tell which features crates turn on in each
 * other: a package too many costs a few seconds of the build and never reaches the image.
 */
export function nativeUses(lock: readonly LockedCrate[], enabled: Enabled): readonly NativeUse[] {
  const locked = new Set(lock.map(({ name }) => name));
  const direct = new Set([...enabled.crates.values()].flatMap((names) => [...names]));
  return lock.flatMap((crate) => {
    const native = Object.hasOwn(nativeCrates, crate.name) ? nativeCrates[crate.name] : undefined;
    if (native === undefined || !concerns(native, crate.version)) return [];
    const own = native.unlessLocked?.some((name) => locked.has(name)) ?? false;
    if (own && (native.unlessAsked === undefined || asks(enabled, native.unlessAsked))) return [];
    if (native.unlessUses !== undefined && crate.dependencies.includes(native.unlessUses)) return [];
    if (native.feature && !direct.has(crate.name) && !asks(enabled, native.feature)) return [];
    if (native.exceptFor && onlyFor(lock, crate.name, native.exceptFor)) return [];
    return [{ ...native, name: crate.name, version: crate.version, place: crate.place }];
  });
}

/** Whether what is known of a crate is true of this version. */
const concerns = ({ since, before }: NativeCrate, version: string): boolean =>
  (before === undefined || (version !== '' && isBefore(version, before))) &&
  (since === undefined || !isBefore(version, since));

const asks = ({ features }: Enabled, word: string): boolean => [...features].some((name) => name.includes(word));

/** Whether a crate is used, and by some crates alone. */
function onlyFor(lock: readonly LockedCrate[], crate: string, some: readonly string[]): boolean {
  const users = lock.filter(({ dependencies }) => dependencies.includes(crate));
  return users.length > 0 && users.every(({ name }) => some.includes(name));
}

/** What they ask of a build with this C library. */
export function nativeNeeds(uses: readonly NativeUse[], libc: Libc): Native {
  const packagesOf = ({ apk = [], apt = [] }: NativeUse): readonly string[] => (libc === 'musl' ? apk : apt);
  const packages = uses.flatMap(packagesOf);
  return {
    packages: [...new Set(packages)].sort(),
    env: Object.assign({}, ...uses.map(({ env, staticEnv }) => ({ ...env, ...(libc === 'musl' && staticEnv) }))),
    facts: uses.flatMap((use) => (packagesOf(use).length > 0 ? [fact(use, packagesOf(use))] : [])),
    notes: uses.flatMap(({ name, version, place, problem, before }) => {
      if (problem === undefined) return [];
      const who = before === undefined ? `Where a feature takes it in, ${name}` : `${name} ${version}`;
      return [{ message: `${who} ${problem[0]}`, hint: problem[1], place }];
    }),
  };
}

const fact = ({ name, place }: NativeUse, packages: readonly string[]): Fact => ({
  name: 'C libraries',
  value: `${name} is built with ${packages.join(' ')}`,
  place,
});
