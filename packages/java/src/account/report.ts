import { join, type Place, type Project, relative } from '@msb/core';
import type { Build } from '../build.ts';
import type { Account } from './account.ts';

/** The account of a program in core's words. */
export interface Reported {
  readonly reads: readonly {
    readonly path: string;
    readonly when: 'build' | 'run';
    readonly at?: string;
    readonly place: Place;
  }[];
  readonly writes: readonly { readonly path: string; readonly kind: 'file' | 'folder'; readonly place: Place }[];
  readonly settings: readonly { readonly name: string; readonly place: Place }[];
  readonly tools: readonly { readonly name: string; readonly place: Place }[];
}

/** Where the program finds its home: a volume, since nobody's home is in an image. */
export const home = '/data';

/** The account as core takes it: paths and places are seen from the folder of the project that the image is for. */
export function reported(project: Project, root: Project, build: Build, account: Account): Reported {
  const up = (path: string): string => relative(project.folder, join(root.folder, path));
  const seen = <T extends { readonly place: Place }>(item: T): T => ({
    ...item,
    place: { ...item.place, file: up(item.place.file) },
  });
  const homes = account.home ? [{ path: home, kind: 'folder' as const, place: account.home }] : [];
  return {
    reads: [
      ...build.files.map(({ path, place }) => seen({ path: up(path), when: 'build' as const, place })),
      ...account.reads.map(({ path, at, place }) =>
        seen({ path: up(path), when: 'run' as const, ...(at !== `/app/${up(path)}` && { at }), place }),
      ),
    ],
    writes: [...account.writes, ...homes].map(seen),
    settings: account.settings.map(seen),
    tools: account.tools.map(seen),
  };
}
