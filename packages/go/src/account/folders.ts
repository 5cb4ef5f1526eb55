import { join, MsbError, type Project } from '@msb/core';

/** Folders that no program reads when it runs. */
const skipped = /^(?:\.git|node_modules|vendor|\.idea|\.vscode)$/;

/** How many files of a folder are looked at. */
const most = 5000;

/** What was found out of a project, by what and by path: a program asks again and again. */
const known = new WeakMap<Project, Map<string, unknown>>();

function once<T>(project: Project, what: string, path: string, find: () => T): T {
  const answers = known.get(project) ?? new Map<string, unknown>();
  known.set(project, answers);
  const key = `${what}\0${path}`;
  if (!answers.has(key)) answers.set(key, find());
  return answers.get(key) as T;
}

/** The files of a folder, deep; at most {@link most} of them. */
export const filesIn = (project: Project, folder: string): readonly string[] =>
  once(project, 'files', folder, () => listFiles(project, folder));

function listFiles(project: Project, folder: string): readonly string[] {
  const found: string[] = [];
  const queue = [folder];
  for (const next of queue) {
    for (const name of project.list(next)) {
      const path = join(next, name);
      if (project.has(path)) found.push(path);
      else if (!skipped.test(name)) queue.push(path);
    }
    if (found.length > most) break;
  }
  return found;
}

/** Whether something is there that a build can see: neither above the tree nor behind a link that leads out of it. */
export const isThere = (project: Project, path: string): boolean =>
  once(project, 'there', path, () => lookFor(project, path));

function lookFor(project: Project, path: string): boolean {
  if (join(project.folder, path).startsWith('..')) return false;
  try {
    return project.exists(path);
  } catch (error) {
    if (error instanceof MsbError) return false;
    throw error;
  }
}

/** Whether something is a folder. */
export const isFolder = (project: Project, path: string): boolean => isThere(project, path) && !project.has(path);

/** Whether a folder holds data alone: neither Go code nor a package of another language, whose name is often a word. */
export const isData = (project: Project, folder: string): boolean => {
  const files = filesIn(project, folder);
  return files.length > 0 && files.length <= most && !files.some((path) => /\.go$|(^|\/)package\.json$/.test(path));
};

/** Files below a folder, and in it, whose path matches a glob; Go's own sources never do. */
export function matching(project: Project, folder: string, glob: string): readonly string[] {
  const pattern = new RegExp(
    `^${glob
      .split(/(\*\*\/|\*+|\?|\{[^}]*\}|\[[^\]]*\])/)
      .map((part, index) => (index % 2 === 0 ? part.replace(/[.+^$()|\\[\]{}]/g, '\\$&') : wild(part)))
      .join('')}$`,
    'u',
  );
  return filesIn(project, folder).filter((path) => pattern.test(path) && !path.endsWith('.go'));
}

function wild(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '?') return '[^/]';
  if (part.startsWith('*')) return part.length > 1 ? '.*' : '[^/]*';
  if (part.startsWith('[')) return '[^/]';
  return `(?:${part
    .slice(1, -1)
    .split(',')
    .map((option) => option.replace(/[.+^$()|\\[\]{}]/g, '\\$&').replace(/\*/g, '[^/]*'))
    .join('|')})`;
}
