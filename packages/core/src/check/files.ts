import type { Dockerfile } from '../dockerfile/parse.ts';
import { contextPath, contextReads } from '../dockerfile/reads.ts';
import { ignoreMatcher } from '../ignore/match.ts';
import type { CheckContext, Rule } from './finding.ts';

/** What the build reads: sources of COPY and bind mounts by line, and what the plan needs besides (line 1). */
function reads(dockerfile: Dockerfile, { needs }: CheckContext): readonly { path: string; line: number }[] {
  const named = contextReads(dockerfile).map(({ path, line }) => ({ path: contextPath(path), line }));
  return [...named.filter(({ path }) => path !== ''), ...needs.map((path) => ({ path, line: 1 }))];
}

/** A path that only the build knows: a pattern, or one with a variable. */
const isOpen = (path: string): boolean => /[*?[$]/.test(path);

/** Every source must exist, or the build stops with "not found". */
export const missingSource: Rule = (dockerfile, context) =>
  reads(dockerfile, context)
    .filter(({ path }) => !isOpen(path) && !context.project.exists(path))
    .map(({ path, line }) => ({
      rule: 'MissingSource',
      line,
      message: `${path} does not exist in the build context`,
      hint: 'Correct the path, or remove the line.',
    }));

/** No source may be kept out by .dockerignore. BuildKit's check of this name stops at the first `!`; this does not. */
export const copyIgnoredFile: Rule = (dockerfile, context) => {
  const ignored = ignoreMatcher(context.dockerignore);
  return reads(dockerfile, context)
    .filter(({ path }) => !isOpen(path) && ignored(path))
    .map(({ path, line }) => ({
      rule: 'CopyIgnoredFile',
      line,
      message: `.dockerignore keeps ${path} out of the build, which needs it`,
      hint: `Add a line !${path} to .dockerignore, or remove the line that matches it.`,
    }));
};

const guarded = ['.git', '.env', 'sub/.env.production', 'node_modules', 'sub/node_modules', 'tls.key', 'id_rsa'];

/** A build context must not carry history, secrets or the host's dependencies. */
export const unguardedContext: Rule = (dockerfile, context) => {
  const copiesAll = contextReads(dockerfile).find(({ path }) => contextPath(path) === '');
  const ignored = ignoreMatcher(context.dockerignore);
  const open = copiesAll === undefined ? [] : guarded.filter((path) => !ignored(path));
  if (open.length === 0) return [];
  const patterns = [...new Set(open.map((path) => path.replace(/^sub/, '**')))];
  return [
    {
      rule: 'UnguardedContext',
      line: copiesAll?.line ?? 1,
      message: `The whole folder is copied, and .dockerignore lets ${patterns.join(', ')} in`,
      hint: `Add ${patterns.length === 1 ? 'that' : 'those'} to .dockerignore.`,
    },
  ];
};
