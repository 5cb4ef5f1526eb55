import { posix } from 'node:path';

/**
 * Files read and written, relative to `root`, with `/` between names. A structural subset of Nx's `Tree`
 * (https://nx.dev/reference/core-api/devkit/documents/Tree), so that an Nx Tree is one.
 */
export interface Tree {
  readonly root: string;
  read(path: string): Buffer | null;
  read(path: string, encoding: BufferEncoding): string | null;
  write(path: string, content: Buffer | string): void;
  exists(path: string): boolean;
  /** Removes a file; nothing happens when there is none. */
  delete(path: string): void;
  isFile(path: string): boolean;
  /** Names in a folder, in no particular order; empty for a path that is no folder. */
  children(path: string): string[];
}

/** What a buffered tree would change on disk. */
export interface TreeChange {
  readonly path: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly content: string;
}

/** `a/./b/../c` → `a/c`; the root itself is `''`. Throws no error: `..` above the root stays in front. */
export function normalize(path: string): string {
  const names: string[] = [];
  for (const name of path.split(/[\\/]+/)) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else names.push(name);
  }
  return names.join('/');
}

/** The name that a file below a folder has there, or that of its folder; `undefined` for a file elsewhere. */
export function childOf(folder: string, file: string): string | undefined {
  const prefix = normalize(folder) === '' ? '' : `${normalize(folder)}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length).split('/')[0] : undefined;
}

/** Joins tree paths and normalizes the result. */
export const join = (...parts: readonly string[]): string => normalize(parts.join('/'));

/** The way from one folder of a tree to a path in it: `apps/api` to `apps/web` is `../web`. */
export const relative = (from: string, to: string): string => posix.relative(`/${from}`, `/${to}`);
