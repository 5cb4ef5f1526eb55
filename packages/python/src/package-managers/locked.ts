import type { Note, Place, Project } from '@msb/core';
import { normalized, type Requirement } from '../names.ts';
import type { LockedPackage, PackageManager } from './manager.ts';

/** The line of a package in a lockfile of TOML. */
export function lockPlace(project: Project, file: string): (name: string) => Place {
  const lines = new Map<string, number>();
  for (const { match, line } of project.matches([file], /^name\s*=\s*"([^"]+)"/)) {
    const name = normalized(match[1] ?? '');
    if (!lines.has(name)) lines.set(name, line);
  }
  return (name) => {
    const line = lines.get(name);
    return { file, ...(line !== undefined && { line }) };
  };
}

/** Dependencies that the project names and the lockfile does not: somebody forgot to lock again. */
export function staleNotes(
  manager: Pick<PackageManager, 'title' | 'lock'>,
  file: string,
  roots: readonly Requirement[],
  packages: ReadonlyMap<string, LockedPackage>,
): readonly Note[] {
  const missing = roots.filter(({ name }) => !packages.has(name)).map(({ name }) => name);
  if (missing.length === 0) return [];
  return [
    {
      message: `${file} does not know ${missing.slice(0, 3).join(', ')}, so the build will stop there`,
      hint: `Run ${manager.lock}, and commit ${file}.`,
      place: { file },
    },
  ];
}

/** That each build may take other releases. */
export const unlockedNote = (manager: Pick<PackageManager, 'title' | 'lock'>, file: string, place: Place): Note => ({
  message: `There is no ${file}, so each build may take other versions of the dependencies`,
  hint: `Run ${manager.lock}, and commit ${file}.`,
  place,
});
