import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { knownProblem } from '../engine/problems.ts';
import type { Session } from '../engine/session.ts';
import type { VerifyRequest } from '../request.ts';
import { type Address, tryPort } from './answer.ts';
import type { Start, Stop } from './observation.ts';

/** Restrictions that a container is started with: what it can't do here, it needs nowhere. */
export const readOnly = ['--read-only'] as const;
export const unprivileged = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'] as const;

/** How long a program that serves nothing is watched, and how long one may take to stop. In milliseconds, and seconds. */
const watched = 2_000;
const graceSeconds = 10;

/** A started container. */
export interface Container {
  readonly name: string;
  readonly begun: number;
  /** What the engine said when it could not start the program at all: a file that is not there, or not for this machine. */
  readonly refused?: { readonly code: number; readonly log: readonly string[] };
}

/** Starts a container. `port` is what it serves, if anything. */
export async function startContainer(
  session: Session,
  request: VerifyRequest,
  port: number,
  restrictions: readonly string[],
): Promise<Container> {
  const name = session.containerName();
  const env = request.env.flatMap((pair) => ['--env', pair]);
  const publish = port > 0 ? ['--publish', engineIsHere() ? `127.0.0.1::${port}` : `${port}`] : [];
  const init = request.init ? ['--init'] : [];
  const options = ['--detach', '--name', name, ...init, '--tmpfs', '/tmp', ...restrictions, ...publish, ...env];
  const begun = Date.now();
  const { code, stderr } = await session.run(['run', ...options, session.tag, ...(request.command ?? [])]);
  if (code === 0) return { name, begun };
  session.signal.throwIfAborted();
  const known = knownProblem(stderr);
  if (known) throw known;
  return { name, begun, refused: { code: code ?? 125, log: [refusal(stderr)] } };
}

/** `docker: Error response …: exec: "/app": no such file or directory: unknown` → the part that tells. */
const refusal = (stderr: string): string => {
  const line = stderr.split('\n').find((text) => /rror/.test(text)) ?? stderr.trim();
  return (/exec: .*/.exec(line)?.[0] ?? line).replace(/:? unknown\.?$/, '').slice(0, 200);
};

/** Whether published ports are on this machine's loopback: not where DOCKER_HOST names another one. */
const engineIsHere = (): boolean => remoteHost() === undefined;

const remoteHost = (): string | undefined => {
  const [, host] = /^(?:tcp|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(process.env.DOCKER_HOST ?? '') ?? [];
  return host === undefined || ['localhost', '127.0.0.1', '[::1]'].includes(host)
    ? undefined
    : host.replace(/[[\]]/g, '');
};

/** Watches a container until it is clear how it came up. */
export async function watchStart(
  session: Session,
  { name, begun, refused }: Container,
  { path = '/', command, startTimeout }: VerifyRequest,
  port: number,
): Promise<Start> {
  const until = begun + (port > 0 || command !== undefined ? startTimeout * 1000 : watched);
  if (refused) return { kind: 'exited', ...refused, ms: Date.now() - begun };
  let address: Address | undefined;
  for (let pause = 40; ; pause = Math.min(pause * 1.5, 500)) {
    session.signal.throwIfAborted();
    if (address !== undefined) {
      const answer = await tryPort(address, path);
      const ms = Date.now() - begun;
      if (answer === 'listens') return { kind: 'listens', port, ms };
      if (answer !== undefined) return { kind: 'answers', port, path, status: answer.status, ms };
    }
    const state = await inspect(session, name, port);
    if (state.exited)
      return { kind: 'exited', code: state.code, ms: Date.now() - begun, log: await logOf(session, name) };
    address = state.address;
    if (Date.now() > until) break;
    await sleep(address ? Math.min(pause, 200) : pause);
  }
  const ms = Date.now() - begun;
  if (port === 0 && command === undefined) return { kind: 'stays', ms };
  const log = await logOf(session, name);
  return command === undefined ? { kind: 'silent', port, ms, log } : { kind: 'hangs', ms, log };
}

interface State {
  readonly exited: boolean;
  readonly code: number;
  readonly address?: Address;
}

interface Inspected {
  readonly State?: { readonly Status?: string; readonly ExitCode?: number };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<Record<string, readonly { readonly HostPort?: string }[] | null>> | null;
  };
}

async function inspect(session: Session, name: string, port: number): Promise<State> {
  const [found]: readonly Inspected[] = JSON.parse(await session.must(['inspect', name]));
  const { Status: status = '', ExitCode: code = 0 } = found?.State ?? {};
  const hostPort = found?.NetworkSettings?.Ports?.[`${port}/tcp`]?.[0]?.HostPort;
  const address = hostPort ? { address: { host: remoteHost() ?? '127.0.0.1', port: Number(hostPort) } } : {};
  return { exited: ['exited', 'dead', 'stopped'].includes(status), code, ...address };
}

/** The last lines that a container wrote. */
async function logOf(session: Session, name: string): Promise<readonly string[]> {
  const { stdout, stderr } = await session.run(['logs', '--tail', '20', name]);
  return stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** Asks a container to stop, as an orchestrator would. */
export async function stopContainer(session: Session, { name }: Container): Promise<Stop> {
  const begun = Date.now();
  await session.must(['stop', '--time', String(graceSeconds), name]);
  const ms = Date.now() - begun;
  const { code } = await inspect(session, name, 0);
  return { code, ms, killed: code === 137 && ms > (graceSeconds - 1) * 1000 };
}

/** What a container changed in its writable layer: files only, those in /tmp left out. */
export async function writtenPaths(session: Session, { name }: Container): Promise<readonly string[]> {
  const { stdout } = await session.run(['diff', name]);
  const paths = stdout.split('\n').flatMap((line) => /^A (\/.*)$/.exec(line)?.[1] ?? []);
  return paths.filter((path) => !/^\/(tmp|dev|proc|sys|run\/secrets)(\/|$)/.test(path));
}
