import { givenText } from '../ecosystem.ts';
import { MsbError } from '../errors.ts';
import type { GivenOptions } from '../options/schema.ts';
import type { Project } from '../project/project.ts';
import { join } from '../tree/tree.ts';
import type { Read } from './access.ts';

/**
 * The files and folders that `--include` lists, with commas in between: those that a program reads at run time and
 * nothing else tells of. `exists` says whether the project has a path, relative to where the program looks for it.
 * Throws `bad-option` for one that it has not.
 */
export function includedPaths(given: GivenOptions, exists: (path: string) => boolean): readonly string[] {
  const wanted = (givenText(given, 'include') ?? '').split(',').map((path) => path.trim());
  return wanted.filter((path) => path !== '').map((path) => included(path, exists));
}

/** The same as reads of the program. Throws `bad-option`. */
export const includedReads = (given: GivenOptions, project: Project): readonly Read[] =>
  includedPaths(given, (path) => project.exists(path)).map((path) => ({ path, when: 'run' }));

function included(wanted: string, exists: (path: string) => boolean): string {
  const path = join(wanted);
  const inside = path !== '' && !path.startsWith('..') && !wanted.startsWith('/');
  if (inside && exists(path)) return path;
  throw new MsbError(
    'bad-option',
    `--include names ${JSON.stringify(wanted)}, which is ${inside ? 'not there' : 'no file or folder in the project'}`,
    'Name files and folders as the program finds them from its working folder, with commas in between.',
  );
}
