import { join } from '@msb/core';
import type { Home } from './home.ts';
import type { Package } from './workspace.ts';

/** Files at the root that no build reads. */
const idle =
  /^(?:README|LICEN[CS]E|CHANGELOG|CONTRIBUTING|CODEOWNERS|NOTICE)|\.(?:md|log|txt)$|^Dockerfile|^(?:docker-)?compose.*\.ya?ml$|^docker-bake|^Makefile$|^Procfile$/i;

/** Configurations in which a path may lead out of the package. */
const configurations = /(?:^|\/)(?:tsconfig[\w.-]*\.json|[\w.-]+\.config\.[cm]?[jt]s|\.[\w-]+rc(?:\.[cm]?js|\.json)?)$/;

/**
 * Files at the root of the workspace that a build may read: the manifest, the lockfile, the settings of tools. Each is
 * named, as a pattern would take in the other packages. `files` are those of the package manager.
 */
export function rootFiles({ root, built }: Home, files: readonly string[]): readonly string[] {
  const own = new Set(files.filter((file) => root.project.has(file)));
  const plain = root.project
    .list()
    .filter((name) => root.project.has(name) && !name.startsWith('.') && !idle.test(name) && !own.has(name));
  const beside = built.flatMap(reaches).filter((path) => root.project.has(path) && !path.includes('/'));
  return [...new Set(['package.json', ...own, ...plain, ...beside])];
}

/** The same for folders, and for files that lie deeper. */
export function rootFolders({ root, built }: Home, files: readonly string[]): readonly string[] {
  const inside = (path: string): boolean =>
    built.some(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  const folders = files.filter((file) => root.project.exists(file) && !root.project.has(file));
  const deep = built.flatMap(reaches).filter((path) => path.includes('/') && root.project.has(path) && !inside(path));
  return [...new Set([...folders, ...deep])].sort();
}

/** Paths of the workspace that the configurations of a package lead to: `"extends": "../../config/tsconfig.json"`. */
function reaches({ project, folder }: Package): readonly string[] {
  const files = project.list().filter((name) => configurations.test(name));
  const hits = [...project.matches(files, /["'](?:\.\.\/)+[\w@./-]+["']/)];
  return hits
    .flatMap(({ match }) => [...match.input.matchAll(/["']((?:\.\.\/)+[\w@./-]+)["']/g)].map((found) => found[1] ?? ''))
    .map((path) => join(folder, path))
    .flatMap((path) => [path, `${path}.json`])
    .filter((path) => !path.startsWith('..'));
}
