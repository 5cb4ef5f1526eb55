import { join } from '@msb/core';
import { wholeText } from '../../package-json.ts';
import type { Framework, FrameworkContext, MadeSite } from '../framework.ts';

/** Servers for a folder of files, as packages and as the programs in them. */
const servers: Readonly<Record<string, string>> = {
  'browser-sync': 'browser-sync',
  'http-server': 'http-server',
  'lite-server': 'lite-server',
  'live-server': 'live-server',
  serve: 'serve',
  'sirv-cli': 'sirv',
};

/** A folder of files as they are, which a script sends: `"start": "serve public"`. */
export const plain: Framework = {
  title: 'plain files',
  packages: Object.keys(servers),
  detect: folderServed,
};

function folderServed({ project, manifest, build }: FrameworkContext): MadeSite | undefined {
  for (const name of ['start', 'serve', 'dev']) {
    const script = manifest.scripts.get(name);
    if (script === undefined) continue;
    const words = wholeText(manifest, script).split(/\s+/);
    const server = words.findIndex((word) => Object.values(servers).includes(word));
    const folder = words
      .slice(server + 1)
      .map((word) => join(word))
      .find((word) => project.has(`${word}/index.html`));
    if (server < 0 || folder === undefined || folder === '' || build !== undefined) continue;
    return {
      kind: 'site',
      about: `site in ${folder}`,
      place: script.place,
      folder,
      asIs: true,
      site: {
        base: '/',
        immutable: [],
        ...(words.some((word) => /^(-s|--single|--spa)$/.test(word)) && { fallback: '/index.html' }),
      },
      build: { outputs: [] },
      notes: [],
    };
  }
  return undefined;
}
