import { join } from '@msb/core';

/** What an expression says of a path, as far as it can be told without running it. */
export interface PathValue {
  /** Whether it leads from the source file, from the working folder, or is a text that may be a path. */
  readonly from: 'file' | 'folder' | 'text';
  /** `file`: from the folder of the project. Otherwise as it is written. */
  readonly path: string;
  /** Whether more follows that can't be told, so that it is the folder of what is meant. */
  readonly partial?: boolean;
  /** What stands before it in an address: `sqlite:///`. */
  readonly scheme?: string;
}

/** A path whose end is unknown: the folder of it. */
export const cut = (value: PathValue): PathValue => ({
  ...value,
  path: value.path.includes('/') ? value.path.replace(/\/[^/]*$/, '') : value.from === 'text' ? '' : value.path,
  partial: true,
});

/** `a / b`: an absolute second one would win, which is of the image then. */
export function joined(left: PathValue, right: PathValue): PathValue {
  if (left.partial || right.from === 'file') return left.partial ? left : right;
  const from = left.from === 'text' ? 'folder' : left.from;
  const path = right.path.startsWith('/') ? right.path : `${left.path}/${right.path}`;
  return { from, path: left.path === '' ? right.path : path, ...(right.partial && { partial: true }) };
}

/** A path with several parts behind it; one that can't be told ends it. */
export const joinedAll = (first: PathValue, more: readonly (PathValue | undefined)[]): PathValue =>
  more.reduce<PathValue>((path, part) => (part ? joined(path, part) : unknownEnd(path)), first);

const unknownEnd = (value: PathValue): PathValue => ({ ...value, partial: true });

/** `a + b` of texts. */
export function glued(left: PathValue, right: PathValue): PathValue {
  if (left.partial) return left;
  // what follows three slashes is a path of its own, and with a fourth one it is absolute
  if (left.from === 'text' && /^[\w+]+:\/\/\/?$/.test(left.path) && right.from !== 'text') {
    return { ...right, scheme: left.path };
  }
  // a folder has no name of its own where it is the one that all paths lead from
  const rest = left.from !== 'text' && left.path === '' ? right.path.replace(/^\/+/, '') : right.path;
  const value = { ...left, path: `${left.path}${rest}` };
  return right.partial ? cut({ ...value, path: `${value.path}/` }) : value;
}

/** The folder that a path lies in. */
export const parent = (value: PathValue): PathValue => ({
  ...value,
  from: value.from === 'text' ? 'folder' : value.from,
  path: value.partial ? value.path : join(value.path, '..'),
});
