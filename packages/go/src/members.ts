import { join, type Member, MsbError, Project, type Workspace } from '@msb/core';
import { findMains, isHelper } from './mains.ts';
import { moduleName } from './modfile.ts';
import { readWork } from './workspace.ts';

/**
 * The modules of a folder's go.work. Where the folder is a module itself, an image is for that one unless another is
 * named; else, and where only others have a program that ships, for one of those.
 */
export function goWorkspace(root: Project): Workspace | undefined {
  if (!root.has('go.work')) return undefined;
  const members = [...readWork(root, root.folder).members].map(([module, path]) => ({
    name: moduleName(module),
    folder: new Project(root.tree, root.folder, path).up,
  }));
  const shipping = new Set(members.flatMap(({ folder }) => (ships(root, folder) ? [folder] : [])));
  const own = root.has('go.mod') && (shipping.size === 0 || ships(root, ''));
  const found = members.map(({ name, folder }): Member => {
    const unique = members.filter((other) => other.name === name).length === 1;
    return { folder, name: unique ? name : folder, program: own ? folder === '' : shipping.has(folder) };
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
