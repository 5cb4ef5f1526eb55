import { join, MsbError, type Place, type Project, shellWord } from '@msb/core';
import type { NodeRun, Variables } from './command.ts';

/** A start that takes a shell in the image. */
export interface ShellStart {
  /** What `sh -c` is given; its last command takes the place of the shell. */
  readonly line: string;
  /** What needs it, for the reason on screen. */
  readonly what: string;
  /** The commands in front of the program. */
  readonly before: readonly string[];
  /** Variables that must be set when the container starts. */
  readonly variables: readonly string[];
  /** Whether `sh` is not enough. */
  readonly bash?: boolean;
}

/** How the program is started: the words after `node` or `bun`. */
export interface Start {
  /** What runs it; Node, if nothing is said. */
  readonly program?: 'node' | 'bun';
  readonly env: Variables;
  readonly flags: readonly string[];
  /** The file to run, relative to the project. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly place: Place | undefined;
  /** Whether it comes from node_modules and not from the project. */
  readonly fromDependency: boolean;
  /** Whether it is a program for the command line, which is given arguments: `docker run image --help`. */
  readonly tool?: boolean;
  /** Where node can't be started directly. */
  readonly shell?: ShellStart;
}

/** A start as a command line, as `--start` takes it. */
export const startText = ({ program = 'node', flags, entry, args, shell }: Start): string =>
  shell?.line.replace(/(^|&& )exec /, '$1') ??
  [program, ...flags, entry, ...args].map((word) => shellWord(word, 'The start command')).join(' ');

const extensions = ['', '.js', '.mjs', '.cjs', '.json', '/index.js', '/index.cjs'];

/** Whether node would find a file (https://nodejs.org/api/modules.html#all-together). */
export const entryExists = (project: Project, entry: string): boolean =>
  extensions.some((extension) => project.has(join(entry) + extension));

/** A run of node as a start. Throws `unsupported` for a file outside of the project. */
export function startOf(run: NodeRun & { readonly entry: string }, env: Variables, place: Place | undefined): Start {
  const entry = join(run.entry) || '.';
  if (run.entry.startsWith('/') || entry.startsWith('..')) {
    throw new MsbError(
      'unsupported',
      `${JSON.stringify(run.entry)} lies outside of the project`,
      'Name a file inside, relative to package.json: --start "node server.js".',
      place,
    );
  }
  return { env, flags: run.flags, entry, args: run.args, place, fromDependency: false };
}

/** What the container runs: the program itself, or a shell that it takes the place of. `path` is that of node or bun. */
export function commandOf({ shell, flags, entry, args, tool }: Start, path: string) {
  if (shell) return { entrypoint: ['/bin/sh', '-c'], cmd: [shell.line] };
  if (tool) return { entrypoint: [path, ...flags, entry], ...(args.length > 0 && { cmd: args }) };
  return { entrypoint: [path, ...flags], cmd: [entry, ...args] };
}
