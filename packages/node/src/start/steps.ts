import { readCommand } from './command.ts';
import type { StartContext } from './context.ts';
import type { ShellSteps } from './words.ts';

type Words = readonly string[];

/** Programs that run several others at once: https://www.npmjs.com/package/npm-run-all#cli-commands */
const atOnce = new Set(['concurrently', 'conc', 'run-p']);

/** Programs that run scripts of package.json one after the other. */
const inTurn = new Set(['run-s', 'npm-run-all', 'npm-run-all2']);

const isParallel = (words: Words): boolean =>
  atOnce.has(words[0] ?? '') || (inTurn.has(words[0] ?? '') && words.some((word) => /^(-p|--parallel)$/.test(word)));

/** The command that runs several programs at once, which one container does not; `undefined` when none does. */
export const severalAtOnce = ({ steps }: ShellSteps): Words | undefined => {
  const words = steps.at(-1) ?? [];
  const programs = words.slice(1).filter((word) => !word.startsWith('-'));
  return isParallel(words) && programs.length > 1 ? words : undefined;
};

/** Takes `run-s a b` apart: `npm run a && npm run b`. `undefined` for a step that is no list of scripts. */
function oneByOne([program = '', ...rest]: Words): readonly Words[] | undefined {
  if (!inTurn.has(program)) return undefined;
  return rest.filter((word) => !word.startsWith('-')).map((name) => ['npm', 'run', ...name.split(/\s+/)]);
}

/** `set NAME=value`, as it is written for Windows, where it is what `NAME=value` in front of a command is elsewhere. */
const setOfWindows = ([program, assignment = '', ...rest]: Words): boolean =>
  program === 'set' && /^\w+=/.test(assignment) && rest.length === 0;

/** The steps of a start as they mean it: lists of scripts taken apart, variables in front of the program. */
export function meantSteps(steps: readonly Words[]): readonly Words[] {
  const variables = steps.filter(setOfWindows).flatMap((words) => words.slice(1));
  const all = steps.filter((words) => !setOfWindows(words)).flatMap((words) => oneByOne(words) ?? [words]);
  return all.map((words, index) => (index === all.length - 1 ? [...variables, ...words] : words));
}

/** Clears away what an earlier build made, on a machine that keeps it. */
const cleans = /^(?:(?:npx )?(?:rimraf|del-cli|del|shx rm|trash)\b|rm -\w*r)/;

/** Whether a step in front of the start command is what the image's build does anyway: it builds, or installs. */
export function builds({ build, manifest }: Pick<StartContext, 'build' | 'manifest'>, words: Words): boolean {
  const command = readCommand(words);
  if (command.kind === 'install') return true;
  if (build === undefined) return false;
  if (command.kind === 'script') {
    return command.name === build.script?.name || manifest.scripts.get(command.name)?.text === build.script?.text;
  }
  if (cleans.test(words.join(' '))) return true;
  return command.kind === 'bin' && (command.name === build.name || words.join(' ') === build.script?.text);
}
