import { at, foldersAbove, itemsOf, join, type Place, Project, textAt, type Value } from '@msb/core';
import { type PackageJson, readPackageJson } from '../package-json.ts';
import { readIndented } from '../package-managers/indented.ts';
import { lockfileOf } from '../package-managers/select.ts';
import { packageFolders } from './folders.ts';
import { contextWithLocals } from './local.ts';

/** One package of a workspace, or a project that is alone. */
export interface Package {
  readonly project: Project;
  /** Its folder, relative to that of the workspace; `''` is the same. */
  readonly folder: string;
  readonly name: string;
  readonly manifest: PackageJson;
}

/** Packages under one lockfile. */
export interface Packages {
  /** The package of the folder itself, which has the lockfile. */
  readonly root: Package;
  /** The others. */
  readonly members: readonly Package[];
  /** What names them. */
  readonly place: Place;
}

const pnpmFile = 'pnpm-workspace.yaml';

const texts = (value: Value): readonly string[] => itemsOf(value).filter((item) => typeof item === 'string');

/** The patterns that name the members, and where: pnpm has a file of its own for them. */
function patternsOf(root: Project, { json, place }: PackageJson): readonly [string[], Place] {
  if (root.has(pnpmFile)) {
    const file = readIndented(root, pnpmFile);
    const line = file.line('packages');
    const own = texts(at(file.value, 'packages')).filter((pattern) => pattern !== '.');
    if (own.length > 0) return [own, { file: pnpmFile, ...(line !== undefined && { line }) }];
  }
  const field = at(json.value, 'workspaces');
  return [[...texts(field), ...texts(at(field, 'packages'))], place('workspaces')];
}

const packageAt = (project: Project, folder: string): Package => {
  const manifest = readPackageJson(project);
  return { project, folder, manifest, name: textAt(manifest.json.value, 'name') ?? folder };
};

/** The packages of the workspace whose folder this is; `undefined` when it is none. Throws `broken-file`. */
export function readPackages(root: Project): Packages | undefined {
  if (!root.has('package.json')) return undefined;
  const own = packageAt(root, '');
  const [patterns, place] = patternsOf(root, own.manifest);
  if (patterns.length === 0) return undefined;
  const inside = (folder: string): Project => new Project(root.tree, join(root.folder, folder), root.folder);
  const folders = packageFolders(root, patterns).filter((folder) => folder !== '');
  if (folders.length === 0) return undefined;
  return { root: own, place, members: folders.map((folder) => packageAt(inside(folder), folder)) };
}

/**
 * The folder of the workspace that a package is a member of: the nearest above it. A package with a lockfile of its own is
 * installed by itself.
 */
export function workspaceFolder(project: Project): string {
  if (lockfileOf(project) !== undefined) return project.folder;
  const holds = (above: string): boolean =>
    readPackages(new Project(project.tree, above))?.members.some(
      ({ project: member }) => member.folder === project.folder,
    ) === true;
  return foldersAbove(project.folder).find(holds) ?? project.folder;
}

/**
 * The folder that a package is built from: that of its workspace, or the one that also holds what a package outside of
 * any workspace takes from folders beside it.
 */
export function contextOf(project: Project): string {
  const own = workspaceFolder(project);
  if (own !== project.folder || !project.has('package.json')) return own;
  return contextWithLocals(project, own, true);
}
