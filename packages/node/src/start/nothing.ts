import { MsbError } from '@msb/core';
import { integratedNx } from '../workspaces/nx.ts';
import type { StartContext } from './context.ts';
import { bundlerOf } from './guess.ts';

/** Why nothing is found to start, and what would help. */
export function nothingStarts({ project, manifest }: StartContext): MsbError {
  const nx = integratedNx(project.root);
  if (nx !== undefined) return nx;
  const start = manifest.scripts.get('start');
  const bundler = bundlerOf(manifest);
  if (bundler !== undefined) {
    return new MsbError(
      'no-entry-point',
      `It is made with ${bundler}, but neither is it a site whose pages are found, nor does a script start a server`,
      'Name the program: --start "node server.js"; or the script that builds the site: --build <script>.',
      start?.place ?? { file: 'package.json' },
    );
  }
  const message = start
    ? `The script "start" is for developers (${start.text.slice(0, 60)}), and nothing else says how the program starts`
    : 'Nothing says how the program starts: package.json has no script "start", and it looks like a library';
  return new MsbError(
    'no-entry-point',
    message,
    'Add a script start:prod such as "node dist/server.js", or give it with --start "node dist/server.js".',
    start?.place ?? { file: 'package.json' },
  );
}
