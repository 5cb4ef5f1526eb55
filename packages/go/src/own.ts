import { type GivenOptions, join, type Project } from '@msb/core';
import { type Cgo, findCgo, findOptionalCgo, neededLibrary, requiresC } from './cgo.ts';
import type { ModFile } from './modfile.ts';
import { type GoPackage, type ModuleFolders, packagesOf } from './packages.ts';

/** What programs are made of, as far as it lies in the project. */
export interface OwnPackages {
  readonly cgo: Cgo | undefined;
  readonly packages: readonly GoPackage[];
}

/**
 * The project's own packages of the programs in some folders, as the build with `tags` sees them that they need: without
 * C, or with it. Throws `unsupported` for C that can't be built.
 */
export function ownPackages(
  project: Project,
  mod: ModFile,
  folders: readonly string[],
  given: GivenOptions,
  tags: readonly string[] = [],
): OwnPackages {
  const without = packagesOf(project, moduleFolders(mod), folders, { tags });
  const needed = findCgo(project, without, given.cgo);
  if (needed === undefined && (given.cgo === false || !requiresC(mod))) return { cgo: undefined, packages: without };
  const packages = packagesOf(project, moduleFolders(mod), folders, { cgo: true, tags });
  const refusal = neededLibrary(project, packages);
  if (needed && refusal) throw refusal;
  const cgo = needed ?? (refusal ? undefined : findOptionalCgo(project, packages));
  return { cgo, packages: cgo ? packages : without };
}

/** The sources that belong to the project: its own module's, and those of modules that a folder replaces. */
export const moduleFolders = (mod: ModFile): ModuleFolders =>
  new Map([[mod.module.value, ''], ...mod.localReplaces.map(({ module, value }) => [module, join(value)] as const)]);
