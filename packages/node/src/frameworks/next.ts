import { join, type Note, type Place, pathWord } from '@msb/core';
import { type ConfigFile, readConfig } from './config.ts';
import { upward } from './context.ts';
import type { Framework, FrameworkContext, Made } from './framework.ts';
import { withoutMaps } from './maps.ts';
import { publicVariables } from './public.ts';

/**
 * Next.js as a server. Its standalone output is the program with the few files of node_modules that it really needs
 * (https://nextjs.org/docs/app/api-reference/config/next-config-js/output).
 */
export const next: Framework = {
  title: 'Next.js',
  packages: ['next'],
  command: 'next build',
  detect(context) {
    const config = readConfig(context.project, 'next.config');
    if (config?.find(exported) || hasOwnServer(context) || isOld(context)) return undefined;
    return standalone(context, config);
  },
};

const exported = /\boutput\s*:\s*(['"`])export\1/;

/** `"start": "node server.js"`: a server of one's own, which the standalone output does not have in it. */
const hasOwnServer = ({ manifest }: FrameworkContext): boolean => {
  const start = manifest.scripts.get('start')?.text ?? '';
  return /(^|\s)(node|tsx|ts-node)\s/.test(start) && !/\bnext\b/.test(start.replace(/\s(-r|--require)\s\S+/g, ''));
};

/** The standalone output is there since Next 12.2. */
const isOld = ({ manifest }: FrameworkContext): boolean =>
  Number(/^\D*(\d+)/.exec(manifest.production.get('next')?.spec ?? '')?.[1] ?? 99) < 12;

function standalone({ project, manifest }: FrameworkContext, config: ConfigFile | undefined): Made {
  const asked = config?.find(/\boutput\s*:\s*(['"`])standalone\1/);
  const dist = pathWord(join(config?.find(/\bdistDir\s*:\s*['"`]([^'"`]+)['"`]/)?.match[1] ?? '.next'), 'distDir');
  const wantsMaps = config?.find(/\b(productionBrowserSourceMaps|serverSourceMaps)\s*:\s*true\b/) !== undefined;
  // The server of a package of a workspace lies as deep as the package itself, beside the node_modules of the root.
  const made = join(dist, 'standalone', project.inContext(''), dist);
  const root = upward(project) !== '' && !config?.find(/\boutputFileTracingRoot\b/);
  const variables = publicVariables(project, 'NEXT_PUBLIC_');
  return {
    kind: 'server',
    about: 'standalone server',
    place: asked?.place ?? manifest.production.get('next')?.place,
    entry: 'server.js',
    folders: [
      { src: `${dist}/standalone`, dest: upward(project) || '.' },
      { src: `${dist}/static`, dest: `${dist}/static` },
      ...(project.exists('public') ? [{ src: 'public', dest: 'public' }] : []),
    ],
    modules: 'inside',
    // Without it Next listens on the address that HOSTNAME stands for, which every container has as a variable.
    env: { HOSTNAME: '0.0.0.0', NEXT_TELEMETRY_DISABLED: '1' },
    port: 3000,
    handlesSigterm: true,
    build: {
      env: {
        NEXT_TELEMETRY_DISABLED: '1',
        ...(!asked && { NEXT_PRIVATE_STANDALONE: 'true' }),
        ...(root && { NEXT_PRIVATE_OUTPUT_TRACE_ROOT: '/app' }),
      },
      caches: [`${dist}/cache`],
      variables,
      // Optimized images and fetched data are cached there, and /tmp can be written wherever the root can't.
      after: [`ln -s /tmp ${made}/cache`, ...withoutMaps(made, wantsMaps)],
      outputs: [dist, 'out'],
    },
    notes: asked ? [] : [notAsked(config?.find(/\boutput\s*:/)?.place ?? { file: config?.file ?? 'package.json' })],
  };
}

/** The variable is what `output` defaults to, since 12.2: see server/config-shared.js in the package. */
const notAsked = (place: Place): Note => ({
  message: "Next's output is not set, so the image builds the standalone server with NEXT_PRIVATE_STANDALONE",
  hint: "Set output: 'standalone' in next.config, which is what Next documents.",
  place,
});
