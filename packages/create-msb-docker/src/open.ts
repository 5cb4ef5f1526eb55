import { existsSync } from 'node:fs';
import { dirname, join, parse, relative } from 'node:path';
import { DiskTree, type Ecosystem, type GivenOptions, normalize, Project, readRecord } from '@msb/core';

/** A project on disk: a tree that is its build context, and its folder in there. */
export interface Opened {
  readonly tree: DiskTree;
  readonly folder: string;
}

/**
 * Opens a folder as far up as its build needs: a package of a workspace is built from the root of that. `whole` opens
 * the whole repository, for files that have to lie at its top.
 */
export function openProject(tree: DiskTree, ecosystem: Ecosystem, whole = false): Opened {
  const top = repository(tree.root);
  const reach = new DiskTree(top ?? parse(tree.root).root);
  const folder = normalize(relative(reach.root, tree.root));
  if (whole && top !== undefined) return { tree: reach, folder };
  const context = ecosystem.context?.(new Project(reach, folder)) ?? folder;
  if (context === folder) return { tree, folder: '' };
  const opened = new DiskTree(join(reach.root, context));
  return { tree: opened, folder: normalize(relative(opened.root, tree.root)) };
}

/**
 * Whether a run makes files for the whole repository: a flag says so, or the record of the last run. The record lies with
 * the package that the image is for: `member`, or any of the workspace where that is not known yet.
 */
export function needsWhole(tree: DiskTree, ecosystem: Ecosystem, given: GivenOptions, member?: string): boolean {
  if (given.ci !== undefined) return true;
  const here = new Project(tree);
  const members = ecosystem.workspace?.(here)?.members ?? [];
  const meant = members.filter(
    ({ name, folder }) => member === undefined || name === member || folder === normalize(member),
  );
  const projects = [here, ...meant.map(({ folder }) => new Project(tree, folder))];
  return projects.some((project) => readRecord(project)?.options.ci !== undefined);
}

/** The folder of the repository that a folder is in; `undefined` when it is in none. */
function repository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repository(parent);
}
