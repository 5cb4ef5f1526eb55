import type { Ecosystem } from '../ecosystem.ts';
import type { Proposal } from '../propose.ts';
import { dockerfileOf } from './attempt.ts';
import { locate } from './locate.ts';
import { codeOf, problemText } from './problem.ts';

/** What the author of an ecosystem does when a test of an image fails. */
const mends = {
  tools: 'Build in an earlier stage and copy the result: no compiler or package manager ships.',
  sources: 'Copy what the build made, and no sources.',
  writable: 'Let root own what ships: the program must not be able to change itself.',
  shells: 'Copy nothing that brings a shell: this family has none.',
  warm: 'Fetch dependencies in a stage of their own that sees only the files that name them, before COPY . .',
} as const;

/** The head of a failed expectation: which file to edit, and how. */
export const advice = (ecosystem: Ecosystem, about: keyof typeof mends): string =>
  `${codeOf(ecosystem, 'plan')}\n  → ${mends[about]}\n `;

/** The error of a build, where BuildKit names a line of the Dockerfile, as a problem of the template that made it. */
export function explained(error: unknown, proposal: Proposal): Error {
  const log = error instanceof Error ? error.message : String(error);
  const line = [...log.matchAll(/^Dockerfile[\w.-]*:(\d+)$/gm)].map(([, number]) => Number(number)).at(-1);
  if (line === undefined) return new Error(log);
  const text = dockerfileOf(proposal);
  const said = log.split('\n').flatMap((entry) => /^#\d+ [\d.]+ (.*\S.*)$/.exec(entry)?.[1] ?? []);
  const problem = {
    ...locate(proposal, text, line),
    message: `The build stops here. It said:\n    ${said.slice(-12).join('\n    ')}`,
    mend: 'Mend the command, or the stage that it needs something of.',
  };
  const explanation = new Error(problemText(problem));
  explanation.stack = '';
  return explanation;
}
