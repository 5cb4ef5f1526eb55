import type { Home } from './home.ts';
import { isInside, reaches } from './reaches.ts';

/** Files at the root that no build reads. */
const idle =
  /^(?:README|LICEN[CS]E|CHANGELOG|CONTRIBUTING|CODEOWNERS|NOTICE)|\.(?:md|log|txt)$|^Dockerfile|^(?:docker-)?compose.*\.ya?ml$|^docker-bake|^Makefile$|^Procfile$/i;

/**
 * Files at the root of the workspace that a build may read: the manifest, the lockfile, the settings of tools. Each is
 * named, as a pattern would take in the other packages. `files` are those of the package manager.
 */
export function rootFiles({ root, built }: Home, files: readonly string[]): readonly string[] {
  const own = new Set(files.filter((file) => root.project.has(file)));
  const plain = root.project
    .list()
    .filter((name) => root.project.has(name) && !name.startsWith('.') && !idle.test(name) && !own.has(name));
  const beside = built.flatMap((item) => reaches(item)).filter((path) => root.project.has(path) && !path.includes('/'));
  return [...new Set(['package.json', ...own, ...plain, ...beside])];
}

/** The same for folders, and for files that lie deeper. */
export function rootFolders({ root, built }: Home, files: readonly string[]): readonly string[] {
  const inside = (path: string): boolean => built.some((item) => isInside(item, path));
  const folders = files.filter((file) => root.project.exists(file) && !root.project.has(file));
  const deep = built
    .flatMap((item) => reaches(item))
    .filter((path) => path.includes('/') && root.project.has(path) && !inside(path));
  return [...new Set([...folders, ...deep])].sort();
}
