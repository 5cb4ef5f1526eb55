import { setTimeout as sleep } from 'node:timers/promises';
import type { RunExpectation } from './cases.ts';
import { docker } from './docker.ts';

/** How a container is locked in: what it can't do here, it needs nowhere. */
export const hardened = [
  '--read-only',
  '--tmpfs',
  '/tmp',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges',
] as const;

/** A started container. */
export interface Container {
  readonly id: string;
  readonly address: string;
}

/** Starts a hardened container with what a case asks for. */
export async function start(
  image: string,
  expectation: RunExpectation,
  ...more: readonly string[]
): Promise<Container> {
  const env = Object.entries(expectation.env ?? {}).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const args = ['run', '--detach', ...hardened, ...env, ...more, image, ...(expectation.args ?? [])];
  const id = (await docker(...args)).trim().split('\n')[0] ?? '';
  const address = await docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', id);
  return { id, address: address.trim() };
}

/** Waits until a GET answers 200, at most 45 s: some programs take theirs on a busy machine. Rejects with the container's output otherwise. */
export async function answer(container: Container, port: number, path: string): Promise<string> {
  let problem = 'no answer';
  for (const deadline = Date.now() + 45_000; Date.now() < deadline; await sleep(100)) {
    try {
      const response = await fetch(`http://${container.address}:${port}${path}`, { signal: AbortSignal.timeout(2000) });
      if (response.ok) return await response.text();
      problem = `status ${response.status}`;
    } catch (error) {
      problem = String(error);
    }
    if ((await state(container, '.State.Running')) !== 'true') break;
  }
  throw new Error(`${problem}; the container said:\n${await docker('logs', container.id)}`);
}

/** A field of `docker inspect`, as text. */
export const state = async ({ id }: Container, field: string): Promise<string> =>
  (await docker('inspect', '--format', `{{json ${field}}}`, id)).trim().replace(/^"|"$/g, '');

/** Sends SIGTERM and waits; resolves to the exit code and the time it took in ms. 137 means it had to be killed. */
export async function stop(container: Container): Promise<{ readonly exitCode: number; readonly ms: number }> {
  const begin = Date.now();
  await docker('stop', '--time', '10', container.id);
  return { exitCode: Number(await state(container, '.State.ExitCode')), ms: Date.now() - begin };
}

/** Waits for the end of a container that ends by itself, at most 30 s. */
export async function finish(container: Container): Promise<{ readonly exitCode: number; readonly output: string }> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
    if ((await state(container, '.State.Running')) === 'true') continue;
    return { exitCode: Number(await state(container, '.State.ExitCode')), output: await docker('logs', container.id) };
  }
  throw new Error(`it did not end by itself:\n${await docker('logs', container.id)}`);
}

/** Ends and removes a container, whatever it does. */
export const remove = ({ id }: Container): Promise<string> => docker('rm', '--force', id);
