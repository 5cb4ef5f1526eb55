import { type ChildProcess, spawn } from 'node:child_process';

/** How a command ended. `code` is undefined when it was ended by a signal or did not start. */
export interface Ended {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** It took longer than it had. */
  readonly timedOut: boolean;
  /** There is no such program. */
  readonly missing: boolean;
}

/** What a command may do. */
export interface Limits {
  /** In milliseconds. */
  readonly timeout?: number;
  /** Ends the command. */
  readonly signal?: AbortSignal;
  /** Called with each line that it writes, while it runs: builders tell of their steps on either stream. */
  readonly onLine?: (line: string) => void;
}

/** Of each stream, no more than the last part is kept. In characters. */
const keptOutput = 256 * 1024;

/**
 * A process group of its own: Ctrl-C in the terminal reaches us alone, who then end what has to end, clean up after it,
 * and can end the plugins and helpers that a command started as well.
 */
export const apart = { detached: process.platform !== 'win32' } as const;

/** Runs a command to its end; never rejects. */
export function run(program: string, args: readonly string[], limits: Limits = {}): Promise<Ended> {
  const { timeout, signal, onLine } = limits;
  const child = spawn(program, [...args], { ...apart, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  const rest = { stdout: '', stderr: '' };
  let timedOut = false;
  let missing = false;
  const keep = (name: 'stdout' | 'stderr', text: string): void => {
    written[name] = (written[name] + text).slice(-keptOutput);
    const lines = (rest[name] + text).split('\n');
    rest[name] = lines.pop() ?? '';
    for (const whole of lines) onLine?.(whole);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => keep('stdout', text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => keep('stderr', text));
  const stop = (): void => endProcess(child);
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop();
        }, timeout);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve) => {
    const end = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      for (const line of Object.values(rest)) if (line !== '') onLine?.(line);
      resolve({ code: code ?? undefined, ...written, timedOut, missing });
    };
    child.on('error', (error) => {
      missing = 'code' in error && error.code === 'ENOENT';
      keep('stderr', error.message);
      if (child.pid === undefined) end(null);
    });
    child.on('close', end);
  });
}

/** Asks a process to end, with all that it started, and makes it when it does not. */
export function endProcess(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (apart.detached) process.kill(-pid, signal);
      else child.kill(signal);
    } catch {
      // it is gone already
    }
  };
  kill('SIGTERM');
  const force = setTimeout(() => kill('SIGKILL'), 5_000);
  force.unref();
  child.once('close', () => clearTimeout(force));
}
