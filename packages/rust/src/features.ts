import { at, keysOf, MsbError } from '@msb/core';
import type { Binary } from './binaries.ts';
import { optionalDependencies } from './cargofile.ts';
import type { Package } from './package.ts';

/**
 * The features to build with: those that the binary requires, then those that `--features` lists, with commas or
 * blanks between as for Cargo. Throws `bad-option` for one that the package does not have; those of its dependencies,
 * `crate/feature`, are left to Cargo.
 */
export function chooseFeatures({ name, cargo }: Package, binary: Binary, given = ''): readonly string[] {
  const asked = given.split(/[\s,]+/).filter((feature) => feature !== '');
  const known = new Set([...keysOf(at(cargo.value, 'features')), ...optionalDependencies(cargo), 'default']);
  const unknown = asked.find((feature) => !known.has(feature) && !feature.includes('/'));
  if (unknown === undefined) return [...new Set([...binary.features, ...asked])];
  throw new MsbError(
    'bad-option',
    `--features ${JSON.stringify(unknown)} is not a feature of ${name}`,
    known.size > 1 ? `It has ${[...known].sort().join(', ')}.` : 'It has none: leave --features out.',
    cargo.place('features'),
  );
}
