import { MsbError } from '@msb/core';
import { type Engine, engines } from './engine.ts';
import { knownProblem } from './problems.ts';
import { run } from './process.ts';

/**
 * The engine to use: the one that is named, else the first that works. Throws `no-engine` with the reason of the first
 * that is installed but does not work, or when there is none.
 */
export async function findEngine(wanted: string | undefined, signal: AbortSignal): Promise<Engine> {
  const choices = wanted === undefined ? engines : engines.filter(({ id }) => id === wanted);
  const known = engines.map(({ id }) => id);
  if (choices.length === 0) throw new MsbError('bad-option', `--engine must be ${known.join(' or ')}`, 'See --help.');
  let reason: MsbError | undefined;
  for (const engine of choices) {
    const { code, missing, timedOut, stdout, stderr } = await run(engine.program, engine.probe, {
      timeout: 20_000,
      signal,
    });
    if (code === 0) return engine;
    if (missing) continue;
    const said = timedOut ? 'it does not answer within 20 s' : (stderr + stdout).trim().split('\n').at(-1);
    reason ??=
      knownProblem(stderr + stdout) ??
      new MsbError(
        'no-engine',
        `${engine.title} does not work here: ${said}`,
        `Run ${engine.program} version yourself.`,
      );
  }
  const names = choices.map(({ program }) => program);
  throw (
    reason ??
    new MsbError(
      'no-engine',
      `There is no ${names.length > 1 ? `container engine: none of ${names.join(', ')} is` : names.join('')} on the PATH`,
      'Install Docker (https://docs.docker.com/get-docker) or Podman; create-msb-docker check needs neither.',
    )
  );
}
