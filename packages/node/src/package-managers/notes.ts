import type { Note } from '@msb/core';
import type { Dependency, PackageJson } from '../package-json.ts';

/** Everything that package.json asks for, one entry a name. */
export const wantedOf = ({ development, production }: PackageJson): readonly Dependency[] => [
  ...new Map([...development, ...production]).values(),
];

/** What it costs to have no lockfile; no note when there is nothing to lock. */
export const noLock = (id: string, lockfile: string, manifest: PackageJson): readonly Note[] =>
  wantedOf(manifest).length === 0
    ? []
    : [
        {
          message: `There is no ${lockfile}, so each build may get other versions, and none is known beforehand`,
          hint: `Run ${id} install and commit ${lockfile}: the image then installs what it says.`,
          place: { file: 'package.json' },
        },
      ];

/** A lockfile that lacks `missing`, the first of which is named; no note when it lacks nothing. */
export const stale = (id: string, file: string, missing: readonly string[]): readonly Note[] =>
  missing.slice(0, 1).map((name) => ({
    message: `${file} does not have ${name} as package.json asks for it, which a build in an image refuses`,
    hint: `Run ${id} install, and commit ${file}.`,
    place: { file },
  }));
