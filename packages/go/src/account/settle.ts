import { join, type Place } from '@msb/core';
import { isData, isFolder, isThere, matching } from './folders.ts';
import { fixedPart, isGlob, type Location, locationsOf } from './location.ts';
import type { ProgramCode, RunRead } from './types.ts';

/** What a path has to lead to. */
export type Wanted = 'file' | 'folder' | 'any';

/** What is there at the first of the places that a text may lead to; none where nothing is. */
export function settle(program: ProgramCode, text: string, place: Place, wanted: Wanted = 'any'): readonly RunRead[] {
  for (const location of locationsOf(program.project, text, program.main, program.modules)) {
    const found = isGlob(location.path) ? globbed(program, location) : single(program, location, wanted);
    if (found.length > 0) return found.map((read) => ({ ...read, place }));
  }
  return [];
}

/** The project's own folder, or one above it. */
const isFolderItself = (path: string): boolean => /^(?:(?:\.\.\/)*\.\.)?$/.test(join(path));

function single({ project }: ProgramCode, { path, at }: Location, wanted: Wanted): readonly RunRead[] {
  if (isFolderItself(path) || !isThere(project, path)) return [];
  if (wanted !== 'any' && isFolder(project, path) !== (wanted === 'folder')) return [];
  return [{ path, ...(at !== undefined && { at }) }];
}

/** The folder of a glob; where that holds code as well, the files alone that match. */
function globbed({ project }: ProgramCode, { path, at }: Location): readonly RunRead[] {
  const folder = fixedPart(path);
  // "./public" + name, where the name may well begin with a slash
  const [known = ''] = /^[^*?[{]+/.exec(path) ?? [];
  if (join(known) !== join(folder) && !isFolderItself(known) && isFolder(project, known)) {
    const wanted = at === undefined ? {} : { at: at.slice(0, at.length - path.length + known.length) };
    return [{ path: known, ...wanted }];
  }
  if (!isFolderItself(folder)) {
    if (!isFolder(project, folder)) return [];
    if (isData(project, folder)) return [{ path: folder, ...(at !== undefined && { at: fixedPart(at) }) }];
  }
  const found = matching(project, folder, path);
  const start = at === undefined ? undefined : fixedPart(at);
  return found.slice(0, 500).map((file) => ({
    path: file,
    ...(start !== undefined && { at: `${start}/${file.slice(folder === '' ? 0 : folder.length + 1)}` }),
  }));
}
