import type { Project } from '@msb/core';
import type { Candidate, StartContext } from './candidate.ts';
import { findStarts, nothingToStart } from './find.ts';
import { readStart, type Start } from './start.ts';

/** The start, and the others that were found. */
export interface Chosen {
  readonly start: Start;
  readonly candidates: readonly Candidate[];
  readonly best: Candidate | undefined;
}

/** The start that was asked for, else the one that was found. Throws `no-entry-point` where there is none. */
export function chooseStart(context: StartContext, given: string | undefined): Chosen {
  if (given !== undefined) {
    const found = startsOrNone(context);
    const candidate = found.find(({ text }) => text === given) ?? {
      text: given,
      about: given,
      place: { file: fileOf(context.project) },
      folder: '',
      certain: true,
    };
    return { start: readStart(context, candidate), candidates: [], best: undefined };
  }
  const { candidates, best } = findStarts(context);
  const candidate = best ?? candidates.find(({ likely }) => likely) ?? candidates[0];
  if (candidate === undefined) throw nothingToStart(fileOf(context.project));
  return { start: readStart(context, candidate), candidates, best };
}

function startsOrNone(context: StartContext): readonly Candidate[] {
  try {
    return findStarts(context).candidates;
  } catch {
    return []; // whatever is wrong with what was found, something else was asked for
  }
}

const fileOf = (project: Project): string =>
  ['pyproject.toml', 'requirements.txt', 'Pipfile', 'setup.py', 'manage.py'].find((file) => project.has(file)) ??
  'pyproject.toml';
