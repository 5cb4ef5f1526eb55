import { at } from '@msb/core';
import { addons } from './addons.ts';
import type { PackageJson } from './package-json.ts';
import type { LockedPackage } from './package-managers/manager.ts';

/**
 * Packages whose install script a program does not need: it prints an appeal, checks something, or makes what is
 * optional. Tried with `--ignore-scripts` on npm 11 and 12: esbuild and @swc/core find their binary without it.
 */
const idleScripts = new Set([
  '@nestjs/core',
  '@parcel/watcher', // it compiles only where npm_config_build_from_source asks for it
  '@scarf/scarf',
  '@swc/core',
  'core-js',
  'core-js-bundle',
  'core-js-pure',
  'es5-ext',
  'esbuild',
  'nx',
  'protobufjs',
  'styled-components',
]);

/**
 * Packages for tests whose install script downloads a browser, or a program that drives one: hundreds of megabytes from
 * beside the registry, none of which a build uses.
 */
const downloaders = new Set(['chromedriver', 'cypress', 'edgedriver', 'geckodriver']);

/** The same of packages that a program may use, too: an image has the browser of its own system. */
const browsers = new Set(['playwright-chromium', 'playwright-firefox', 'playwright-webkit', 'puppeteer']);

/** Whether an install script had better not run: it downloads a browser, or what drives one in tests. */
export const isBrowserDownload = ({ name, dev, installScript }: LockedPackage): boolean =>
  installScript && (browsers.has(name) || (dev && downloaders.has(name)));

/** The same where no lockfile says what is installed: of what package.json itself asks for. */
export const asksForDownload = ({ production, development }: PackageJson): boolean =>
  [...development.keys()].some((name) => browsers.has(name) || downloaders.has(name)) ||
  [...production.keys()].some((name) => browsers.has(name));

/** Whether a package is known to run a script, which a lockfile need not say. */
export const isKnownScript = (name: string): boolean => isKnownAddon(name) || browsers.has(name);

/** Whether a package is known to hold machine code, which a lockfile need not say. */
export const isKnownAddon = (name: string): boolean => addons.has(name);

/** What the shipped dependencies ask of the platform. */
export interface NativeParts {
  /** Whether they have to be installed where they will run: they hold machine code, or nobody knows. */
  readonly platformBound: boolean;
  /** Packages whose install script has to run. */
  readonly scripts: readonly LockedPackage[];
  /** Commands that fail when a known addon does not load. */
  readonly probes: readonly string[];
  /** Packages that an installation may have to compile, so that it needs a compiler. */
  readonly compiled: readonly LockedPackage[];
}

/** Looks for machine code among the packages that ship. `"allowScripts": {"x": false}` in package.json is respected. */
export function nativeParts(packages: readonly LockedPackage[] | undefined, manifest: PackageJson): NativeParts {
  const shipped = packages?.filter(({ dev }) => !dev) ?? guessed(manifest);
  const denied = (name: string): boolean => at(manifest.json.value, 'allowScripts', name) === false;
  const scripts = shipped.filter(
    (found) => found.installScript && !idleScripts.has(found.name) && !isBrowserDownload(found) && !denied(found.name),
  );
  const bound = shipped.some(({ platformBound }) => platformBound);
  const hoisted = new Set(shipped.filter(({ hoisted }) => hoisted).map(({ name }) => name));
  const known = [...addons].filter(([name]) => hoisted.has(name));
  return {
    platformBound: packages === undefined || bound || scripts.length > 0,
    scripts: unique(scripts),
    probes: known.flatMap(([, { probe }]) => (probe === undefined ? [] : [`node -e "${probe}"`])),
    compiled: unique(scripts.filter((found) => isCompiled(found, manifest))),
  };
}

/** Of what is known, the table says it; of the rest, its own dependencies do. */
function isCompiled({ name, compiles = false }: LockedPackage, manifest: PackageJson): boolean {
  const known = addons.get(name);
  return known ? (known.compiles?.(rangeOf(manifest, name)) ?? false) : compiles;
}

const unique = (packages: readonly LockedPackage[]): readonly LockedPackage[] =>
  packages.filter(({ name }, index) => packages.findIndex((other) => other.name === name) === index);

const rangeOf = ({ production, development }: PackageJson, name: string): string =>
  (production.get(name) ?? development.get(name))?.spec ?? '';

/** Without a lockfile: direct dependencies that are known to be addons. */
const guessed = ({ production }: PackageJson): readonly LockedPackage[] =>
  [...production.values()]
    .filter(({ name }) => isKnownAddon(name))
    .map(({ name, place }) => ({
      name,
      place,
      dev: false,
      hoisted: true,
      installScript: true,
      platformBound: true,
      bins: [],
    }));
