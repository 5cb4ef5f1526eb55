import { join, type Note } from '@msb/core';
import { programSources } from '../service/sources.ts';
import { writesNotes } from '../service/writes.ts';
import type { Home } from './home.ts';

/** What the packages of the workspace that ship with the program write beside it, such as the log files of a logger. */
export function writesOfLibraries({ target, shipped }: Home): readonly Note[] {
  const { up } = target.project;
  const notes = shipped
    .filter((item) => item !== target)
    .flatMap(({ project, folder }) =>
      writesNotes(project, programSources(project), target.project).map((note) =>
        note.place ? { ...note, place: { ...note.place, file: join(up, folder, note.place.file) } } : note,
      ),
    );
  return notes.slice(0, 1);
}
