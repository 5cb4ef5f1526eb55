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

/** Folders that are made anew, or whose packages come along by themselves. */
const ownFolders = /^(?:node_modules|dist|build|out|coverage|\.git)(?:\/|$)/;

/** Files outside of the packages that the configurations and the builds of packages lead to: no pattern drops them. */
export const reachedFiles = ({ root, built, workspace }: Home): readonly string[] =>
  workspace === undefined
    ? []
    : [...new Set(built.flatMap((item) => reaches(item, false)).filter((path) => root.project.has(path)))];

/**
 * The same for folders, and for files that lie deeper: content that a site next to it shows (`path: '../../docs'`), not
 * folders of packages.
 */
export function rootFolders({ root, built, workspace }: Home, files: readonly string[]): readonly string[] {
  const inside = (path: string): boolean => built.some((item) => isInside(item, path));
  const folders = files.filter((file) => root.project.exists(file) && !root.project.has(file));
  const deep = built
    .flatMap((item) => reaches(item))
    .filter((path) => path.includes('/') && root.project.has(path) && !inside(path));
  const members = [...(workspace?.members ?? []), ...built];
  const content = built
    .flatMap((item) => reaches(item, false))
    .filter((path) => path !== '' && root.project.list(path).length > 0 && !ownFolders.test(path))
    .filter((path) => !members.some((item) => isInside(item, path) || item.folder.startsWith(`${path}/`)));
  const all = [...new Set([...folders, ...deep, ...content])].sort();
  return all.filter((path) => !content.some((folder) => path.startsWith(`${folder}/`)));
}
