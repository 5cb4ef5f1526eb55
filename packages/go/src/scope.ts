import { commonFolder, foldersAbove, join, MsbError, type Note, Project } from '@msb/core';
import { downloads, type ModFile, readModFile } from './modfile.ts';
import type { ModuleFolders } from './packages.ts';
import { type GoWork, useOfWork, workOf } from './workspace.ts';

/** What a module is built with: the other modules whose sources are at hand, and the files that say so. */
export interface Scope {
  /** The go.work that takes part in the build. */
  readonly work: GoWork | undefined;
  /** Import paths of modules, and their folders as the project sees them. */
  readonly modules: ModuleFolders;
  /** Files that `go mod download` reads, as the project sees them. */
  readonly manifests: readonly string[];
  /** What has to be downloaded. */
  readonly downloads: ModFile['requires'];
  /** Every go.work that takes no part. */
  readonly ignore: readonly string[];
  readonly notes: readonly Note[];
}

/** A module of the build: its folder as the project sees it, and its go.mod. */
interface Part {
  readonly folder: string;
  readonly mod: ModFile;
}

/** The modules that Go takes for the main ones: the project's, or all of its workspace. */
function mainModules(project: Project, mod: ModFile, work: GoWork | undefined): readonly Part[] {
  if (work === undefined) return [{ folder: '', mod }];
  return [...work.members.values()].map((folder) => {
    const way = new Project(project.tree, project.folder, folder).up;
    return { folder: way, mod: way === '' ? mod : readModFile(new Project(project.tree, folder)) };
  });
}

/** Finds what a module is built with. Throws `unsupported` for a folder that no build can see. */
export function scopeOf(project: Project, mod: ModFile): Scope {
  const work = workOf(project);
  const use = work && useOfWork(project, mod, work);
  const needed = use?.needed ? work : undefined;
  const parts = mainModules(project, mod, needed);
  for (const part of parts) refuseOutside(project, part);
  const replaced = parts.flatMap((part) =>
    part.mod.localReplaces.map(({ module, value }) => [module, join(part.folder, value)] as const),
  );
  const modules = new Map([...replaced, ...parts.map((part) => [part.mod.module.value, part.folder] as const)]);
  const folders = [...new Set([...parts.map(({ folder }) => folder), ...replaced.map(([, folder]) => folder)])];
  const files = [
    ...(needed ? [needed.file, needed.file.replace(/go\.work$/, 'go.work.sum')] : []),
    ...folders.flatMap((folder) => [join(folder, 'go.mod'), join(folder, 'go.sum')]),
  ];
  return {
    work: needed,
    modules,
    manifests: files.filter((file) => project.has(file)),
    downloads: parts.flatMap((part) => downloads(part.mod)).filter(({ value }) => !modules.has(value)),
    ignore: needed ? [] : ignoredWorks(project),
    notes: use?.notes ?? [],
  };
}

/** The go.work files that Go would find in the build context. */
function ignoredWorks(project: Project): readonly string[] {
  const above = [project.folder, ...foldersAbove(project.folder)];
  const inside = above.slice(0, above.indexOf(project.context) + 1);
  const found = inside.filter((folder) => new Project(project.tree, folder).has('go.work'));
  return found.flatMap((folder) => {
    const path = new Project(project.tree, project.context, folder).up;
    return [join(path, 'go.work'), join(path, 'go.work.sum')];
  });
}

/** Throws `unsupported` for a module in a folder that the build does not see, `broken-file` for one that is not there. */
function refuseOutside(project: Project, { folder, mod }: Part): void {
  for (const { value, line } of mod.localReplaces) {
    const place = { file: join(folder, 'go.mod'), line };
    if (value.startsWith('/') || join(project.folder, folder, value).startsWith('..')) {
      const hint = 'Put both modules into one repository, or require a published version.';
      throw new MsbError('unsupported', `${value} lies outside of the repository`, hint, place);
    }
    if (!project.has(join(folder, value, 'go.mod'))) {
      const hint = 'Add the module, or correct the replace line.';
      throw new MsbError('broken-file', `${value} replaces a module, but has no go.mod`, hint, place);
    }
  }
}

/** The build context of a module in its tree: the folder that holds all modules it is built with, and its go.work. */
export function contextOf(project: Project): string {
  if (!project.has('go.mod')) return project.folder;
  const { modules, work } = scopeOf(project, readModFile(project));
  const folders = [...modules.values()].map((folder) => join(project.folder, folder));
  return commonFolder([project.folder, ...folders, ...(work ? [work.folder] : [])]);
}
