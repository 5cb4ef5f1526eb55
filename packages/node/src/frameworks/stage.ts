import { nameWord, pathWord, quoted, type StagePlan } from '@msb/core';
import { prismaComments } from '../prisma.ts';
import type { BuildNeeds } from './framework.ts';

/**
 * The stage `build` of a framework: the commands of the project, with what the framework needs around them. `name` is
 * the image's, which tells its caches from those of other projects.
 */
export function frameworkStage(
  { env = {}, caches = [], variables = [], before = [], after = [] }: BuildNeeds,
  { from, workdir, source }: { readonly from: string; readonly workdir: string; readonly source: string },
  commands: readonly string[],
  name: string,
): StagePlan {
  const settings = [
    ...Object.entries(env).map(([key, value]) => `ENV ${nameWord(key, 'A variable')}=${quoted(value)}`),
    ...variables.map(({ name: variable, value }) =>
      value === undefined ? `ARG ${variable}` : `ARG ${variable}=${quoted(value)}`,
    ),
    ...prismaComments(commands),
  ];
  const mounts = caches.map((folder) => {
    const id = `${nameWord(name, 'The name of the image')}-${pathWord(folder, 'A cache').replace(/[^\w-]+/g, '-')}`;
    return `type=cache,id=${id.replace(/-+/g, '-')},target=${workdir}/${folder},sharing=locked`;
  });
  return {
    template: 'node/framework',
    values: {
      from,
      workdir,
      source,
      settings,
      mounts,
      commands: [...before, ...commands, ...after].join(' && \\\n    '),
    },
  };
}
