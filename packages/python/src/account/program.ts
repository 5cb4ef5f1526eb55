import { join, type Place, type Project, relative } from '@msb/core';
import { moduleFile } from '../imports.ts';
import { isInstalled, type Layout } from '../layout.ts';
import type { Pyproject } from '../pyproject.ts';
import { ownSources } from '../sources.ts';
import { filesNotInWheel, packageFolders } from '../wheel/lacks.ts';
import { instanceOf } from './frameworks.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { type CodeRead, missingReads, readAt } from './reads.ts';
import { writtenAt } from './writes.ts';

/** A file or a folder that the code writes to. */
export interface CodeWrite {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly mention: Mention;
}

/** What the code of a program reads and writes, wherever it lies in the image. */
export interface ProgramFiles {
  readonly reads: readonly CodeRead[];
  readonly writes: readonly CodeWrite[];
  /** Why an installed project needs its sources, as they lie there: files that its wheel would not have. */
  readonly linked: { readonly path: string; readonly place: Place } | undefined;
}

/**
 * Reads what the code of a program reads and writes; `folder` is the one that it is started in, `entry` are the files that
 * are loaded then; `sources` says whether they run from where they lie.
 */
export function programFiles(
  project: Project,
  pyproject: Pyproject,
  layout: Layout,
  folder: string,
  entry: readonly string[] = [],
  sources = false,
): ProgramFiles {
  const context = {
    project,
    folder,
    instance: instanceOf(project, pyproject, layout, sources),
    packageFolder: (name: string) => folderOf(project, layout, name),
  };
  const mentions = mentionsIn(context, ownSources(project));
  const written = mentions.flatMap((mention): readonly CodeWrite[] => {
    const write = writtenAt(mention);
    return write === undefined ? [] : [{ ...write, mention }];
  });
  const writing = new Set(written.map(({ mention }) => mention));
  const reads = mentions.flatMap((mention) => readAt(project, mention) ?? []);
  return {
    // what is written, and is there, is read before
    reads: unique([
      ...reads.filter(({ mention }) => !writing.has(mention) || project.has(mention.path)),
      ...missingReads(project, mentions, new Set(entry), written),
    ]),
    // what tells about images is written elsewhere, if at all
    writes: unique(
      written.filter(
        ({ path, mention }) => !project.has(path) || mention.scheme !== '' || readAt(project, mention) !== undefined,
      ),
    ),
    linked: linkedFor(project, pyproject, layout, reads),
  };
}

const unique = <T extends { readonly path: string; readonly mention: Mention }>(items: readonly T[]): readonly T[] => {
  const key = (item: T): string => `${item.mention.from} ${item.path}`;
  return items.filter((item, index) => items.findIndex((other) => key(other) === key(item)) === index);
};

/** The folder of a package that code names: `shop.texts`. */
function folderOf(project: Project, layout: Layout, name: string): string | undefined {
  const folders = [layout.root, ''];
  const file = moduleFile(project, name, folders);
  if (file !== undefined) return join(file, '..');
  return folders.map((folder) => join(folder, name.replaceAll('.', '/'))).find((path) => project.exists(path));
}

/**
 * What an installed program would not find: files among its modules that the wheel leaves out, or files that it looks
 * for from where its sources are.
 */
function linkedFor(
  project: Project,
  pyproject: Pyproject,
  layout: Layout,
  reads: readonly CodeRead[],
): ProgramFiles['linked'] {
  if (!layout.installed) return undefined;
  const folders = packageFolders(project, layout);
  const outside = reads.find(
    ({ path, mention }) =>
      mention.from === 'file' &&
      isInstalled(layout, mention.place.file) &&
      // the folder of the packages themselves is put among those that modules are imported from
      !folders.some((folder) => `${path}/`.startsWith(`${folder}/`) || folder.startsWith(`${path}/`)),
  );
  if (outside !== undefined) return { path: outside.path, place: outside.mention.place };
  const named = new Set(reads.map(({ path }) => path));
  const [lacking] = filesNotInWheel(project, pyproject, layout, named);
  return lacking === undefined ? undefined : { path: lacking, place: { file: lacking } };
}

/** Where the image has a path of the project, for a program that is installed or runs from its sources in /app. */
export function inImage(
  project: Project,
  layout: Layout,
  { from, path, place }: Pick<Mention, 'from' | 'path' | 'place'>,
  sites: { readonly sources: boolean; readonly linked: boolean; readonly packages: string; readonly app: string },
): string {
  if (from === 'absolute') return path;
  const installed = from === 'file' && !sites.linked && isInstalled(layout, place.file);
  if (installed) return absolute(sites.packages, relative(layout.root, path));
  return absolute(sites.app, sites.sources ? project.inContext(path) : path);
}

const absolute = (folder: string, path: string): string => `/${join(folder, path)}`;
