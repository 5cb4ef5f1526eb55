import { join, type Note } from '@msb/core';
import { findBuild } from '../build.ts';
import { type InstallStep, type Lifecycle, lifecycle } from '../lifecycle.ts';
import type { Home } from './home.ts';
import type { Package } from './workspace.ts';

/** The install scripts of all packages that are installed together. */
export interface InstallScripts {
  /** The package manager must not run them. */
  readonly ignoreScripts: boolean;
  /** Run by name when everything is installed, in the package that has them; absent for one that is alone. */
  readonly afterInstall: readonly { readonly script: InstallStep; readonly of?: Package }[];
  /** Files that those need, as the build context has them. */
  readonly files: readonly string[];
  /** What to tell of the packages beside the target. */
  readonly notes: readonly Note[];
}

/** The scripts of a package, sorted; its own build is none of them. */
export const scriptsOf = ({ project, manifest }: Package): Lifecycle =>
  lifecycle(project, manifest, findBuild(project, manifest, undefined)?.script);

/** Joins the scripts of the target (`own`) and of what is installed with it. */
export function installScripts(home: Home, own: Lifecycle): InstallScripts {
  const { target, root, built } = home;
  const packages = [...new Set([root, ...built])].map((item) => ({
    item,
    sorted: item === target ? own : scriptsOf(item),
  }));
  return {
    ignoreScripts: packages.some(({ sorted }) => sorted.ignoreScripts),
    afterInstall: packages.flatMap(({ item, sorted }) =>
      sorted.afterInstall.map((script) => ({ script, ...(item !== root && { of: item }) })),
    ),
    notes: packages.flatMap(({ item, sorted }) =>
      item === target ? [] : sorted.notes.map((note) => fromTarget(target, item, note)),
    ),
    files: packages.flatMap(({ item, sorted }) => sorted.files.map((file) => item.project.inContext(file))),
  };
}

/** A note with its place as the target would call it. */
const fromTarget = ({ project: { up } }: Package, { folder }: Package, note: Note): Note =>
  note.place ? { ...note, place: { ...note.place, file: join(up, folder, note.place.file) } } : note;
