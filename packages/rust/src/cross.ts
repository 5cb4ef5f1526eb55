import type { Fact, Place } from '@msb/core';
import type { CargoConfig } from './config.ts';
import type { Enabled } from './enabled.ts';
import type { Libc } from './libc.ts';
import type { LockedCrate } from './lock.ts';
import type { Native } from './native.ts';

/** How a program is compiled for another platform than the build machine's. */
export interface Crossing {
  /** On the build machine's own CPU; otherwise by a toolchain of the other platform, which is emulated. */
  readonly cross: boolean;
  readonly reason: string;
  readonly place?: Place;
}

/** What build scripts call to compile C or to find C libraries, both of which are those of one CPU. */
const tools = ['autotools', 'bindgen', 'cc', 'cmake', 'nasm-rs', 'pkg-config', 'system-deps'];

/**
 * Crates that compile nothing of C for Linux: the first asks for it on Android alone, and the others are those of another
 * system (https://github.com/rust-lang/backtrace-rs/blob/0.3.73/build.rs).
 */
const elsewhere = ['backtrace', 'errno-dragonfly', 'iana-time-zone-haiku'];

/**
 * A program of Rust alone needs no more than Rust's library for the other platform and a linker that knows its CPU; with
 * C in it, a C compiler and headers of that platform, too. What is not known counts as C.
 */
export function crossing(
  lock: readonly LockedCrate[] | undefined,
  enabled: Enabled,
  { native, config, libc }: { readonly native: Native; readonly config: CargoConfig; readonly libc: Libc },
): Crossing {
  if (libc === 'gnu') return { cross: false, reason: 'the program is linked with glibc' };
  if (lock === undefined)
    return { cross: false, reason: 'without Cargo.lock nobody knows which crates have C in them' };
  const [fact] = native.facts;
  if (fact !== undefined) return { cross: false, reason: fact.value, ...(fact.place && { place: fact.place }) };
  const own = config.output !== 'release' || Object.keys(config.env).some((name) => name.endsWith('_LINKER'));
  if (own) return { cross: false, reason: "the project's configuration of Cargo names a target or a linker" };
  const usesOf = ({ name, external, dependencies }: LockedCrate): readonly string[] =>
    external ? dependencies : [...(enabled.crates.get(name) ?? dependencies)];
  const user = lock.find(
    (crate) => !elsewhere.includes(crate.name) && usesOf(crate).some((name) => tools.includes(name)),
  );
  if (user) return { cross: false, reason: `${user.name} compiles C, or links it`, place: user.place };
  return { cross: true, reason: 'no crate has C in it' };
}

/** Whether other platforms are emulated, and why. */
export const crossingFact = ({ cross, reason, place }: Crossing): Fact => ({
  name: 'other platforms',
  value: `${cross ? 'compiled without emulation' : 'emulated'}, as ${reason}`,
  ...(place && { place }),
});
