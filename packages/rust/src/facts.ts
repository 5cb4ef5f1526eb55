import type { Fact } from '@msb/core';
import { packageOf, type Selection } from './choose.ts';
import { chooseFeatures } from './features.ts';
import type { LockedCrate } from './lock.ts';
import type { Toolchain } from './toolchain.ts';
import type { Workspace } from './workspace.ts';

/** The package and the binary that are built, why, and with which features; none while that is open. */
export function selectionFacts(
  workspace: Workspace,
  { binary, reason }: Selection,
  given: string | undefined,
): readonly Fact[] {
  if (binary === undefined) return [];
  const owner = packageOf(workspace, binary);
  const { name, place, edition } = owner;
  const features = chooseFeatures(owner, binary, given);
  const details = [reason, features.length > 0 && `with the features ${features.join(', ')}`];
  return [
    { name: 'package', value: `${name}, edition ${edition}`, place },
    { name: 'binary', value: [binary.name, ...details.filter(Boolean)].join(', '), place: binary.place },
  ];
}

/** How many crates are downloaded. */
export function dependencyFact(lock: readonly LockedCrate[] | undefined): Fact {
  const external = lock?.filter((crate) => crate.external).length ?? 0;
  if (lock === undefined) return { name: 'dependencies', value: 'not locked' };
  return { name: 'dependencies', value: external === 0 ? 'none' : `${external} crates`, place: { file: 'Cargo.lock' } };
}

/** That a file which pins the toolchain downloads none. */
export const toolchainFacts = ({ file }: Toolchain): readonly Fact[] =>
  file === undefined ? [] : [{ name: 'toolchain', value: "the image's own, nothing is downloaded", place: { file } }];
