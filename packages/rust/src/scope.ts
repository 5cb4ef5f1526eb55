import { at, commonFolder, foldersAbove, join, Project, readToml, relative, textAt } from '@msb/core';
import { readsBeyond } from './beyond.ts';
import { closure, readWorkspace } from './workspace.ts';

/**
 * The project as Cargo sees it: from the root of its workspace, which lies in the project's folder or in one above
 * (https://doc.rust-lang.org/cargo/reference/workspaces.html). Throws `broken-file`.
 */
export const workspaceView = (project: Project): Project =>
  new Project(project.tree, workspaceFolder(project), project.context);

function workspaceFolder({ tree, folder }: Project): string {
  const own = new Project(tree, folder);
  if (!own.has('Cargo.toml')) return folder;
  const value = readToml(own, 'Cargo.toml');
  if (at(value, 'workspace') !== undefined) return folder;
  const named = textAt(value, 'package', 'workspace');
  const above = named === undefined ? foldersAbove(folder) : [join(folder, named)];
  return above.find((root) => hasMember(new Project(tree, root), relative(root, folder))) ?? folder;
}

function hasMember(root: Project, folder: string): boolean {
  if (!root.has('Cargo.toml') || at(readToml(root, 'Cargo.toml'), 'workspace') === undefined) return false;
  return readWorkspace(root).members.some(({ cargo }) => cargo.folder === folder);
}

/** The build context: the folder that holds the workspace, every package that it depends on by path, and what they read. */
export function contextOf(project: Project): string {
  if (!project.has('Cargo.toml')) return project.folder;
  const root = workspaceView(project);
  const workspace = readWorkspace(root);
  const folders = workspace.packages.map(({ cargo }) => join(root.folder, cargo.folder));
  const member = workspace.members.find(({ cargo }) => join(root.folder, cargo.folder) === project.folder);
  const read = readsBeyond(root, member ? closure(workspace, member) : workspace.packages, workspace)
    .map((path) => join(root.folder, path))
    .map((path) => (project.tree.isFile(path) ? join(path, '..') : path));
  return commonFolder([project.folder, root.folder, ...folders, ...read]);
}
