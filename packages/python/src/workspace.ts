import {
  at,
  foldersAbove,
  ignoreMatcher,
  itemsOf,
  join,
  type Member,
  type Project,
  Project as ProjectView,
  readToml,
  relative,
  textAt,
  type Workspace,
} from '@msb/core';
import { pyprojectFile, readPyproject } from './pyproject.ts';
import { ownSources } from './sources.ts';

/** The table that makes a project the root of a workspace: https://docs.astral.sh/uv/concepts/projects/workspaces/ */
const table = (root: Project): unknown =>
  root.has(pyprojectFile) ? at(readToml(root, pyprojectFile), 'tool', 'uv', 'workspace') : undefined;

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

/** The folders of all members, the root first where it is one itself; nothing where the folder is no root. */
export function memberFolders(root: Project): readonly string[] {
  const settings = table(root);
  if (settings === undefined) return [];
  const patterns = (key: string): readonly string[] =>
    itemsOf(at(settings, key)).filter((item) => typeof item === 'string');
  const excluded = ignoreMatcher(patterns('exclude').join('\n'));
  const found = patterns('members').flatMap((pattern) => expand(root, pattern));
  const own = at(readToml(root, pyprojectFile), 'project') === undefined ? [] : [''];
  return [
    ...own,
    ...new Set(found.filter((folder) => folder !== '' && !excluded(folder) && root.has(join(folder, pyprojectFile)))),
  ];
}

/** Whether something in a member looks like what is started, and not like a library of the others. */
function isProgram(member: Project): boolean {
  const { value } = readPyproject(member);
  if (at(value, 'project', 'scripts') !== undefined || ['Procfile', 'manage.py'].some((file) => member.has(file)))
    return true;
  const lines = [
    /^\w+\s*(?::\s*\w+\s*)?=\s*(?:FastAPI|Flask|Starlette|Litestar|Quart|Sanic|Celery)\(/,
    /^if\s+__name__\s*==\s*["']__main__["']/,
  ];
  return (
    ownSources(member).some((file) => file.endsWith('__main__.py')) ||
    member.search(ownSources(member), lines) !== undefined
  );
}

/** The members of a workspace, of which the image is for one. */
export function workspaceOf(root: Project): Workspace | undefined {
  const folders = memberFolders(root);
  if (folders.length === 0) return undefined;
  const members = folders.map((folder): Member => {
    const member = new ProjectView(root.tree, join(root.folder, folder));
    const name = textAt(readPyproject(member).value, 'project', 'name') ?? folder;
    // the sources of the root are its own ones: those of the others are not
    return { folder, name, program: folder === '' ? rootIsProgram(root, folders) : isProgram(member) };
  });
  return { place: readPyproject(root).place('workspace'), members };
}

const rootIsProgram = (root: Project, folders: readonly string[]): boolean =>
  at(readPyproject(root).value, 'project', 'scripts') !== undefined ||
  ownSources(root).some(
    (file) =>
      !folders.some((folder) => folder !== '' && file.startsWith(`${folder}/`)) &&
      /(^|\/)(main|app|__main__)\.py$/.test(file),
  );

/** The folder of the workspace that a project is a member of, which has the lockfile; else its own. */
export function contextOf(project: Project): string {
  const above = foldersAbove(project.folder).find((folder) =>
    memberFolders(new ProjectView(project.tree, folder)).includes(relative(folder, project.folder)),
  );
  return above ?? project.folder;
}
