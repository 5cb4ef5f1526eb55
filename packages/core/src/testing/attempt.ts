import type { Ecosystem } from '../ecosystem.ts';
import { inspect, type Request, settle } from '../inspect.ts';
import type { OptionValue } from '../options/schema.ts';
import type { RuntimeFamily } from '../plan.ts';
import { ignoreFile, type Proposal, propose } from '../propose.ts';
import { DiskTree } from '../tree/disk.ts';
import type { Tree } from '../tree/tree.ts';
import type { Case } from './cases.ts';

/** What the checks of one case look at: a proposal that came to be. */
export interface Attempt {
  readonly ecosystem: Ecosystem;
  readonly item: Case;
  readonly runtime: RuntimeFamily;
  readonly proposal: Proposal;
}

/** What a case asks for, with more options than its own. `tree` is the fixture's own unless it is given. */
export const requestOf = (
  ecosystem: Ecosystem,
  item: Case,
  more: Readonly<Record<string, OptionValue>> = {},
  tree: Tree = new DiskTree(item.project),
): Request => ({
  tree,
  ...(item.folder !== undefined && { folder: item.folder }),
  ecosystems: [ecosystem],
  options: { ...item.options, ...more },
});

/** The proposal for a fixture on one runtime; nothing is written. */
export const proposeCase = (ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily, tree?: Tree): Proposal =>
  propose(settle(inspect(requestOf(ecosystem, item, { runtime }, tree))));

/** The text of a proposed file. */
const textOf = (proposal: Proposal, path: string): string =>
  proposal.files.find((file) => file.path === path)?.text ?? '';

/** The text of the proposed Dockerfile. */
export const dockerfileOf = (proposal: Proposal): string => textOf(proposal, 'Dockerfile');

/** The text of the proposed .dockerignore, whatever its name. */
export const ignoreOf = (proposal: Proposal): string => textOf(proposal, ignoreFile(proposal.inspection.project));
