import { followFiles } from '../dockerfile/flow.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { ignoreMatcher } from '../ignore/match.ts';
import { isSecret } from '../ignore/secrets.ts';
import type { Project } from '../project/project.ts';
import { join } from '../tree/tree.ts';
import { type Attempt, dockerfileOf, ignoreOf } from './attempt.ts';
import { codeOf, type Problem } from './problem.ts';

/** A text in quotes that could be a path. */
const quoted = /(["'`])((?:(?!\1)[^\\\n]){3,200})\1/g;

/** Files that name others for people, for tools that no image runs, or for a language's own imports. */
const aside =
  /(^|\/)(tests?|e2e|__tests__|testdata|examples?|benches|docs)\/|\.(test|spec)\.|_test\.|\.(md|lock|lockb|sum)$/;

/** A text of the code that is the path of a file. */
interface Named {
  readonly file: string;
  readonly by: string;
  readonly line: number;
}

/**
 * Every text in the code of a fixture that is the path of a file, by the roughest of searches: from the project's folder,
 * or from that of the code. It knows no language, so that no language's own search is trusted here.
 */
function namedFiles(project: Project): readonly Named[] {
  const files = project.sources().filter((file) => !aside.test(file));
  const isCode = (file: string): boolean => /\.(go|rs|java|kt|py|[cm]?[jt]sx?|svelte|vue|astro)$/.test(file);
  return files
    .filter(isCode)
    .flatMap((by) =>
      (project.text(by) ?? '')
        .split('\n')
        .flatMap((text, index) =>
          [...text.matchAll(quoted)].flatMap(([, , path = '']) =>
            [join(path), join(by, '..', path)]
              .filter((file) => file !== '' && !file.startsWith('..') && !isCode(file) && project.has(file))
              .map((file) => ({ file, by, line: index + 1 })),
          ),
        ),
    );
}

/** No file that the code of a fixture names is kept out of the build, unless the account says why. */
export function accountProblems({ ecosystem, proposal }: Attempt): readonly Problem[] {
  const { account, inspection } = proposal;
  const { project } = inspection;
  const flow = followFiles(parseDockerfile(dockerfileOf(proposal)), ignoreMatcher(ignoreOf(proposal)));
  const told = (file: string): boolean =>
    account.reads.some(({ path, outcome }) => outcome !== 'image' && `${file}/`.startsWith(`${join(path)}/`));
  const settled = (file: string): boolean =>
    flow.reaches(project.inContext(file)) || told(file) || isSecret(project, file);
  return namedFiles(project)
    .filter(({ file }) => !settled(file))
    .map(({ file, by, line }) => ({
      file: codeOf(ecosystem, 'plan'),
      message: `${by}:${line} names ${file}, which reaches no stage`,
      mend: 'Report it among the reads of the plan, or leave out the pattern that drops it.',
    }));
}
