import type { PackageJson } from '../package-json.ts';
import type { StartContext } from './context.ts';
import { productionScripts } from './names.ts';
import { tryScript } from './scripts.ts';

/** A file of the project that is run, by node or by what starts it: `nodemon server.js`. */
const runsFile =
  /(?:^|[\s;&|'"])(?:node|nodemon|tsx|ts-node|bun|pm2|pm2-runtime)\s(?:[^;&|]*\s)?(?!\S*node_modules)[\w./-]+\.[cm]?[jt]s\b/;

/** Servers that bundlers bring for developers, beside which a server of the project's own is a stand-in for the real one. */
const developerServer = /\b(?:vite|webpack(?:-dev-server)?|react-scripts|ng|vue-cli-service|astro|parcel)\b(?! build)/;

/**
 * Whether a script that is for production starts a server of the project's own, such as one that hands out what a
 * bundler made, and answers other requests besides. What a dependency brings, such as `serve -s build`, is none.
 */
export function startsOwnServer(context: StartContext): boolean {
  return productionScripts.some((name) => {
    const attempt = tryScript({ ...context, runners: true }, name);
    if (attempt && 'start' in attempt) return !attempt.start.fromDependency && isOwn(attempt.start.entry);
    return runsOwnFile(context.manifest, name);
  });
}

const isOwn = (entry: string): boolean => !entry.startsWith('node_modules/');

function runsOwnFile({ scripts }: PackageJson, name: string): boolean {
  const text = scripts.get(name)?.text ?? '';
  return runsFile.test(text) && !developerServer.test(text);
}
