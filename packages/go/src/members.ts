import { join, type Member, MsbError, Project, type Workspace } from '@msb/core';
import { findMains, isHelper } from './mains.ts';
import { moduleName } from './modfile.ts';
import { readWork } from './workspace.ts';

/**
 * The modules of a folder's go.work. Where the folder is a module itself, an image is for that one unless another is
 * named; else for one of those that have a program.
 */
export function goWorkspace(root: Project): Workspace | undefined {
  if (!root.has('go.work')) return undefined;
  const { members } = readWork(root, root.folder);
  const own = root.has('go.mod');
  const names = [...members.keys()].map(moduleName);
  const found = [...members].map(([module, path]): Member => {
    const folder = new Project(root.tree, root.folder, path).up;
    const name = moduleName(module);
    const unique = names.filter((other) => other === name).length === 1;
    return { folder, name: unique ? name : folder, program: own ? folder === '' : ships(root, folder) };
  });
  const missing = own && !found.some(({ folder }) => folder === '');
  const alone = { folder: '', name: '.', program: true };
  return { place: { file: 'go.work' }, members: missing ? [alone, ...found] : found };
}

/** Whether a module has a program that is for more than its developers. */
function ships(root: Project, folder: string): boolean {
  const project = new Project(root.tree, join(root.folder, folder));
  try {
    return findMains(project).some((main) => !isHelper({ ...main, path: join(folder, main.path) }));
  } catch (error) {
    if (error instanceof MsbError) return false; // a library
    throw error;
  }
}
