import { execFile, spawn as start } from 'node:child_process';
import { spawn } from '@lydell/node-pty';

/** How a command ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment without what the outer npm and vitest left in it. */
const clean = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(npm_|NX_|VITEST|NODE_ENV|INIT_CWD|CI$|FORCE_COLOR)/.test(entry[0]),
    ),
  );

/** Runs a command in a folder, without a terminal and as CI would. */
export function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((done) => {
    const options = {
      cwd,
      env: { ...clean(), CI: 'true', NO_COLOR: '1', ...env },
      maxBuffer: 16 * 1024 * 1024,
      timeout: 240_000,
    };
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      done({ exitCode: error ? Number(error.code ?? 1) || 1 : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** Runs a script of node's that does not end by itself; what it returns waits until it prints something new. */
export function watch(
  cwd: string,
  args: readonly string[],
  { signal }: AbortController,
): (wanted: RegExp) => Promise<void> {
  const child = start(process.execPath, [...args], { cwd, env: { ...clean(), NO_COLOR: '1' }, signal });
  child.on('error', () => undefined); // it is aborted in the end
  let fresh = '';
  let look = (): void => undefined;
  const add = (data: Buffer): void => {
    fresh += data.toString();
    look();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return (wanted) =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`still waiting for ${wanted}; it printed:\n${fresh}`)), 40_000);
      look = () => {
        if (!wanted.test(fresh)) return;
        clearTimeout(timer);
        fresh = '';
        done();
      };
      look();
    });
}

/** What to do when the screen shows something: type a line, or press keys, and then return. */
export interface Reply {
  readonly when: RegExp;
  readonly type?: string;
  readonly keys?: string;
}

/** Runs a command in a terminal and answers its questions in order; resolves to all that was on the screen. */
export function converse(
  cwd: string,
  command: string,
  args: readonly string[],
  replies: readonly Reply[],
): Promise<string> {
  return new Promise((done, fail) => {
    const terminal = spawn(command, [...args], { cwd, env: clean(), cols: 120, rows: 40, name: 'xterm' });
    const open = [...replies];
    let all = '';
    let seen = 0;
    const timer = setTimeout(() => {
      terminal.kill();
      fail(new Error(`still waiting for ${open[0]?.when ?? 'the end'}; the screen:\n${all}`));
    }, 60_000);
    terminal.onData((data) => {
      all += data;
      const [next] = open;
      if (!next?.when.test(all.slice(seen))) return;
      open.shift();
      seen = all.length;
      terminal.write(next.keys ?? next.type ?? '');
      setTimeout(() => terminal.write('\r'), 150); // as a person would: after the prompt took the keys
    });
    terminal.onExit(() => {
      clearTimeout(timer);
      done(all);
    });
  });
}
