import { type StagePlan, shellWord } from '@msb/core';
import { prismaComments } from '../codegen/prisma.ts';
import type { InstallRequest } from './manager.ts';
import { allowed } from './npm.ts';

/** A cache that outlives a build: a name, and the folder that the manager keeps it in. */
export interface Cache {
  readonly id: string;
  readonly target: string;
  /** Whether two installations at once would spoil it, so that one waits for the other. */
  readonly locked?: boolean;
}

/** A stage that runs `commands` with a cache: `deps`, `prod-deps` or `pruned`. */
export const installStage = (
  template: 'deps' | 'prod-deps' | 'pruned',
  { from, workdir, mounts }: InstallRequest,
  cache: Cache,
  commands: readonly string[],
): StagePlan => ({
  template: `node/${template}`,
  values: {
    from,
    ...(template !== 'pruned' && { workdir }),
    cache: `type=cache,id=${cache.id},target=${cache.target}${cache.locked ? ',sharing=locked' : ''}`,
    mounts,
    comments: prismaComments(commands),
    commands: commands.join(' && \\\n    '),
  },
});

/** A command of the words that are there. */
export const words = (...parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false && part !== '').join(' ');

/**
 * Runs the scripts of addons by name with npm, which is there anyway, after a manager that had to leave out all scripts.
 * A list that npm lacks would let it run none: see {@link allowed}.
 */
export function rebuild(request: InstallRequest): readonly string[] {
  const { ignoreScripts, allow } = request;
  if (!ignoreScripts || allow.length === 0) return [];
  const list = allowed(request);
  const config = list === '' ? [] : [`npm config set allow-scripts=${list} --location=global`];
  return [...config, `npm rebuild ${allow.map((name) => shellWord(name)).join(' ')}`];
}

/** Takes what is for development out of a node_modules that is laid out as npm does it. */
export const prune =
  'npm prune --omit=dev --no-save --no-package-lock --ignore-scripts --legacy-peer-deps --no-audit --no-fund';
