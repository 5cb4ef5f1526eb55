import type { Project, Workspace } from '@msb/core';
import { frameworks } from '../frameworks/index.ts';
import { dependsOn } from '../package-json.ts';
import { developmentScripts, productionScripts } from '../start/names.ts';
import { shellSteps } from '../start/words.ts';
import { type Package, type Packages, readPackages } from './workspace.ts';

export { contextOf } from './workspace.ts';

/** The packages of a workspace, for the choice of one. Throws `broken-file`. */
export function workspaceOf(root: Project): Workspace | undefined {
  const packages = readPackages(root);
  if (packages === undefined) return undefined;
  const { members, place } = packages;
  const started = startedByRoot(packages, productionScripts) ?? startedByRoot(packages, developmentScripts);
  const others = members.map((item) => ({
    folder: item.folder,
    name: item.name,
    program: item === started || isProgram(item, members),
    ...(item === started && { first: true }),
  }));
  const name = packages.root.name || '.';
  const own = {
    folder: '',
    name,
    program: started === undefined && isApp(packages.root),
    ...(started === undefined && startsItself(packages.root) && { first: true }),
  };
  return { place, members: [own, ...others] };
}

/** Folders and files that a framework's sources are in. */
const sources = ['src', 'app', 'pages', 'routes', 'public', 'index.html'];

/**
 * Whether the package with the lockfile is a program itself: its scripts alone may be about the others, and so may its
 * dependencies, where all packages take theirs from it.
 */
const isApp = (root: Package): boolean =>
  startsItself(root) ||
  (sources.some((path) => root.project.exists(path)) &&
    frameworks.some(({ packages }) => packages.some((marker) => root.manifest.production.has(marker))));

/** `"start": "node server.js"`, with variables in front. */
const startsItself = ({ manifest }: Package): boolean =>
  /^(?:\S+=\S+ )*node \S/.test(manifest.scripts.get('start')?.text ?? '');

/**
 * The one package that scripts of the root start: `npm start -w api`, `pnpm --filter=./apps/api start`, `cd apps/api && …`,
 * `node apps/api/server.js`.
 */
function startedByRoot({ root, members }: Packages, scripts: readonly string[]): Package | undefined {
  const words = scripts.flatMap((name) => shellSteps(root.manifest.scripts.get(name)?.text ?? '').steps.flat());
  const named = new Set(words.map((word) => word.replace(/^-[-\w]*=/, '').replace(/^\.\/|\/$|\.{3}$/g, '')));
  const inside = (folder: string): boolean => [...named].some((word) => word.startsWith(`${folder}/`));
  const [started, second] = members.filter(
    ({ name, folder }) => named.has(name) || named.has(folder) || inside(folder),
  );
  return second === undefined ? started : undefined;
}

/** Something that is started or served: nobody depends on it, and it has a script to start it or a framework. */
function isProgram({ name, manifest }: Package, members: readonly Package[]): boolean {
  if (members.some((other) => dependsOn(other.manifest, name))) return false;
  const starts = productionScripts.some((script) => manifest.scripts.has(script));
  return starts || frameworks.some(({ packages }) => packages.some((marker) => dependsOn(manifest, marker)));
}
