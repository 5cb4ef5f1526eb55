import { join, type Project, type Read, relative, type Write } from '@msb/core';
import type { Layout } from '../layout.ts';
import { venv } from '../package-managers/manager.ts';
import type { Pyproject } from '../pyproject.ts';
import { packageFolders } from '../wheel/lacks.ts';
import { packagesNamedLikeOutputs, usualReads } from './conventions.ts';
import { inImage, type ProgramFiles } from './program.ts';

/** Where the parts of a program are in its image. */
export interface ImageSites {
  /** Whether its sources are in the image. */
  readonly sources: boolean;
  /** Whether it is installed as a link to them. */
  readonly linked: boolean;
  /** The version of Python, which the folder of packages is named after. */
  readonly python: string;
  /** The folder that it is started in, absolute. */
  readonly workdir: string;
}

/** Where the sources are. */
const app = '/app';

const packagesOf = (version: string): string => `${venv}/lib/python${version}/site-packages`;

/** What is read, when, and where it is looked for. */
export function accountReads(
  project: Project,
  pyproject: Pyproject,
  layout: Layout,
  packages: ReadonlyMap<string, unknown>,
  files: ProgramFiles,
  sites: ImageSites,
): readonly Read[] {
  const where = { sources: sites.sources, linked: sites.linked, packages: packagesOf(sites.python), app };
  const named = files.reads.map(({ path, mention }): Read => {
    const to = inImage(project, layout, { ...mention, path }, where);
    return { path, when: 'run', place: mention.place, at: to };
  });
  const usual = usualReads(project, pyproject, packages).map(
    ({ path, place }): Read => ({
      path,
      when: 'run',
      place,
      at: sites.sources ? `${app}/${project.inContext(path)}` : `${app}/${path}`,
    }),
  );
  const alike = packagesNamedLikeOutputs(project).map((path): Read => ({ path, when: 'build', place: { file: path } }));
  // a wheel is built of all that lies among the modules
  const built = packageFolders(project, layout).map((path): Read => ({ path, when: 'build' }));
  // what is in the wheel reaches the image with it
  const inWheel = ({ path, at }: Read): boolean =>
    at?.startsWith(`${where.packages}/`) === true &&
    packageFolders(project, layout).some((folder) => path === folder || path.startsWith(`${folder}/`));
  return [...built, ...alike, ...[...named, ...usual].filter((read) => !inWheel(read))];
}

/** What is written, from the working folder of the image. */
export function accountWrites(
  project: Project,
  layout: Layout,
  files: ProgramFiles,
  sites: ImageSites,
): readonly Write[] {
  const where = { sources: sites.sources, linked: sites.linked, packages: packagesOf(sites.python), app };
  const found = new Map<string, Write>();
  for (const { path, kind, mention } of files.writes) {
    // a folder of code is no place for data: it would stay as it is in the next image
    if (kind === 'folder' && project.list(path).some((name) => name.endsWith('.py'))) continue;
    const to = inImage(project, layout, { ...mention, path }, where);
    // these are writable, or somebody mounts them
    if (/^\/(?:tmp|var\/tmp|dev|proc)(?:\/|$)/.test(to)) continue;
    const below = relative(join(sites.workdir), join(to));
    const seen = below === '' || below.startsWith('..') ? to : below;
    if (!found.has(seen)) found.set(seen, { path: seen, kind, place: mention.place });
  }
  // a folder that is writable makes what is in it so, too
  const folders = [...found.values()].filter(({ kind }) => kind === 'folder').map(({ path }) => path);
  return [...found.values()].filter(({ path }) => !folders.some((folder) => path.startsWith(`${folder}/`)));
}
