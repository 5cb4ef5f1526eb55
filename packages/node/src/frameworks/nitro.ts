import { MsbError } from '@msb/core';
import { dependsOn } from '../package-json.ts';
import { startsOwnServer } from '../start/own-server.ts';
import { readConfig } from './config.ts';
import type { Framework, FrameworkContext, Made } from './framework.ts';
import { readsMaps, withoutMaps } from './maps.ts';
import { prerenders } from './prerenders.ts';
import { publicVariables } from './public.ts';

/** A framework whose server Nitro builds: all that it needs is in one folder (https://nitro.build/deploy/runtimes/node). */
interface Row {
  readonly title: string;
  readonly packages: readonly string[];
  /** Names of the configurations that may choose a preset. */
  readonly configs: readonly string[];
  readonly command: string;
  /** Where the output is, when it is not the usual place. */
  readonly output?: string;
  /** What the names of variables begin with that the build writes into what browsers get. */
  readonly prefix?: string;
  /** The setting with which it asks its own server for pages while it builds. */
  readonly prerender?: RegExp;
  /** What else has to be there, for a framework that can do without Nitro. */
  readonly with?: readonly string[];
}

const rows: readonly Row[] = [
  { title: 'Nuxt', packages: ['nuxt', 'nuxt-nightly', 'nuxt-edge'], configs: ['nuxt.config'], command: 'nuxt build' },
  {
    title: 'TanStack Start',
    packages: ['@tanstack/react-start', '@tanstack/solid-start'],
    configs: ['vite.config', 'app.config', 'nitro.config'],
    command: 'vite build',
    prefix: 'VITE_',
    prerender: /\b(?:prerender|spa)\s*:/,
    with: ['nitro', 'nitropack', 'nitro-nightly', '@tanstack/nitro-v2-vite-plugin', 'vinxi'],
  },
  {
    title: 'SolidStart',
    packages: ['@solidjs/start'],
    configs: ['app.config', 'vite.config', 'nitro.config'],
    command: 'vinxi build',
    prefix: 'VITE_',
    with: ['nitro', 'nitropack', 'vinxi'],
  },
  {
    title: 'Analog',
    packages: ['@analogjs/platform'],
    configs: ['vite.config'],
    command: 'vite build',
    output: 'dist/analog',
    prefix: 'VITE_',
  },
  {
    title: 'Nitro',
    packages: ['nitro', 'nitropack', 'nitro-nightly'],
    configs: ['nitro.config', 'vite.config'],
    command: 'nitro build',
  },
];

/** Presets that make a server for node; any other is for a platform. */
const forNode = new Set(['node-server', 'node_server', 'node']);

/** Presets that make files for browsers only. */
const files = new Set(['static', 'github-pages', 'github_pages']);

/** All frameworks that Nitro builds. */
export const nitro: readonly Framework[] = rows.map((row) => ({
  title: row.title,
  packages: row.packages,
  command: row.command,
  detect: (context) => detect(context, row),
}));

/** A framework that Nitro makes a server of, used without it: something else has to start, or be handed out. */
function withoutNitro(context: FrameworkContext, { title, configs }: Row): undefined {
  const { project, manifest } = context;
  const files = configs.map((name) => readConfig(project, name));
  if (startsOwnServer(context) || files.some((config) => config?.find(/\b(?:spa|ssr\s*:\s*false|prerender)\b/))) return;
  throw new MsbError(
    'unsupported',
    `${title} is built without Nitro here, so that no server for node comes out`,
    'Run npm install nitro, and add its plugin to vite.config: import { nitro } from \'nitro/vite\'. Or name a server of your own: --start "node server.js".',
    manifest.place('dependencies'),
  );
}

function detect(context: FrameworkContext, row: Row): Made | undefined {
  const { project, manifest, build } = context;
  const { with: needed, prefix, configs, output = '.output', title } = row;
  if (needed && !needed.some((name) => dependsOn(manifest, name))) return withoutNitro(context, row);
  if (/\b(nuxt|nuxi|nitro) generate\b|--prerender\b/.test(build?.script?.text ?? '')) return undefined;
  const hits = configs.flatMap((name) => readConfig(project, name)?.find(/\bpreset\s*:\s*(['"`])([\w-]+)\1/) ?? []);
  const named = hits[0]?.match[2];
  const asksItself = configs.some((name) => row.prerender && readConfig(project, name)?.find(row.prerender));
  if (named !== undefined && files.has(named)) return undefined;
  if (hits[0] && named !== undefined && !forNode.has(named)) {
    throw new MsbError(
      'unsupported',
      `${title} is built for ${named}, and not for a server of its own`,
      "Set the preset 'node-server', or leave it out: Nitro then makes a server for node here, and finds the platform by itself there.",
      hits[0].place,
    );
  }
  return {
    kind: 'server',
    about: 'Nitro server',
    place: hits[0]?.place,
    entry: `${output}/server/index.mjs`,
    folders: [{ src: output, dest: output }],
    modules: 'inside',
    env: {},
    port: 3000,
    handlesSigterm: true,
    build: {
      env: {
        ...(title === 'Nuxt' && { NUXT_TELEMETRY_DISABLED: '1' }),
        NITRO_PRESET: 'node-server',
        ...(asksItself && prerenders),
      },
      variables: prefix === undefined ? [] : publicVariables(project, prefix),
      after: withoutMaps(`${output}/server`, readsMaps(manifest.scripts.get('start')?.text)),
      outputs: [...new Set([output, '.output', '.nuxt', '.nitro', '.data', 'dist'])],
    },
    notes: [],
  };
}
