import type { Fact, FoundPort, Note, Project } from '@msb/core';
import type { Libraries } from './libraries.ts';
import type { ModFile } from './modfile.ts';
import type { GoBuild } from './plan.ts';
import type { Stamp } from './stamp.ts';

/** The port, and the line that names it. */
export const portFact = ({ port, file, line }: FoundPort): Fact => ({
  name: 'port',
  value: String(port),
  place: { file, line },
});

/** Where the version goes, and the line that sets it for a release. */
export const stampFact = ({ variables, place }: Stamp): Fact => ({
  name: 'version',
  value: `${variables.join(', ')}, by --build-arg VERSION`,
  place,
});

/** The C libraries beyond libc. */
export const libraryFacts = (libraries: Libraries | undefined): readonly Fact[] =>
  libraries === undefined
    ? []
    : [
        {
          name: 'libraries',
          value: libraries.packages.join(', ') || 'C++',
          ...(libraries.place && { place: libraries.place }),
        },
      ];

/** How many modules are required, and which file proves them. */
export function moduleFacts(project: Project, mod: ModFile, vendored: boolean): readonly Fact[] {
  if (mod.requires.length === 0) return [{ name: 'modules', value: 'none, the standard library is enough' }];
  const value = `${mod.requires.length} required${vendored ? ', vendored' : ''}`;
  const file = vendored ? 'vendor/modules.txt' : project.has('go.sum') ? 'go.sum' : 'go.mod';
  return [{ name: 'modules', value, place: { file } }];
}

/** Said where modules are downloaded that no go.sum proves. */
export function missingSums({ sums, vendored, downloads }: GoBuild): readonly Note[] {
  if (sums || vendored || downloads.length === 0) return [];
  return [
    {
      message: 'There is no go.sum, so nothing proves that the modules are the ones you tested',
      hint: 'Run go mod tidy and commit go.sum.',
      place: { file: 'go.mod' },
    },
  ];
}
