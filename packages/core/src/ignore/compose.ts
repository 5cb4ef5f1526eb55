import { MsbError } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { ignoreMatcher } from './match.ts';
import { commonGroups, type IgnoreGroup, secretGroup } from './rules.ts';

const drops = (pattern: string, path: string): boolean => ignoreMatcher(pattern)(path);

/**
 * Writes the .dockerignore of a build. `outputs` are the ecosystem's own patterns, `needs` the files that the build
 * reads: no line drops one of those. A needed file that looks like a secret is let in by name, unless it is one
 * (`secret-in-build`).
 */
export function composeIgnore(project: Project, outputs: readonly string[], needs: readonly string[]): string {
  const made: IgnoreGroup = {
    about: 'dependencies and outputs, made again in the image',
    patterns: [...new Set(['**/node_modules', ...outputs])],
  };
  const spared = ({ about, patterns }: IgnoreGroup): IgnoreGroup => ({
    about,
    patterns: patterns.filter(
      (pattern) => pattern === '**/node_modules' || !needs.some((need) => drops(pattern, need)),
    ),
  });
  const groups = [...commonGroups, made].map(spared).filter((group) => group.patterns.length > 0);
  const text = [...groups, secretGroup].map(groupText);
  const wanted = needs.filter((need) => drops(secretGroup.patterns.join('\n'), need)).sort();
  for (const need of wanted) refuseSecret(project, need);
  if (wanted.length > 0) {
    text.push(groupText({ about: 'compiled into the program', patterns: wanted.map((need) => `!${need}`) }));
  }
  return text.join('\n');
}

const groupText = ({ about, patterns }: IgnoreGroup): string => `# ${about}\n${patterns.join('\n')}\n`;

function refuseSecret(project: Project, path: string): void {
  const environment = /(^|\/)\.env(\.|$)/.test(path);
  if (!environment && !/PRIVATE KEY/.test(project.text(path) ?? '')) return;
  throw new MsbError(
    'secret-in-build',
    `The build reads ${path}, which holds a secret`,
    'Hand it to the container when it runs, as a mounted file or an environment variable.',
    { file: path },
  );
}
