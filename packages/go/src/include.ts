import { type GivenOptions, givenText, join, MsbError, type Project } from '@msb/core';
import type { Asset } from './assets.ts';

/**
 * The files and folders that `--include` adds to those that a program is seen to read at run time. Throws `bad-option`
 * for one that is not in the project.
 */
export function includedAssets(project: Project, given: GivenOptions): readonly Asset[] {
  const wanted = (givenText(given, 'include') ?? '').split(',').map((path) => path.trim());
  return wanted.filter((path) => path !== '').map((path) => ({ path: included(project, path) }));
}

function included(project: Project, wanted: string): string {
  const path = join(wanted);
  const inside = path !== '' && !path.startsWith('..') && !wanted.startsWith('/');
  if (inside && project.exists(path)) return path;
  throw new MsbError(
    'bad-option',
    `--include names ${JSON.stringify(wanted)}, which is ${inside ? 'not there' : 'no file or folder in the project'}`,
    'Name files and folders as the program finds them from its working folder, with commas in between.',
  );
}
