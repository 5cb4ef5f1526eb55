import type { Script } from '../package-json.ts';
import { readCommand } from './command.ts';
import type { StartContext } from './context.ts';
import { elsewhereProblem, severalProblem, shellProblem } from './problems.ts';
import { builds, meantSteps, severalAtOnce } from './steps.ts';
import { hasVariable, shellSteps } from './words.ts';

/** A command line, taken apart. */
export interface Line {
  /** Commands in front of the program. */
  readonly before: readonly (readonly string[])[];
  /** The command that starts the program. */
  readonly last: readonly string[];
  /** Why it takes a shell in the image; `undefined` where none is needed. */
  readonly needsShell: string | undefined;
}

/** Takes a command line apart. Throws `unsupported`, or `bad-option`, for what no shell of an image does either. */
export function readLine(context: StartContext, text: string, script: Script | undefined): Line {
  const plain = shellSteps(text);
  const { steps: written, needsShell } = shellSteps(text, true);
  const several = severalAtOnce({ steps: written, needsShell });
  if (several) throw severalProblem(several, script);
  const steps = meantSteps(written);
  const [before, last] = [steps.slice(0, -1), steps.at(-1) ?? []];
  const folder = steps.find(([word]) => word === 'cd')?.[1];
  if (folder !== undefined && !needsShell && readCommand(last).kind === 'script') {
    throw elsewhereProblem(folder, script);
  }
  if (needsShell) throw shellProblem(text, why(needsShell), script);
  const reason = plain.needsShell && why(plain.needsShell);
  if (/^(?:node|bun)$/.test(last[0] ?? '') && hasVariable(last[1] ?? '')) {
    throw shellProblem(text, reason ?? '', script);
  }
  const stray = before.find((words) => !builds(context, words));
  return { before, last, needsShell: stray ? `a command before the program (${stray.join(' ')})` : reason };
}

const why = ({ what, part }: { readonly what: string; readonly part: string }): string => `${what} (${part})`;
