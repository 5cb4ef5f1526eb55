import picomatch from 'picomatch';
import type { Project } from '../project/project.ts';
import { join, relative } from '../tree/tree.ts';

/** More files than this say nothing that their folder does not say, too. */
const mostFiles = 2000;

/** What a path, a folder or a glob means in a project. */
export interface Meant {
  /** Files, as the build context has them. */
  readonly files: readonly string[];
  /** The file or folder itself, or what stands before the first star of a glob; as the build context has it. */
  readonly base: string;
  readonly kind: 'file' | 'folder' | 'glob';
}

/**
 * The files of the build context that a path, a folder or a glob of the project means; `undefined` where there is none,
 * or where it leads out of the context. Folders of dependencies and history are not looked into.
 */
export function filesMeant(project: Project, path: string): Meant | undefined {
  const base = project.inContext(path);
  const root = project.root;
  if (base.startsWith('..')) return undefined;
  if (root.has(base)) return { files: [base], base, kind: 'file' };
  if (root.list(base).length > 0) return { files: filesBelow(root, base), base, kind: 'folder' };
  return picomatch.scan(path).isGlob ? filesMatching(project, path) : undefined;
}

/** What stands before the first star of a glob; any other path as it is. */
export const fixedPart = (path: string): string => picomatch.scan(path).base;

function filesMatching(project: Project, path: string): Meant | undefined {
  const base = project.inContext(fixedPart(path));
  const { glob } = picomatch.scan(path);
  const matching = picomatch(glob, { dot: true });
  const files = filesBelow(project.root, base).filter((file) => matching(relative(base, file)));
  return files.length > 0 ? { files, base, kind: 'glob' } : undefined;
}

/** All files below a folder, those of one folder after the other, at most {@link mostFiles}. */
function filesBelow(root: Project, folder: string): readonly string[] {
  const files: string[] = [];
  const open = [folder];
  for (let next = open.shift(); next !== undefined && files.length < mostFiles; next = open.shift()) {
    for (const name of root.list(next)) {
      const path = join(next, name);
      if (root.has(path)) files.push(path);
      else if (name !== 'node_modules' && name !== '.git') open.push(path);
    }
  }
  return files;
}
