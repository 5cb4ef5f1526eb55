import type { Fact } from '@msb/core';
import type { LockedCrate } from './lock.ts';
import type { Program } from './programs.ts';
import { packageOf, type Selection } from './suggest.ts';
import type { Toolchain } from './toolchain.ts';
import type { Workspace } from './workspace.ts';

/** The packages and the binaries that are built, why, and with which features; none while that is open. */
export function selectionFacts(
  workspace: Workspace,
  { binary, chosen, reason }: Selection,
  programs: readonly Program[],
): readonly Fact[] {
  const binaries = chosen.length > 0 ? chosen : binary ? [binary] : [];
  const owners = new Set(binaries.map((item) => packageOf(workspace, item)));
  return [
    ...[...owners].map(({ name, edition, place }) => ({
      name: 'package',
      value: `${name}, edition ${edition}`,
      place,
    })),
    ...binaries.map((item) => {
      const features = programs.find((program) => program.binary === item)?.features ?? item.features;
      const details = [reason, features.length > 0 && `with the features ${features.join(', ')}`];
      return { name: 'binary', value: [item.name, ...details.filter(Boolean)].join(', '), place: item.place };
    }),
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
