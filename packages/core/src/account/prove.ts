import { followFiles } from '../dockerfile/flow.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { ignoreMatcher } from '../ignore/match.ts';
import { isSecret } from '../ignore/secrets.ts';
import type { Project } from '../project/project.ts';
import type { Account, SettledRead } from './access.ts';
import { filesMeant } from './files.ts';
import { type Composed, placeOf } from './settle.ts';

/** A file that something reads, and that final files of a project don't bring to it. */
export interface Unreached {
  readonly read: SettledRead;
  /** As the build context has it. */
  readonly file: string;
}

/** What of an account final files of a project don't hold to, as somebody may have edited them since. */
export function unreached(
  { reads }: Account,
  project: Project,
  { dockerfile, dockerignore }: Composed,
): readonly Unreached[] {
  const flow = followFiles(parseDockerfile(dockerfile), ignoreMatcher(dockerignore));
  return reads.filter(isSettled).flatMap((read) => {
    const meant = filesMeant(project, read.path);
    if (meant === undefined) return [];
    const arrives = (file: string): boolean =>
      read.when === 'run' ? flow.placesOf(file, read.target).includes(placeOf(read, meant, file)) : flow.reaches(file);
    return meant.files
      .filter((file) => !isSecret(project.root, file) && !arrives(file))
      .map((file) => ({ read, file }));
  });
}

/** Every file that the program reads, as the image of a plain build must have it. */
export function placesInImage({ reads }: Account, project: Project): readonly string[] {
  const mine = reads.filter((read) => read.when === 'run' && read.target === undefined);
  const places = mine.flatMap((read) => {
    if (read.outcome === 'made') return read.at ?? [];
    const meant = isSettled(read) ? filesMeant(project, read.path) : undefined;
    if (meant === undefined) return [];
    return meant.files.filter((file) => !isSecret(project.root, file)).map((file) => placeOf(read, meant, file));
  });
  return [...new Set(places)].sort();
}

const isSettled = ({ outcome }: SettledRead): boolean => ['build', 'image', 'added'].includes(outcome);
