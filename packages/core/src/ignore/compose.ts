import { printable } from '../dockerfile/quote.ts';
import { MsbError } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { ignoreMatcher } from './match.ts';
import { commonGroups, type IgnoreGroup, secretGroup } from './rules.ts';
import { isSecret, looksSecret } from './secrets.ts';

/** History and the host's dependencies stay out, whatever reads them. */
const never = new Set(['.git', '**/node_modules']);

/**
 * Writes the .dockerignore of a build. `outputs` are the ecosystem's own patterns, `needs` the files that the build and
 * the program read: no line drops one of those. A needed file that looks like a secret is let in by name, unless it is one
 * (`secret-in-build`). A pattern or a name that would be more than one line throws `unsafe-value`. `folder` is the
 * project's in a context that is larger: what its tools make lies there. Other folders may have files of the same names
 * that are no outputs, so no pattern of one folder is widened to all.
 */
export function composeIgnore(
  project: Project,
  outputs: readonly string[],
  needs: readonly string[],
  folder = '',
): string {
  const made: IgnoreGroup = {
    about: 'dependencies and outputs, made again in the image',
    patterns: ['**/node_modules', ...outputs.map(onePattern)],
    everywhere: true,
  };
  const spared = ({ about, patterns, everywhere }: IgnoreGroup): IgnoreGroup => ({
    about,
    patterns: [...new Set(everywhere ? patterns.flatMap((pattern) => alsoIn(folder, pattern)) : patterns)].filter(
      (pattern) => never.has(pattern) || !needs.some(ignoreMatcher(pattern)),
    ),
  });
  const groups = [...commonGroups, made].map(spared).filter((group) => group.patterns.length > 0);
  const wanted = [...new Set(needs)].filter((need) => looksSecret(need) && project.has(need)).sort();
  for (const need of wanted) refuseSecret(project, need);
  const again = { about: 'read by the build or by the program', patterns: wanted.map((need) => `!${asPattern(need)}`) };
  return [...groups, secretGroup, ...(wanted.length > 0 ? [again] : [])].map(groupText).join('\n');
}

/** A pattern for the top folder, and the same for the project's; one with a slash says itself where it holds. */
const alsoIn = (folder: string, pattern: string): readonly string[] =>
  folder === '' || pattern.includes('/') ? [pattern] : [pattern, `${asPattern(folder)}/${pattern}`];

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

function refuseSecret(project: Project, path: string): void {
  if (!isSecret(project, path)) return;
  throw new MsbError(
    'secret-in-build',
    `The build reads ${path}, which holds a secret`,
    'Hand it to the container when it runs, as a mounted file or an environment variable.',
    { file: path },
  );
}
