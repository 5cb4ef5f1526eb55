import { join, pathWord } from '@msb/core';
import { readCommand } from '../start/command.ts';
import { shellSteps } from '../start/words.ts';
import { readConfig } from './config.ts';
import { modulesOf } from './context.ts';
import type { Framework, FrameworkContext, Made } from './framework.ts';
import { prerenders } from './prerenders.ts';
import { publicVariables } from './public.ts';

interface Row {
  readonly title: string;
  readonly packages: readonly string[];
  readonly command: string;
  /** The program that serves what is built, and the package that brings it. */
  readonly serve: string;
  readonly from: string;
}

const rows: readonly Row[] = [
  {
    title: 'React Router',
    packages: ['@react-router/dev'],
    command: 'react-router build',
    serve: 'react-router-serve',
    from: '@react-router/serve',
  },
  {
    title: 'Remix',
    packages: ['@remix-run/dev'],
    command: 'remix build',
    serve: 'remix-serve',
    from: '@remix-run/serve',
  },
];

/**
 * React Router as a framework, and Remix, which it was before. Their own server ships; a server of one's own starts
 * like any program (https://reactrouter.com/start/framework/deploying).
 */
export const reactRouter: readonly Framework[] = rows.map((row) => ({
  title: row.title,
  packages: row.packages,
  command: row.command,
  detect: (context) => detect(context, row),
}));

function detect({ project, manifest }: FrameworkContext, { serve, from }: Row): Made | undefined {
  const config = readConfig(project, 'react-router.config') ?? readConfig(project, 'vite.config');
  if (config?.find(/\bssr\s*:\s*false\b/) || !manifest.production.has(from)) return undefined;
  const start = manifest.scripts.get('start');
  const command = readCommand(shellSteps(start?.text ?? '').steps.at(-1) ?? []);
  if (command.kind !== 'none' && !(command.kind === 'bin' && command.name === serve)) return undefined;
  const named = command.kind === 'bin' ? command.args[0] : undefined;
  const folder = pathWord(
    join(config?.find(/\bbuildDirectory\s*:\s*['"`]([^'"`]+)['"`]/)?.match[1] ?? 'build'),
    'buildDirectory',
  );
  return {
    kind: 'server',
    about: serve,
    place: start?.place ?? manifest.production.get(from)?.place,
    entry: `${modulesOf(project)}/${from}/dist/cli.js`,
    args: [named ?? `./${folder}/server/index.js`],
    folders: [
      { src: folder, dest: folder },
      // Vite copies it; the compiler that Remix had before builds into it.
      ...(!readConfig(project, 'vite.config') && project.exists('public') ? [{ src: 'public', dest: 'public' }] : []),
    ],
    modules: 'production',
    env: {},
    port: 3000,
    handlesSigterm: true,
    build: {
      env: config?.find(/\bprerender\b/) ? prerenders : {},
      variables: publicVariables(project, 'VITE_'),
      outputs: [folder, '.react-router', '.cache', 'public/build'],
    },
    notes: [],
  };
}
