import { at } from '@msb/core';
import type { CargoFile } from './cargofile.ts';

/**
 * What a release is compiled with where the project's own `[profile.release]` does not say it. Such variables go
 * before the manifest (https://doc.rust-lang.org/cargo/reference/config.html#profile), which stays untouched.
 */
const wanted: Readonly<Record<string, string>> = {
  strip: 'symbols',
};

/** Variables for the settings that the release profile of the workspace leaves open. */
export const openProfile = ({ value }: CargoFile): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(wanted)
      .filter(([key]) => at(value, 'profile', 'release', key) === undefined)
      .map(([key, setting]) => [`CARGO_PROFILE_RELEASE_${key.toUpperCase()}`, setting]),
  );
