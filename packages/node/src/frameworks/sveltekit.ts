import { join, MsbError, type Note, type Place, type Project, pathWord } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { type ConfigFile, readConfig } from './config.ts';
import type { Framework, FrameworkContext, Made } from './framework.ts';
import { readsMaps, withoutMaps } from './maps.ts';
import { publicVariables } from './public.ts';

/** SvelteKit with its adapter for node (https://svelte.dev/docs/kit/adapter-node). Since 3 its settings are Vite's. */
export const svelteKit: Framework = {
  title: 'SvelteKit',
  packages: ['@sveltejs/kit'],
  command: 'vite build',
  detect(context) {
    const { project, manifest } = context;
    const adapter = adapterOf(project);
    if (adapter === undefined) return undefined;
    if (adapter.name === '@sveltejs/adapter-static') return undefined;
    if (adapter.name === '@sveltejs/adapter-auto' && isSecond(manifest)) return ofAuto(context, adapter);
    if (/(^|-|\/)(adapter-)?(node|bun)(-|$)/.test(adapter.name)) return server(context, adapter);
    throw new MsbError(
      'unsupported',
      `SvelteKit is built with ${adapter.name}, which makes no server for node`,
      'Add @sveltejs/adapter-node to devDependencies, and import that in place of it.',
      adapter.place,
    );
  },
};

interface Adapter {
  readonly name: string;
  readonly config: ConfigFile;
  readonly place: Place;
}

const imported = /\bfrom\s*(['"])((?:@[\w.-]+\/)?(?:svelte-)?(?:kit-)?adapter-[\w.-]+|svelte-kit-sst)\1/;

function adapterOf(project: Project): Adapter | undefined {
  for (const name of ['svelte.config', 'vite.config']) {
    const config = readConfig(project, name);
    const found = config?.find(imported);
    if (config && found) return { name: found.match[2] ?? '', config, place: found.place };
  }
  return undefined;
}

function server({ project, manifest }: FrameworkContext, { config, place }: Adapter): Made {
  const options = config.find(/\badapter\w*\(\s*\{([^}]*)\}/)?.match[1] ?? '';
  const out = pathWord(join(/\bout\s*:\s*['"`]([^'"`]+)['"`]/.exec(options)?.[1] ?? 'build'), 'The option out');
  return {
    kind: 'server',
    about: 'node server',
    place,
    entry: `${out}/index.js`,
    folders: [{ src: out, dest: out }],
    // What is in `dependencies` is left to node_modules, what is in `devDependencies` is bundled.
    modules: 'production',
    env: {},
    port: 3000,
    handlesSigterm: true,
    build: {
      variables: publicVariables(project, '(?:PUBLIC|VITE)_'),
      after: withoutMaps(`${out}/server`, readsMaps(manifest.scripts.get('start')?.text)),
      outputs: [out, '.svelte-kit'],
    },
    notes: [],
  };
}

/** The adapter for node that goes with SvelteKit 2, which is the last that knows adapter-auto. */
const nodeAdapter = '@sveltejs/adapter-node@5.5.7';

const isSecond = (manifest: PackageJson): boolean =>
  /^\D*2\b/.test((manifest.development.get('@sveltejs/kit') ?? manifest.production.get('@sveltejs/kit'))?.spec ?? '');

/**
 * adapter-auto takes another adapter by the platform it runs on: for Cloud Run, which runs containers, that for node
 * (https://svelte.dev/docs/kit/adapter-auto). It looks for it in every folder above, and installs it where it is not.
 */
function ofAuto(context: FrameworkContext, adapter: Adapter): Made {
  const made = server(context, { ...adapter, config: { ...adapter.config, find: () => undefined } });
  return {
    ...made,
    build: {
      ...made.build,
      env: { ...made.build.env, GCP_BUILDPACKS: 'true' },
      // npm can't install into the root itself.
      before: [
        `npm install --prefix /adapter --no-save --legacy-peer-deps --no-audit --no-fund ${nodeAdapter}`,
        'ln -s /adapter/node_modules /node_modules',
      ],
    },
    notes: [...made.notes, replaced(adapter.place)],
  };
}

const replaced = (place: Place): Note => ({
  message: `adapter-auto knows no plain container, so the image builds with ${nodeAdapter}, as it does for Cloud Run`,
  hint: 'Add @sveltejs/adapter-node to devDependencies, and import that in place of @sveltejs/adapter-auto.',
  place,
});
