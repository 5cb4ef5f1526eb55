import { unreached } from '../account/prove.ts';
import { inherited } from '../dockerfile/graph.ts';
import { placeText } from '../errors.ts';
import type { Rule } from './finding.ts';

/** Every file of the account reaches the build or the image, one finding for each read that does not. */
export const unreachedRead: Rule = (dockerfile, context) => {
  const { account, of, text, dockerignore } = context;
  if (account === undefined || of === undefined || text === undefined) return [];
  const last = dockerfile.stages.at(-1);
  const line = (last && inherited(dockerfile, last, 'COPY')?.line) ?? last?.from.line ?? 1;
  const found = new Map(unreached(account, of, { dockerfile: text, dockerignore }).map((one) => [one.read, one]));
  return [...found.values()].map(({ read, file }) => {
    const who = read.when === 'run' ? 'Your app' : 'The build';
    const where = read.place ? ` (${placeText(read.place)})` : '';
    return {
      rule: 'UnreachedRead',
      line,
      message: `${who} reads ${file}${where}, which ${read.when === 'run' ? `isn't at ${read.at} in the image` : "doesn't reach it"}`,
      hint:
        read.when === 'run'
          ? `Copy it into the last stage, or remove the line of .dockerignore that drops it.`
          : `Remove the line of .dockerignore that drops it.`,
    };
  });
};
