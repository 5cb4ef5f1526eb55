import { join, MsbError, pathWord } from '@msb/core';
import { dependsOn } from '../package-json.ts';
import { readConfig } from './config.ts';
import type { Framework } from './framework.ts';
import { publicVariables } from './public.ts';

/** Adapters of Astro for platforms; https://docs.astro.build/en/guides/on-demand-rendering/ */
const platforms =
  /\bfrom\s*(['"])(@astrojs\/(?:vercel|netlify|cloudflare|deno)[\w/-]*|@deno\/astro-adapter|astro-\w+-adapter)\1/;

/** Astro that renders on demand, with its adapter for node. Without an adapter it makes pages. */
export const astro: Framework = {
  title: 'Astro',
  packages: ['astro'],
  command: 'astro build',
  detect({ project, manifest }) {
    const config = readConfig(project, 'astro.config');
    const adapter = config?.find(/\badapter\s*:\s*\w/);
    if (!config || !adapter) return undefined;
    const platform = config.find(platforms);
    if (platform) {
      throw new MsbError(
        'unsupported',
        `Astro is built with ${platform.match[2]}, which makes no server for node`,
        'Run npx astro add node: its standalone server runs in a container.',
        platform.place,
      );
    }
    if (!dependsOn(manifest, '@astrojs/node')) return undefined;
    // A middleware is started by a server of one's own, like any program.
    if (config.find(/\bmode\s*:\s*(['"`])middleware\1/)) return undefined;
    const out = pathWord(join(config.find(/\boutDir\s*:\s*['"`]([^'"`]+)['"`]/)?.match[1] ?? 'dist'), 'outDir');
    return {
      kind: 'server',
      about: 'standalone server',
      place: adapter.place,
      entry: `${out}/server/entry.mjs`,
      folders: [{ src: out, dest: out }],
      modules: 'production',
      env: { HOST: '0.0.0.0' },
      port: 4321,
      handlesSigterm: false,
      build: {
        env: { ASTRO_TELEMETRY_DISABLED: '1' },
        variables: publicVariables(project, 'PUBLIC_'),
        outputs: [out, '.astro'],
      },
      notes: [],
    };
  },
};
