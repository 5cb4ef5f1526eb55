import type { Place } from '@msb/core';
import { isKnownScript } from '../native.ts';
import type { LockedPackage } from './manager.ts';

/** One package of a lockfile that does not say which packages are for development, or run a script. */
export interface LockNode {
  readonly name: string;
  readonly place: Place;
  /** Keys of what it depends on. */
  readonly dependencies: readonly string[];
  /** Whether there is another one for another CPU or C library. */
  readonly platformBound: boolean;
  readonly bins: readonly string[];
}

/** What has its machine code in its own package, for all systems, and is compiled on none of the usual ones. */
const prebuilders = new Set(['node-gyp-build', 'node-gyp-build-optional-packages', 'pkg-prebuilds']);

/** Packages that others need to compile or to find machine code, and for nothing else. */
const builders = new Set([
  '@mapbox/node-pre-gyp',
  'bindings',
  'nan',
  'node-addon-api',
  'node-gyp-build',
  'node-pre-gyp',
  'prebuild-install',
]);

/** What traces the machine code of others, and has none. */
const tracers = new Set(['@vercel/nft']);

/**
 * Whether a package that depends on `dependencies` is compiled when it is installed: always, or where the binary that it
 * downloads is not to be had (`node-pre-gyp install --fallback-to-build`, `prebuild-install || node-gyp rebuild`).
 */
export const compiles = (dependencies: readonly string[]): boolean =>
  dependencies.some((name) => builders.has(name)) && !dependencies.some((name) => prebuilders.has(name));

/** The names that the programs of a package usually have, where a lockfile does not say: `fastify-cli` brings `fastify`. */
export const usualBins = (name: string): readonly string[] => [
  name.split('/').at(-1) ?? name,
  name.replace(/^@([^/]+)\/cli$|-cli$/, '$1'),
];

/** Addons that are installed on other systems only, which the lockfile of Yarn 1 does not say. */
const elsewhere = new Set(['fsevents']);

/**
 * The packages of a lockfile as it is drawn from package.json: those that `production` (keys of `nodes`) leads to ship.
 * `hoisted` tells whether a package lies in the top folder of node_modules.
 */
export function lockedPackages(
  nodes: ReadonlyMap<string, LockNode>,
  production: readonly string[],
  hoisted: (key: string) => boolean,
): readonly LockedPackage[] {
  const shipped = reached(nodes, production);
  const here = [...nodes].filter(([, { name }]) => !elsewhere.has(name));
  return here.map(([key, { dependencies, ...node }]) => {
    const names = tracers.has(node.name) ? [] : dependencies.map((other) => nodes.get(other)?.name ?? '');
    return {
      ...node,
      dev: !shipped.has(key),
      hoisted: hoisted(key),
      installScript: isKnownScript(node.name) || names.some((name) => builders.has(name)),
      ...(compiles(names) && { compiles: true }),
    };
  });
}

/** All keys that `from` leads to. */
function reached(nodes: ReadonlyMap<string, LockNode>, from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const node = nodes.get(key);
    if (node === undefined || found.has(key)) continue;
    found.add(key);
    open.push(...node.dependencies);
  }
  return found;
}
