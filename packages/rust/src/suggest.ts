import type { Binary } from './binaries.ts';
import type { Package } from './package.ts';
import type { Workspace } from './workspace.ts';

/** A binary of a workspace, and why an unattended run takes it; or several that were asked for. */
export interface Selection {
  /** Binaries that the answers so far leave to choose from. */
  readonly candidates: readonly Binary[];
  /** What goes into images, the first into that of a plain `docker build`; empty while there is a choice. */
  readonly chosen: readonly Binary[];
  /** The only one, or the one to suggest. */
  readonly binary: Binary | undefined;
  /** Why the suggestion is that one; empty when there is no other. */
  readonly reason: string;
}

/** Packages that help to develop, and are in no image. */
const isHelper = ({ name, cargo }: Package): boolean =>
  /^(xtask|fuzz|.*[-_]fuzz|benches|benchmarks?|examples?)$/.test(name) ||
  /(^|\/)(xtasks?|fuzz|benches|benchmarks?|examples?|tests?)(\/|$)/.test(cargo.folder);

/** The only candidate, or the one that the first rule with a single answer names. */
export function suggest(workspace: Workspace, candidates: readonly Binary[]): Selection {
  const [only, second] = candidates;
  if (second === undefined) return { candidates, chosen: candidates, binary: only, reason: '' };
  for (const [reason, rule] of rules) {
    const [binary, another] = candidates.filter((item) => rule(item, packageOf(workspace, item), candidates));
    if (binary && !another) return { candidates, chosen: [], binary, reason: `one of ${candidates.length}, ${reason}` };
  }
  return { candidates, chosen: [], binary: undefined, reason: '' };
}

/** The package that a binary belongs to. */
export function packageOf({ members }: Workspace, binary: Binary): Package {
  const found = members.find((candidate) => candidate.binaries.includes(binary));
  if (found === undefined) throw new Error(`${binary.name} belongs to no member`);
  return found;
}

/** What Cargo builds unasked: the default members, or the root package, or all; helpers only where there is nothing else. */
export function usual({ defaults, members }: Workspace): readonly Binary[] {
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
