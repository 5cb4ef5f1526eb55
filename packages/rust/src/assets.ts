import type { Place, Project } from '@msb/core';
import type { RunRead } from './account/reads.ts';
import type { Code } from './code.ts';
import { looksSecret } from './secrets.ts';
import type { Sources } from './sources.ts';

/** A file or folder that a program reads while it runs, and the line that says so; there is none for `--include`. */
export interface Asset {
  /** Where it is in the build context. */
  readonly from: string;
  /** Where the program looks for it, from the image's root. */
  readonly dest: string;
  readonly place?: Place;
}

/** What ships of what a program reads: all that is there and no secret; a folder covers what is in it. */
export function assetsOfReads(project: Project, reads: readonly RunRead[]): readonly Asset[] {
  const found = reads
    .filter(({ from, at, there }) => there && !looksSecret(from) && isPlain(project.inContext(from)) && isPlain(at))
    .map(({ from, at, place }) => ({ from: project.inContext(from), dest: at, ...(place && { place }) }));
  const covered = (path: string): boolean => found.some(({ dest }) => path.startsWith(`${dest}/`));
  return found.filter(({ dest }) => !covered(dest));
}

/** Whether a path can stand in COPY as it is. */
const isPlain = (path: string): boolean => /^[\p{L}\p{N}._/@+~-]+$/u.test(path);

/** What a program runs; a build script reads its files while the program is compiled. */
export const programCode = ({ own, shared, locals, packages }: Sources): readonly Code[] =>
  [...own, ...shared, ...locals].filter(({ file }) => !packages.some(({ script }) => script === file));
