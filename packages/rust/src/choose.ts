import { type Choice, MsbError, type Place } from '@msb/core';
import type { Binary } from './binaries.ts';
import { type Selection, suggest, usual } from './suggest.ts';
import type { Workspace } from './workspace.ts';

/** What `--package` and `--bin` name; `bin` may list several with commas in between, or be `all`. */
export interface Wanted {
  readonly package?: string | undefined;
  readonly bin?: string | undefined;
}

/**
 * Chooses among a workspace's binaries. `--package` and `--bin` narrow them; without either it is what Cargo builds
 * unasked: the default members, or the root package, or all. Throws `no-entry-point`.
 */
export function selectBinary(workspace: Workspace, wanted: Wanted): Selection {
  const all = workspace.members.flatMap(({ binaries }) => binaries);
  if (all.length === 0) throw library(workspace);
  const unasked = suggest(workspace, usual(workspace));
  if (wanted.package === undefined && wanted.bin === undefined) return unasked;
  if (wanted.bin === 'all' && all.every(({ name }) => name !== 'all')) return everyBinary(workspace, all, wanted);
  if (wanted.bin?.includes(',')) {
    const names = [...new Set(wanted.bin.split(',').map((name) => name.trim()))];
    return several(names.map((bin) => theOnly(workspace, bin, named(workspace, all, { ...wanted, bin }))));
  }
  const narrowed = suggest(workspace, named(workspace, all, wanted));
  return narrowed.binary === unasked.binary ? { ...narrowed, reason: unasked.reason } : narrowed;
}

/** The binaries that `wanted` names. Throws `no-entry-point` when there are none. */
function named(workspace: Workspace, all: readonly Binary[], wanted: Wanted): readonly Binary[] {
  const found = all.filter(
    (binary) =>
      (wanted.package === undefined || binary.package === wanted.package) &&
      (wanted.bin === undefined || binary.name === wanted.bin),
  );
  if (found.length === 0) throw unknownBinary(workspace, all, wanted);
  return found;
}

/** `--bin all`: those that an image may be for, the suggested one first. */
function everyBinary(workspace: Workspace, all: readonly Binary[], wanted: Wanted): Selection {
  const candidates =
    wanted.package === undefined ? usual(workspace) : named(workspace, all, { package: wanted.package });
  const { binary } = suggest(workspace, candidates);
  return several(binary ? [binary, ...candidates.filter((other) => other !== binary)] : candidates);
}

/** Throws `no-entry-point` for a name that binaries of several packages have. */
function theOnly(workspace: Workspace, name: string, [binary, second]: readonly Binary[]): Binary {
  if (binary !== undefined && second === undefined) return binary;
  throw new MsbError(
    'no-entry-point',
    `Several packages have a binary ${JSON.stringify(name)}`,
    `Name one of them with --package ${binary?.package}.`,
    { file: workspace.root.file },
  );
}

function several(binaries: readonly Binary[]): Selection {
  const names = binaries.map(({ name }) => name);
  const twin = binaries.find(({ name }, index) => names.indexOf(name) !== index);
  if (twin === undefined) return { candidates: binaries, chosen: binaries, binary: binaries[0], reason: '' };
  throw new MsbError(
    'unsupported',
    `Two packages have a binary ${JSON.stringify(twin.name)}, and each image is named after its own`,
    `Choose with --package ${twin.package}, or list other binaries with --bin.`,
    twin.place,
  );
}

/** Binaries as choices of the two questions. */
export const packageChoices = (candidates: readonly Binary[]): readonly Choice[] =>
  [...new Set(candidates.map((binary) => binary.package))].map((value) => ({
    value,
    about: candidates
      .filter((binary) => binary.package === value)
      .map(({ name }) => name)
      .join(', '),
  }));
/** Binaries as choices of a prompt. */
export const binaryChoices = (candidates: readonly Binary[]): readonly Choice[] =>
  candidates.map(({ name, file }) => ({ value: name, about: file }));

function library({ members, root }: Workspace): MsbError {
  const [first] = members;
  const place: Place = first?.place ?? { file: root.file };
  return new MsbError(
    'no-entry-point',
    members.length > 1 ? 'All members of this workspace are libraries' : 'This package is a library: it has no binary',
    'Add src/main.rs or src/bin/<name>.rs, or run create-msb-docker in the folder of a program.',
    place,
  );
}

function unknownBinary({ members }: Workspace, all: readonly Binary[], wanted: Wanted): MsbError {
  const { bin } = wanted;
  const owner = members.find(({ name }) => name === wanted.package);
  const message =
    wanted.package !== undefined && owner === undefined
      ? `There is no package ${JSON.stringify(wanted.package)} here`
      : bin === undefined
        ? `The package ${JSON.stringify(wanted.package)} is a library`
        : `There is no binary ${JSON.stringify(bin)} ${owner ? `in the package ${owner.name}` : 'here'}`;
  const known = owner && owner.binaries.length > 0 ? owner.binaries : all;
  const found = known.map((binary) => `${binary.name} (package ${binary.package})`).join(', ');
  return new MsbError('no-entry-point', message, `Found: ${found}.`);
}
