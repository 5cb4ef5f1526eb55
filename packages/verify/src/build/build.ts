import { basename } from 'node:path';
import { MsbError } from '@msb/core';
import { knownProblem } from '../engine/problems.ts';
import type { Session } from '../engine/session.ts';
import type { VerifyRequest } from '../request.ts';
import { intermediates, Progress, type StageTime, type Step, stageTimes } from './progress.ts';

/** Builds the image under the session's tag. Throws an `MsbError` with the step that failed, or that hung. */
export async function build(
  session: Session,
  request: VerifyRequest,
  onStep: (step: Step) => void,
): Promise<readonly StageTime[]> {
  const progress = new Progress();
  const { file, context, buildArgs, buildTimeout } = request;
  const args = [...session.engine.build, '--file', file, '--tag', session.tag, ...buildArgs, context];
  const ended = await session.run(args, {
    timeout: buildTimeout * 1000,
    onLine: (line) => {
      const step = progress.read(line, Date.now());
      if (step) onStep(step);
    },
  });
  session.alsoMade(intermediates(ended.stdout));
  if (ended.code === 0) return stageTimes(progress.steps);
  session.signal.throwIfAborted();
  if (ended.timedOut) throw hung(progress, buildTimeout);
  throw failed(progress, ended.stderr, basename(file));
}

function hung({ steps }: Progress, seconds: number): MsbError {
  // A step that was going on when the build was ended is told of as cancelled, if at all.
  const step = steps.findLast(
    ({ started, completed, error = '' }) => started !== undefined && (completed === undefined || /cancel/.test(error)),
  );
  return new MsbError(
    'build-failed',
    `The build did not end within ${seconds} s${step ? `; it was at ${step.name}` : ''}`,
    'Give it more time with --build-timeout <seconds>, if it is only slow.',
  );
}

/** The error of a build: what its steps say, since they tell best; then what only the end of the output tells. */
function failed({ steps, log }: Progress, stderr: string, file: string): MsbError {
  const step = steps.find(({ error }) => error !== undefined && !/cancel/.test(error));
  const plain = stderr
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');
  const known = knownProblem([plain, step?.error ?? '', ...log].join('\n'));
  if (known) return known;
  const line = new RegExp(`^${file.replace(/\W/g, '\\$&')}:(\\d+)`, 'm').exec(plain)?.[1];
  const place = line === undefined ? { file } : { file, line: Number(line) };
  const [, error = ''] = /^ERROR: (?:failed to build: )?(?:failed to solve: )?(.*)$/m.exec(plain) ?? [];
  const what = step ? `${step.name} (${brief(step.error ?? '')})` : error || (log.at(-1) ?? 'no reason given');
  const words = log.at(-1);
  const hint = words ? `Its last words: ${words}` : 'Run docker build yourself to see more.';
  return new MsbError('build-failed', `The Dockerfile does not build: ${what}`, hint, place);
}

/** `process "/bin/sh -c x" did not complete successfully: exit code: 3` → exit code 3. */
const brief = (error: string): string =>
  error.replace(/^.*did not complete successfully: exit code: (\d+).*$/s, 'exit code $1').slice(0, 200);
