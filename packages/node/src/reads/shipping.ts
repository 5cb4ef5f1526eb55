import { join, type Project } from '@msb/core';
import { type FileRead, isCode, looksSecret } from './reads.ts';

/** A file or folder of the build context, and where it lies in the image, both relative to the project. */
export interface Copy {
  readonly src: string;
  readonly dest: string;
}

/** Whether a path is one of `folders`, or lies in one. */
export const isInside = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/**
 * What ships beside the output of a compiler: `assets` lie where they were, `copies` are files of the sources that the
 * compiled code looks for in the output. Code is not among them: it is compiled.
 */
export function readFiles(
  project: Project,
  reads: readonly FileRead[],
  output: string,
  isCopied: (path: string) => boolean,
): {
  readonly assets: readonly string[];
  readonly copies: readonly Copy[];
  readonly reads: readonly FileRead[];
} {
  const all: FileRead[] = [];
  const copies = new Map<string, Copy>();
  const assets = new Set<string>();
  for (const { path, at, place } of reads.filter((read) => !isInside(read.path, [output]))) {
    for (const data of dataIn(project, path)) {
      const dest = join(at, data.slice(path.length));
      const made = dest !== data && isCopied(data);
      all.push({ path: data, at: dest, place, ...(made && { made }) });
      if (looksSecret.test(data)) continue;
      if (dest === data && !dest.startsWith('..')) assets.add(data);
      else if (!made) copies.set(dest, { src: data, dest });
    }
  }
  return { assets: outermost([...assets]), copies: withoutInner([...copies.values()]), reads: all };
}

/** A path as a whole where it has no code in it, else the parts of it that have none. */
function dataIn(project: Project, path: string): readonly string[] {
  if (project.has(path)) return isCode(path) ? [] : [path];
  const inside = project
    .list(path)
    .filter((name) => name !== 'node_modules' && !/^\.(?:git|DS_Store|env.*)$/.test(name));
  const parts = inside.map((name) => dataIn(project, join(path, name)));
  const whole = parts.every((part, index) => part.length === 1 && part[0] === join(path, inside[index] ?? ''));
  // among code, such files are about the code
  return whole && inside.length > 0
    ? [path]
    : parts.flat().filter((part) => !/(^|\/)(?:README|CHANGELOG|LICENSE)[^/]*$/i.test(part));
}

const outermost = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`))).sort();

const withoutInner = (copies: readonly Copy[]): readonly Copy[] =>
  copies
    .filter(({ dest }) => !copies.some((other) => other.dest !== dest && dest.startsWith(`${other.dest}/`)))
    .sort((a, b) => (a.dest < b.dest ? -1 : 1));
