import type { Manifest, Note } from '../ecosystem.ts';
import type { GivenOptions } from '../options/schema.ts';
import type { BuildPlan } from '../plan.ts';
import type { Project } from '../project/project.ts';
import type { Account } from './access.ts';
import { includedReads } from './included.ts';
import { accountNotes } from './notes.ts';
import { type Composed, settleReads } from './settle.ts';
import { settleTools } from './tools.ts';
import { settleWrites } from './writes.ts';

/** A plan of which everything that is read and written has an account. */
export interface Accounted {
  readonly plan: BuildPlan;
  readonly account: Account;
  readonly notes: readonly Note[];
}

/**
 * Settles everything that an ecosystem reported of its project, and what `--include` names. `compose` writes the files of
 * a plan: where a file arrives is seen in the Dockerfile itself. Throws `bad-option` for an include that is not there.
 */
export function settleAccount(
  planned: BuildPlan,
  {
    project,
    manifest,
    options,
  }: { readonly project: Project; readonly manifest: Manifest; readonly options: GivenOptions },
  compose: (plan: BuildPlan) => Composed,
): Accounted {
  const included = planned.runtime.site === undefined ? includedReads(options, project) : [];
  const all: BuildPlan = { ...planned, reads: [...(planned.reads ?? []), ...included] };
  const read = settleReads(all, project, compose);
  const written = settleWrites(read.plan);
  const plan = settleTools(written.plan);
  const { settings = [], tools = [] } = plan;
  const account = { reads: read.reads, writes: written.writes, settings, tools };
  return { plan, account, notes: accountNotes(account, plan, manifest, String(options.name)) };
}
