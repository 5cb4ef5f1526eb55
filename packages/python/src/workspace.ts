import { at, join, type Member, type Project, Project as ProjectView, textAt, type Workspace } from '@msb/core';
import { membersOf } from './local/members.ts';
import { readPyproject } from './pyproject.ts';
import { ownSources } from './sources.ts';

/** Whether something in a member looks like what is started, and not like a library of the others. */
function isProgram(member: Project): boolean {
  const { value } = readPyproject(member);
  if (at(value, 'project', 'scripts') !== undefined || ['Procfile', 'manage.py'].some((file) => member.has(file)))
    return true;
  const lines = [
    /^\w+\s*(?::\s*\w+\s*)?=\s*(?:FastAPI|Flask|Starlette|Litestar|Quart|Sanic|Celery)\(/,
    /^\w+\s*(?::\s*\w+\s*)?=\s*(?:create_app|make_app|get_app|build_app|create_application|get_application)\(/,
    /^if\s+__name__\s*==\s*["']__main__["']/,
  ];
  return (
    ownSources(member).some((file) => file.endsWith('__main__.py')) ||
    member.search(ownSources(member), lines) !== undefined
  );
}

/** The members of a workspace, of which the image is for one. */
export function workspaceOf(root: Project): Workspace | undefined {
  const folders = membersOf(root)?.folders ?? [];
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
