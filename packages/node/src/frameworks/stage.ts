import { nameWord, pathWord, quoted, type StagePlan } from '@msb/core';
import { prismaComments } from '../codegen/prisma.ts';
import type { BuildNeeds } from './framework.ts';

/** Why Node has an option, for those who read the Dockerfile. */
const reasons: Readonly<Record<string, string>> = {
  '--dns-result-order=ipv4first':
    'pages are asked of a server on localhost: it listens by IPv6 in a build, and is reached by IPv4 alone',
  '--openssl-legacy-provider': 'webpack 4 hashes with MD4, which is an algorithm of the past since Node 17',
};

/**
 * The stage `build` of a framework: the commands of the project, with what the framework needs around them. `name` is
 * the image's, which tells its caches from those of other projects.
 */
export function frameworkStage(
  { env = {}, caches = [], variables = [], before = [], after = [] }: BuildNeeds,
  { from, workdir, source }: { readonly from: string; readonly workdir: string; readonly source: string },
  commands: readonly string[],
  name: string,
  comments: readonly string[] = [],
): StagePlan {
  const settings = [
    ...Object.entries(env).flatMap(([key, value]) => [
      ...(reasons[value] === undefined ? [] : [`# ${reasons[value]}`]),
      `ENV ${nameWord(key, 'A variable')}=${quoted(value)}`,
    ]),
    ...variables.map(({ name: variable, value }) =>
      value === undefined ? `ARG ${variable}` : `ARG ${variable}=${quoted(value)}`,
    ),
    ...prismaComments(
      commands,
      comments.some((line) => line.includes('placeholder')),
    ),
    ...comments,
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
