import { posix } from 'node:path';
import { followFiles } from '../dockerfile/flow.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { Manifest, Note } from '../ecosystem.ts';
import { ignoreMatcher } from '../ignore/match.ts';
import type { GivenOptions } from '../options/schema.ts';
import type { BuildPlan } from '../plan.ts';
import type { Project } from '../project/project.ts';
import { relative } from '../tree/tree.ts';
import type { Account, SettledRead } from './access.ts';
import { filesMeant } from './files.ts';
import { includedReads } from './included.ts';
import { accountNotes } from './notes.ts';
import { type Composed, settleReads } from './settle.ts';
import { settleTools } from './tools.ts';
import { type FindShipped, settleWrites } from './writes.ts';

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
  const written = settleWrites(read.plan, shippedIn(project, compose(read.plan)));
  const plan = settleTools(written.plan);
  const { settings = [], tools = [] } = plan;
  const account = { reads: throughLinks(read.reads, written.plan), writes: written.writes, settings, tools };
  return { plan, account, notes: accountNotes(account, plan, manifest, String(options.name)) };
}

/**
 * Finds what of the repository an image has at a path. The folder that the program starts in may be a folder of the
 * project, so every end of the path is tried, and the Dockerfile tells which of them arrives there.
 */
function shippedIn(project: Project, { dockerfile, dockerignore }: Composed): FindShipped {
  const ignored = ignoreMatcher(dockerignore);
  const flow = followFiles(parseDockerfile(dockerfile), ignored);
  return (path, target) => {
    const names = path.slice(1).split('/');
    for (const [index] of names.entries()) {
      const meant = filesMeant(project, names.slice(index).join('/'));
      const files = meant?.files.filter((file) => !ignored(file)) ?? [];
      const [first] = files;
      if (meant === undefined || first === undefined) continue;
      if (!flow.placesOf(first, target).includes(posix.join(path, relative(meant.base, first)))) continue;
      return { src: meant.base, placeholder: files.every((file) => /(^|\/)\.(gitkeep|gitignore|keep)$/.test(file)) };
    }
    return undefined;
  };
}

/** Reads of what the program writes, too: the file itself is where the link of its path leads. */
const throughLinks = (reads: readonly SettledRead[], { runtime, others = [] }: BuildPlan): readonly SettledRead[] =>
  reads.map((read) => {
    const image = read.target === undefined ? runtime : others.find(({ target }) => target === read.target);
    const to = image?.links?.find(({ path }) => path === read.at)?.to;
    return to === undefined ? read : { ...read, at: to };
  });
