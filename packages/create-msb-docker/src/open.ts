import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DiskTree, type Ecosystem, normalize, Project } from '@msb/core';

/** A project on disk: a tree that is its build context, and its folder in there. */
export interface Opened {
  readonly tree: DiskTree;
  readonly folder: string;
}

/** Opens a folder as far up as its build needs: a package of a workspace is built from the root of that. */
export function openProject(tree: DiskTree, ecosystem: Ecosystem): Opened {
  const reach = new DiskTree(repository(tree.root));
  const folder = normalize(relative(reach.root, tree.root));
  const context = ecosystem.context?.(new Project(reach, folder)) ?? folder;
  if (context === folder) return { tree, folder: '' };
  const opened = new DiskTree(join(reach.root, context));
  return { tree: opened, folder: normalize(relative(opened.root, tree.root)) };
}

/** The folder of the repository that a folder is in, or the top of the disk: nothing above can be part of a build. */
function repository(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? folder : repository(parent);
}
