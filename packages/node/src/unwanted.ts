import type { Project } from '@msb/core';
import { homeOf } from './workspaces/home.ts';
import { readInstallation } from './workspaces/installation.ts';

/** Programs that install packages, wherever they lie. */
const managers =
  /(^|\/)bin\/(npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)$|(^|\/)node_modules\/(npm|pnpm|yarn|corepack|@yarnpkg\/cli-dist)\/package\.json$/;

/** What a compiler leaves beside what node runs, or has read already. */
const compiled = /^(?:app|srv)\/(?!(?:.*\/)?node_modules\/).*(?:\.[cm]?tsx?|\.(?:[cm]?js|css)\.map|\.tsbuildinfo)$/;

/** The package that a file of node_modules belongs to. */
const packageOf = (path: string): string | undefined =>
  /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\/package\.json$/.exec(path)?.[1];

/** Packages that are there for development only, as far as the lockfile says so. */
function forDevelopment(project: Project): ReadonlySet<string> {
  const home = homeOf(project);
  const { packages = [] } = readInstallation(home, undefined).dependencies;
  const asked = [home.root, ...home.built].flatMap(({ manifest }) => [...manifest.development.keys()]);
  const shipped = new Set([
    ...packages.filter(({ dev }) => !dev).map(({ name }) => name),
    ...home.shipped.flatMap(({ manifest }) => [...manifest.production.keys()]),
  ]);
  const names = [...asked, ...packages.filter(({ dev }) => dev).map(({ name }) => name)];
  return new Set(names.filter((name) => !shipped.has(name)));
}

/**
 * Files of an image that no image of a Node project should have: a package manager, a dependency for development, and
 * sources or source maps beside what was made of them, unless the program is started from its sources.
 */
export function unwantedFiles(
  files: readonly string[],
  command: readonly string[],
  project: Project,
): readonly string[] {
  const development = forDevelopment(project);
  const fromSources = command.some((word) => /\.[cm]?tsx?$/.test(word));
  return files.filter(
    (path) =>
      managers.test(path) ||
      development.has(packageOf(path) ?? '') ||
      (!fromSources && compiled.test(path) && !command.includes('--enable-source-maps')),
  );
}
