import { at, keysOf, MsbError } from '@msb/core';
import type { Binary } from './binaries.ts';
import { optionalDependencies } from './cargofile.ts';
import type { Package } from './package.ts';

/**
 * The features to build with: those that the binary requires, then those that `--features` lists, with commas or
 * blanks between as for Cargo. Where several packages are built, each gets those that it has. Throws `bad-option` for
 * one that none of them has; those of its dependencies, `crate/feature`, are left to Cargo.
 */
export function chooseFeatures(
  owner: Package,
  binary: Binary,
  given = '',
  owners: readonly Package[] = [owner],
): readonly string[] {
  const asked = given.split(/[\s,]+/).filter((feature) => feature !== '');
  const unknown = asked.find((feature) => !owners.some((other) => hasFeature(other, feature)));
  if (unknown !== undefined) throw unknownFeature(owner, unknown);
  return [...new Set([...binary.features, ...asked.filter((feature) => hasFeature(owner, feature))])];
}

const known = ({ cargo }: Package): readonly string[] => [
  ...new Set([...keysOf(at(cargo.value, 'features')), ...optionalDependencies(cargo), 'default']),
];

const hasFeature = (owner: Package, feature: string): boolean =>
  feature.includes('/') || known(owner).includes(feature);

function unknownFeature(owner: Package, feature: string): MsbError {
  const all = known(owner);
  return new MsbError(
    'bad-option',
    `--features ${JSON.stringify(feature)} is not a feature of ${owner.name}`,
    all.length > 1 ? `It has ${[...all].sort().join(', ')}.` : 'It has none: leave --features out.',
    owner.cargo.place('features'),
  );
}
