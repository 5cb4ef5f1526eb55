import { join, type Project } from '@msb/core';

const escaped = (text: string): string => text.replace(/[.+^${}()|\\]/g, '\\$&');

/** One name of a path as a pattern: `*`, `?` and `[…]`; a leading dot has to be spelled out. */
const nameMatcher = (glob: string): RegExp =>
  new RegExp(
    `^${glob.startsWith('.') ? '' : '(?!\\.)'}${escaped(glob).replace(/\*/g, '.*').replace(/\?/g, '.')}$`,
    'u',
  );

/**
 * The folders that an entry of `members` stands for. One without a wildcard is returned as it is, so that a missing
 * folder can be told; of a glob only folders with a Cargo.toml, as Cargo does it.
 */
export function expandGlob(project: Project, pattern: string): readonly string[] {
  if (!/[*?[]/.test(pattern)) return [join(pattern)];
  const names = join(pattern).split('/');
  return below(project, '', names).filter((folder) => project.has(join(folder, 'Cargo.toml')));
}

function below(project: Project, folder: string, [name, ...rest]: readonly string[]): readonly string[] {
  if (name === undefined) return [folder];
  if (name === '**') {
    const inner = childFolders(project, folder, /^[^.]/).flatMap((child) => below(project, child, [name, ...rest]));
    return [...below(project, folder, rest), ...inner];
  }
  const children = /[*?[]/.test(name) ? childFolders(project, folder, nameMatcher(name)) : [join(folder, name)];
  return children.flatMap((child) => below(project, child, rest));
}

const childFolders = (project: Project, folder: string, name: RegExp): readonly string[] =>
  project
    .list(folder)
    .filter((child) => name.test(child) && child !== 'target')
    .map((child) => join(folder, child))
    .filter((path) => !project.has(path));
