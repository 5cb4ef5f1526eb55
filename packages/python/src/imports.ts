import { join, type Project } from '@msb/core';
import type { Layout } from './layout.ts';

const line = /^\s*(?:from\s+(\.*[\w.]*)\s+import\s+\(?\s*([\w*, ]*)|import\s+([\w., ]+))/;

/** The file of a module, looked for in some folders: `shop.main` → `src/shop/main.py`. */
export function moduleFile(project: Project, module: string, folders: readonly string[]): string | undefined {
  const path = module.replaceAll('.', '/');
  return folders
    .map((folder) => (folder === '' ? '' : `${folder}/`))
    .flatMap((folder) => ['.py', '/__init__.py', '/__main__.py'].map((end) => `${folder}${path}${end}`))
    .find((file) => project.has(file));
}

/** The folders that modules are imported from. */
export const importRoots = (layout: Layout, folder: string): readonly string[] => [
  ...new Set([folder, layout.root, '']),
];

/** What a file imports of the project's own. */
function imported(project: Project, file: string, roots: readonly string[]): readonly string[] {
  const here = file.split('/').slice(0, -1);
  return [...project.matches([file], line)]
    .flatMap(({ match: [, from, names = '', plain = ''] }) => {
      if (from === undefined)
        return plain.split(',').map((name) => moduleFile(project, name.trim().split(' ')[0] ?? '', roots));
      const dots = /^\.*/.exec(from)?.[0].length ?? 0;
      const base = dots === 0 ? roots : [here.slice(0, here.length - dots + 1).join('/')];
      const module = from.slice(dots);
      const parts = names.split(',').map((name) => [module, name.trim().split(' ')[0]].filter(Boolean).join('.'));
      return [
        ...(module === '' ? [] : [moduleFile(project, module, base)]),
        ...parts.map((part) => moduleFile(project, part, base)),
      ];
    })
    .filter((found) => found !== undefined)
    .map((found) => join(found));
}

const mostFiles = 60;

/** The files that a program is made of, the entry point first, as far as its imports tell. */
export function reachableFiles(project: Project, entry: string, roots: readonly string[]): readonly string[] {
  const found = new Set([entry]);
  for (const file of found) {
    if (found.size > mostFiles) break;
    for (const next of imported(project, file, roots)) found.add(next);
  }
  return [...found];
}
