import { type Choice, MsbError, type Place } from '@msb/core';
import type { Binary } from './binaries.ts';
import type { Package } from './package.ts';
import type { Workspace } from './workspace.ts';

/** A binary of a workspace, and why an unattended run takes it. */
export interface Selection {
  /** Binaries that the answers so far leave to choose from. */
  readonly candidates: readonly Binary[];
  /** The only one, or the one to suggest. */
  readonly binary: Binary | undefined;
  /** Why the suggestion is that one; empty when there is no other. */
  readonly reason: string;
}

/** Packages that help to develop, and are in no image. */
const isHelper = ({ name, cargo }: Package): boolean =>
  /^(xtask|fuzz|.*[-_]fuzz|benches|benchmarks?|examples?)$/.test(name) ||
  /(^|\/)(xtasks?|fuzz|benches|benchmarks?|examples?|tests?)(\/|$)/.test(cargo.folder);

/** What `--package` and `--bin` name. */
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
  const named = all.filter(
    (binary) =>
      (wanted.package === undefined || binary.package === wanted.package) &&
      (wanted.bin === undefined || binary.name === wanted.bin),
  );
  if (named.length === 0) throw unknownBinary(workspace, all, wanted);
  const narrowed = suggest(workspace, named);
  return narrowed.binary === unasked.binary ? { ...narrowed, reason: unasked.reason } : narrowed;
}

/** The only candidate, or the one that the first rule with a single answer names. */
function suggest(workspace: Workspace, candidates: readonly Binary[]): Selection {
  const [only, second] = candidates;
  if (second === undefined) return { candidates, binary: only, reason: '' };
  for (const [reason, rule] of rules) {
    const [binary, another] = candidates.filter((item) => rule(item, packageOf(workspace, item), candidates));
    if (binary && !another) return { candidates, binary, reason: `one of ${candidates.length}, ${reason}` };
  }
  return { candidates, binary: undefined, reason: '' };
}

/** The package that a binary belongs to. */
export function packageOf({ members }: Workspace, binary: Binary): Package {
  const found = members.find((candidate) => candidate.binaries.includes(binary));
  if (found === undefined) throw new Error(`${binary.name} belongs to no member`);
  return found;
}

function usual({ defaults, members }: Workspace): readonly Binary[] {
  const scopes = [defaults.filter((item) => !isHelper(item)), members.filter((item) => !isHelper(item)), members];
  return scopes.map((scope) => scope.flatMap(({ binaries }) => binaries)).find(({ length }) => length > 0) ?? [];
}

type Rule = (binary: Binary, owner: Package, candidates: readonly Binary[]) => boolean;

/** How an unattended run decides: the first rule that leaves exactly one. The first is what `cargo run` does. */
const rules: readonly (readonly [reason: string, rule: Rule])[] = [
  ['the default-run', ({ name }, { defaultRun }) => name === defaultRun],
  ['named like the package', ({ name }, owner) => name === owner.name],
  ['named like a server', isServerName],
];

/** `server`, `orders-server`, `orders_daemon`; or `ordersd` beside `orders` or in the package `orders`. */
function isServerName({ name }: Binary, owner: Package, candidates: readonly Binary[]): boolean {
  if (/(^|[-_])(server|daemon)$/.test(name)) return true;
  const stem = name.replace(/-?d$/, '');
  return stem !== name && (stem === owner.name || candidates.some((other) => other.name === stem));
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
