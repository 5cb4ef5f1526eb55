import { printable } from '../dockerfile/quote.ts';
import { MsbError } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { ignoreMatcher } from './match.ts';
import { commonGroups, type IgnoreGroup, secretGroup } from './rules.ts';

/** History and the host's dependencies stay out, whatever reads them. */
const never = new Set(['.git', '**/node_modules']);

/**
 * Writes the .dockerignore of a build. `outputs` are the ecosystem's own patterns, `needs` the files that the build
 * reads: no line drops one of those. A needed file that looks like a secret is let in by name, unless it is one
 * (`secret-in-build`). A pattern or a name that would be more than one line throws `unsafe-value`. With `deep`, what
 * is said of the top folder holds for all: a workspace has a package in each.
 */
export function composeIgnore(
  project: Project,
  outputs: readonly string[],
  needs: readonly string[],
  { deep = false } = {},
): string {
  const made: IgnoreGroup = {
    about: 'dependencies and outputs, made again in the image',
    patterns: [...new Set(['**/node_modules', ...outputs.map(onePattern)])],
  };
  const spared = ({ about, patterns }: IgnoreGroup): IgnoreGroup => ({
    about,
    patterns: patterns
      .map((pattern) => (deep && !pattern.includes('/') && pattern !== '.git' ? `**/${pattern}` : pattern))
      .filter((pattern) => never.has(pattern) || !needs.some(ignoreMatcher(pattern))),
  });
  const groups = [...commonGroups, made].map(spared).filter((group) => group.patterns.length > 0);
  const looksSecret = ignoreMatcher(secretGroup.patterns.join('\n'));
  const wanted = [...new Set(needs)].filter((need) => looksSecret(need) && project.has(need)).sort();
  for (const need of wanted) refuseSecret(project, need);
  const again = { about: 'compiled into the program', patterns: wanted.map((need) => `!${asPattern(need)}`) };
  return [...groups, secretGroup, ...(wanted.length > 0 ? [again] : [])].map(groupText).join('\n');
}

const groupText = ({ about, patterns }: IgnoreGroup): string => `# ${about}\n${patterns.join('\n')}\n`;

/** A pattern that keeps something out: `!` would let something in, a second line do anything. */
function onePattern(pattern: string): string {
  const safe = printable(pattern, 'A pattern').trim();
  if (!/^[!#]/.test(safe) && safe !== '') return safe;
  throw new MsbError(
    'unsafe-value',
    `${JSON.stringify(pattern)} can't be a line of .dockerignore`,
    'Rename the folder.',
  );
}

/** A file's name as the pattern that matches it alone. A blank at its ends would be lost, were it not in brackets. */
const asPattern = (path: string): string =>
  printable(path, 'The name of a file')
    .replace(/[\\*?[\]]/g, '\\$&')
    .replace(/^\s|\s$/g, '[$&]');

/** Names of files that hold nothing but secrets, whatever is in them. */
const secretNames =
  /(^|\/)(\.env(rc|\.[^/]*)?|\.netrc|\.git-credentials|\.aws|\.kube|\.ssh)(\/|$)|\.(p12|pfx|jks|keystore)$/;

function refuseSecret(project: Project, path: string): void {
  if (!secretNames.test(path) && !/PRIVATE KEY/.test(project.text(path) ?? '')) return;
  throw new MsbError(
    'secret-in-build',
    `The build reads ${path}, which holds a secret`,
    'Hand it to the container when it runs, as a mounted file or an environment variable.',
    { file: path },
  );
}
