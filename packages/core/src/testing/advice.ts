import type { Ecosystem } from '../ecosystem.ts';
import type { Proposal } from '../propose.ts';
import { dockerfileOf } from './attempt.ts';
import { locate } from './locate.ts';
import { codeOf, problemText } from './problem.ts';

/** What the author of an ecosystem does when a test of an image fails. */
const mends = {
  check: 'Mend the line in the template or the plan that made it.',
  job: 'The start command, the port or what ships is not what the program needs, or case.json expects something else. The root of the container is read-only, it may do nothing that needs a privilege, and can write to /tmp.',
  stops: 'Start the program itself, in exec form, not a shell or a package manager that starts it; else say needsInit.',
  config: 'Let core write the last stage, and give the plan a label org.opencontainers.image.title.',
  tools: 'Build in an earlier stage and copy the result: no compiler or package manager ships.',
  sources: 'Copy what the build made, and no sources.',
  writable: 'Let root own what ships: the program must not be able to change itself.',
  shells: 'Copy nothing that brings a shell: this family has none.',
  unrelated: 'Keep it out of the context, by a pattern in "ignore", or copy less of it.',
  warm: 'Fetch dependencies in a stage of their own that sees only the files that name them, before COPY . .',
} as const;

/** The head of a failed expectation: which file to edit, and how. */
export const advice = (ecosystem: Ecosystem, about: keyof typeof mends): string =>
  `${codeOf(ecosystem, 'plan')}\n  → ${mends[about]}\n `;

/** Runs a test; what fails in it begins with the file to edit, and ends with how. */
export async function advised(file: string, about: keyof typeof mends, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (said.includes('→')) throw error; // advised already
    const advice = new Error(
      problemText({ file, message: said.trimEnd().replaceAll('\n', '\n    '), mend: mends[about] }),
    );
    advice.stack = '';
    throw advice;
  }
}

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
