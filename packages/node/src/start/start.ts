import { join, MsbError, type Place, type Project, shellWord } from '@msb/core';
import type { NodeRun, Variables } from './command.ts';

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
}

/** A start as a command line, as `--start` takes it. */
export const startText = ({ program = 'node', flags, entry, args }: Start): string =>
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
