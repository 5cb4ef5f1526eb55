import { type Check, fail, pass, some, warn } from '../check.ts';
import type { Observation, Start } from '../container/observation.ts';
import { stranger } from '../container/observe.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The last line that a program wrote, as the end of a sentence. */
const words = (log: readonly string[]): string => (log.length > 0 ? `: ${(log.at(-1) ?? '').slice(0, 160)}` : '');

/** What a container did, in words. */
function told(start: Start): string {
  switch (start.kind) {
    case 'answers':
      return `GET :${start.port}${start.path} → ${start.status} in ${seconds(start.ms)}`;
    case 'listens':
      return `:${start.port} takes connections, not HTTP, after ${seconds(start.ms)}`;
    case 'stays':
      return `still runs after ${seconds(start.ms)}, and serves nothing`;
    case 'exited':
      return `exits with ${start.code} after ${seconds(start.ms)}${words(start.log)}`;
    case 'silent':
      return `nothing answers on port ${start.port} within ${seconds(start.ms)}${words(start.log)}`;
    case 'hangs':
      return `does not end within ${seconds(start.ms)}${words(start.log)}`;
  }
}

const hints: Readonly<Record<Start['kind'], string>> = {
  answers: 'Name a path that is fine without other services: --path /health.',
  listens: 'Leave out --path for a program that does not speak HTTP.',
  stays: 'Name the arguments that make it end: --command "--version".',
  exited: 'Give it what it needs with --env NAME=value; for a tool, name its arguments: --command "--version".',
  silent: 'Name the port with --port, more time with --start-timeout; and it has to listen on 0.0.0.0, not 127.0.0.1.',
  hangs: 'Name arguments after which it ends: --command "--version".',
};

/** How it came up, with whatever it needs. */
const best = ({ start, needs }: Observation): Start => needs?.start ?? start;

export const starts: Check = {
  id: 'starts',
  title: 'starts',
  run({ run }) {
    if (run === undefined) return undefined;
    const start = best(run);
    const reason = told(start);
    if (run.good) return pass(`${reason}, read-only, no capabilities`);
    return run.needs ? pass(reason) : fail(reason, hints[start.kind]);
  },
};

export const readOnlyRoot: Check = {
  id: 'read-only',
  title: 'read-only',
  run({ run }) {
    if (run === undefined || !(run.good || run.needs)) return undefined;
    const start = run.needs?.without['writable root'];
    if (start === undefined) return pass('starts with a root file system that it cannot write to');
    const paths = run.needs?.written ?? [];
    const what = paths.length > 0 ? `writes ${some(paths)}` : 'wants to write outside /tmp';
    return fail(`${what}: with --read-only it ${told(start)}`, 'Write to /tmp or to a volume, and nowhere else.');
  },
};

export const privileges: Check = {
  id: 'privileges',
  title: 'privileges',
  run({ run }) {
    if (run === undefined || !(run.good || run.needs)) return undefined;
    const start = run.needs?.without.privileges;
    if (start === undefined) return pass('needs no capability');
    return fail(
      `starts with capabilities only; without them it ${told(start)}`,
      'Do as root in the build what it does at its start: chown, mkdir, a port above 1023.',
    );
  },
};

/** Docker waits 10 s before it kills, Kubernetes 30 s. */
const slow = 5_000;

export const stops: Check = {
  id: 'stops',
  title: 'stops',
  run({ run }) {
    const stop = run?.stop;
    if (stop === undefined) return undefined;
    const hint = 'Handle SIGTERM, start the program itself and not a shell, or use an init: docker run --init.';
    if (stop.killed) return fail(`SIGTERM does not end it: killed after ${seconds(stop.ms)}`, hint);
    const reason = `SIGTERM → exit ${stop.code} in ${seconds(stop.ms)}`;
    return stop.ms > slow ? warn(reason, hint) : pass(reason);
  },
};

export const anyUser: Check = {
  id: 'any-user',
  title: 'any user',
  onlyWarns: 'a fixed number is enough everywhere but on OpenShift',
  run({ run, stranger: observed }) {
    if (!run?.good || observed === undefined) return undefined;
    if (observed.good) return pass(`also runs as ${stranger}`);
    return warn(
      `as ${stranger} it ${told(observed.start)}`,
      'Let everybody read what it needs (chmod a+rX), and look up no account: OpenShift gives out numbers like this.',
    );
  },
};
