import { at, foldersAbove, ignoreMatcher, itemsOf, join, Project, readToml, relative, textAt } from '@msb/core';
import { normalized } from '../names.ts';
import { pyprojectFile, readPyproject } from '../pyproject.ts';

/** The tools that have workspaces, and the table of each. */
const tables: Readonly<Record<WorkspaceKind, readonly string[]>> = {
  // https://docs.astral.sh/uv/concepts/projects/workspaces/
  uv: ['tool', 'uv', 'workspace'],
  // https://pdm-project.org/latest/usage/workspace/
  pdm: ['tool', 'pdm', 'workspace'],
  // https://hatch.pypa.io/latest/how-to/environment/workspace/
  hatch: ['tool', 'hatch', 'envs', 'default', 'workspace'],
};

/** A tool that has workspaces. */
export type WorkspaceKind = 'uv' | 'pdm' | 'hatch';

/** The packages under one root. */
export interface Members {
  readonly kind: WorkspaceKind;
  /** Their folders, from the root, which is `''` itself where it is a project. */
  readonly folders: readonly string[];
}

/** The members of the workspace that a folder is the root of. */
export function membersOf(root: Project): Members | undefined {
  if (!root.has(pyprojectFile)) return undefined;
  const value = readToml(root, pyprojectFile);
  for (const [kind, path] of Object.entries(tables)) {
    const table = at(value, ...path);
    if (table === undefined) continue;
    const excluded = ignoreMatcher(patternsAt(table, 'exclude').join('\n'));
    const found = patternsAt(table, 'members').flatMap((pattern) => expand(root, pattern));
    const own = at(value, 'project') === undefined ? [] : [''];
    const members = found.filter(
      (folder) => folder !== '' && !excluded(folder) && root.has(join(folder, pyprojectFile)),
    );
    return { kind: kind as WorkspaceKind, folders: [...own, ...new Set(members)] };
  }
  return undefined;
}

/** Hatch has members that say more than their path. */
const patternsAt = (table: unknown, key: string): readonly string[] =>
  itemsOf(at(table, key)).flatMap((item) => (typeof item === 'string' ? item : (textAt(item, 'path') ?? [])));

/** The folders that a pattern of members stands for: `packages/*`. */
function expand(root: Project, pattern: string): readonly string[] {
  let found: readonly string[] = [''];
  for (const part of pattern.split('/').filter((name) => name !== '' && name !== '.')) {
    const regexp = new RegExp(
      `^${part
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '.')}$`,
    );
    found = found.flatMap((folder) =>
      root
        .list(folder)
        .filter((name) => regexp.test(name) && !name.startsWith('.'))
        .map((name) => join(folder, name)),
    );
  }
  return found;
}

/** The workspace that a project is a member of, or the root of. */
export interface Belonging extends Members {
  readonly root: Project;
}

/** Looks for the workspace of a project, in its folder and those above. */
export function workspaceAround(project: Project): Belonging | undefined {
  for (const folder of [project.folder, ...foldersAbove(project.folder)]) {
    const root = folder === project.context ? project.root : new Project(project.tree, folder, project.context);
    const members = membersOf(root);
    if (members?.folders.includes(relative(folder, project.folder))) return { ...members, root };
    // a root that is no project of its own is one to itself
    if (members !== undefined && folder === project.folder) return { ...members, root };
  }
  return undefined;
}

/** The folders of all members by their names, as the project sees them. */
export function memberFolders(project: Project): ReadonlyMap<string, string> {
  const around = workspaceAround(project);
  if (around === undefined) return new Map();
  return new Map(
    around.folders.map((folder) => {
      const member = new Project(project.tree, join(around.root.folder, folder));
      return [
        normalized(textAt(readPyproject(member).value, 'project', 'name') ?? folder),
        relative(project.folder, member.folder),
      ];
    }),
  );
}
