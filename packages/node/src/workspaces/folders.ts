import { join, type Project } from '@msb/core';

/** Folders that hold no package of one's own. */
const skipped = /^(?:node_modules|\..*)$/;

/**
 * The folders that the patterns of a workspace name and that hold a package.json, sorted: `apps/*`, `packages/**`,
 * `!packages/old` (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#workspaces).
 */
export function packageFolders(root: Project, patterns: readonly string[]): readonly string[] {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const found = new Set(wanted.flatMap((pattern) => matching(root, pattern)));
  for (const pattern of unwanted) for (const folder of matching(root, pattern)) found.delete(folder);
  return [...found].filter((folder) => root.has(join(folder, 'package.json'))).sort();
}

const matching = (root: Project, pattern: string): readonly string[] => walk(root, '', join(pattern).split('/'));

function walk(root: Project, folder: string, [first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return [folder];
  if (first === '**') return below(root, folder).flatMap((deep) => walk(root, deep, rest));
  if (!/[*?{[]/.test(first)) return walk(root, join(folder, first), rest);
  const name = nameOf(first);
  const fits = folders(root, folder).filter((path) => name.test(path.split('/').at(-1) ?? ''));
  return fits.flatMap((path) => walk(root, path, rest));
}

/** A folder, and all below it. */
const below = (root: Project, folder: string): readonly string[] => [
  folder,
  ...folders(root, folder).flatMap((path) => below(root, path)),
];

const folders = (root: Project, folder: string): readonly string[] =>
  root
    .list(folder)
    .filter((name) => !skipped.test(name))
    .map((name) => join(folder, name))
    .filter((path) => !root.has(path));

/** One name of a pattern, with `*`, `?` and `{a,b}`. */
function nameOf(pattern: string): RegExp {
  const text = pattern
    .replace(/[\\^$.|+()[\]]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\{([^{}]*)\}/g, (_, names: string) => `(?:${names.split(',').join('|')})`)
    .replace(/[{}]/g, '\\$&');
  return new RegExp(`^${text}$`, 's');
}
