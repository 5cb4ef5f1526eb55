import type { StartContext } from './context.ts';

/** Programs that start others, watch files or compile on the fly: none of them belongs into an image. */
const launchers = new Set(
  `babel-node concurrently dotenv env-cmd forever nest node-dev nodemon npm-run-all nps nx pm2 pm2-dev pm2-runtime
  react-scripts run-p run-s serverless supervisor tsnd ts-node ts-node-dev ts-node-esm turbo vite wait-on`.split(/\s+/),
);

/** Where a program of a production dependency lies; `undefined` where none brings it, or it is for developers. */
export function binOf(context: StartContext, name: string): string | undefined {
  return launchers.has(name) || !/^[\w.-]+$/.test(name) || !ships(context, name)
    ? undefined
    : `node_modules/.bin/${name}`;
}

/** Whether a production dependency brings a program; without a lockfile, its usual names decide. */
function ships({ packages, manifest }: StartContext, bin: string): boolean {
  if (packages === undefined) return [bin, `${bin}-cli`, `@${bin}/cli`].some((name) => manifest.production.has(name));
  return packages.some((found) => found.hoisted && !found.dev && found.bins.includes(bin));
}
