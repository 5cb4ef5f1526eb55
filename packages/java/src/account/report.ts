import { type BuildPlan, join, type Place, type Project, relative } from '@msb/core';
import { type Build, closure, type Module } from '../build.ts';
import type { Account } from './account.ts';

/** The account of a program in core's words. */
export type Reported = Required<Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools'>>;

/** Where the program finds its home, and unpacks machine code to: a volume, since nobody's home is in an image. */
export const home = '/data';

/** The account as core takes it: paths and places are seen from the folder of the project that the image is for. */
export function reported(project: Project, root: Project, build: Build, module: Module, account: Account): Reported {
  const up = (path: string): string => relative(project.folder, join(root.folder, path));
  const seen = <T extends { readonly place: Place }>(item: T): T => ({
    ...item,
    place: { ...item.place, file: up(item.place.file) },
  });
  const [unpacked] = account.unpacked;
  const place = account.home ?? unpacked?.place;
  const homes = place ? [{ path: home, kind: 'folder' as const, place }] : [];
  return {
    reads: [
      ...filesFor(build, module).map(({ path, place }) => seen({ path: up(path), when: 'build' as const, place })),
      ...account.classes.map(({ path, place }) =>
        seen({ path: up(join(module.folder, path)), when: 'run' as const, at: `/app/${path}`, made: true, place }),
      ),
      ...account.reads.map(({ path, at, place }) =>
        seen({ path: up(path), when: 'run' as const, ...(at !== `/app/${up(path)}` && { at }), place }),
      ),
    ],
    writes: [...account.writes, ...homes].map(seen),
    settings: account.settings.map(seen),
    tools: account.tools.map(seen),
  };
}

/** What the build files that take part name: those of the module, of what it depends on, and of what these inherit from. */
function filesFor(build: Build, module: Module): Build['files'] {
  const parts = new Set(closure(build, module));
  const byDepth = [...build.modules].sort((a, b) => b.folder.length - a.folder.length);
  return build.files.filter(({ place: { file } }) => {
    const owner = byDepth.find(({ folder }) => folder === '' || file.startsWith(`${folder}/`));
    if (owner === undefined || parts.has(owner) || owner.folder === '') return true;
    return owner.packaging.value === 'pom' && [...parts].some(({ folder }) => folder.startsWith(`${owner.folder}/`));
  });
}
