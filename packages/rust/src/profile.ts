import { at } from '@msb/core';
import type { CargoFile } from './cargofile.ts';

/**
 * Variables for what the release profile of the workspace leaves open. They go before the manifest, which stays
 * untouched (https://doc.rust-lang.org/cargo/reference/config.html#profile): symbols are stripped, and with `lto` the
 * crates are optimized together. That is not the default, as each change of a line then optimizes all crates anew: for
 * the axum fixture a rebuild took 7.5 s instead of 3.2, and the program was 17 % larger and no faster; for mini-redis it
 * took at least 4.5 times as long, and the program was 0.2 % smaller. Incremental compilation does not help enough: 5.9 s.
 */
export function openProfile({ value }: CargoFile, lto: boolean): Readonly<Record<string, string>> {
  const wanted = { strip: 'symbols', ...(lto && { lto: 'thin' }) };
  const open = Object.entries(wanted).filter(([key]) => at(value, 'profile', 'release', key) === undefined);
  return Object.fromEntries(open.map(([key, setting]) => [`CARGO_PROFILE_RELEASE_${key.toUpperCase()}`, setting]));
}
