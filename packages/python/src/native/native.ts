import type { Fact, Project } from '@msb/core';
import type { LockedPackage } from '../package-managers/manager.ts';
import { ownSources } from '../sources.ts';
import { compiler, moreTools, type NativePackage, nativePackages } from './rows.ts';
import { withoutWheel } from './wheels.ts';

/** Debian packages, and the Python packages that they are for. */
export interface SystemPackages {
  readonly names: readonly string[];
  readonly for: readonly string[];
}

/** What the build and the image need besides Python. */
export interface Native {
  readonly build: SystemPackages;
  readonly run: SystemPackages;
  readonly facts: readonly Fact[];
}

/** Reads what the packages need that is not Python; `tools` are what the build starts besides. */
export function nativeNeeds(
  project: Project,
  packages: ReadonlyMap<string, LockedPackage>,
  version: string,
  tools: readonly string[] = [],
): Native {
  const compiled = withoutWheel(packages, version);
  const rows = [...packages.values()].flatMap((item): readonly (readonly [LockedPackage, NativePackage])[] => {
    const row = Object.hasOwn(nativePackages, item.name) ? nativePackages[item.name] : undefined;
    if (row?.wheels && !compiled.includes(item)) return [];
    return row === undefined || row.unless?.some((name) => packages.has(name)) ? [] : [[item, row]];
  });
  const git = [...packages.values()].filter((item) => item.git);
  const built = rows.filter(([, row]) => row.build !== undefined);
  const run = rows.filter(([, row]) => row.run !== undefined);
  const compiles = built.length > 0 || compiled.length > 0;
  // https://docs.djangoproject.com/en/6.0/ref/contrib/gis/install/geolibs/
  const gis = packages.has('django')
    ? project.search(ownSources(project), [/["']django\.contrib\.gis["']/])
    : undefined;
  return {
    build: {
      names: sorted([
        ...(compiles ? compiler : []),
        ...(compiled.length > 0 ? moreTools : []),
        ...built.flatMap(([, row]) => row.build ?? []),
        ...(git.length > 0 ? ['git', 'ca-certificates'] : []),
        ...tools,
      ]),
      for: sorted([
        ...built.map(([item]) => item.name),
        ...compiled.map(({ name }) => name),
        ...git.map(({ name }) => name),
        ...(tools.length > 0 ? ['compiling translations'] : []),
      ]),
    },
    run: {
      names: sorted([...run.flatMap(([, row]) => row.run ?? []), ...(gis ? ['gdal-bin'] : [])]),
      for: sorted([...run.map(([item]) => item.name), ...(gis ? ['django.contrib.gis'] : [])]),
    },
    facts: [
      ...built.filter(([item]) => !compiled.includes(item)).map(([item]) => fact(item, 'is compiled in the build')),
      ...compiled.map((item) => fact(item, `is compiled in the build: it has no wheel for Python ${version}`)),
      ...run.map(([item, row]) => fact(item, `loads ${(row.run ?? []).join(', ')} of Debian when it runs`)),
      ...git.map((item) => fact(item, 'is fetched by Git')),
    ],
  };
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const fact = ({ name, place }: LockedPackage, what: string): Fact => ({
  name: 'native',
  value: `${name} ${what}`,
  place,
});
