import type { GivenOptions, Project } from '@msb/core';
import { type Cgo, findCgo, findOptionalCgo, neededLibrary, requiresC } from './cgo.ts';
import type { ModFile } from './modfile.ts';
import { type GoPackage, type ModuleFolders, packagesOf } from './packages.ts';

/** What programs are made of, as far as it lies in the project. */
export interface OwnPackages {
  readonly cgo: Cgo | undefined;
  readonly packages: readonly GoPackage[];
}

/**
 * The packages of the programs in some folders whose sources are at hand, as the build with `tags` sees them that they need: without
 * C, or with it. Throws `unsupported` for C that can't be built.
 */
export function ownPackages(
  project: Project,
  mod: ModFile,
  modules: ModuleFolders,
  folders: readonly string[],
  given: GivenOptions,
  tags: readonly string[] = [],
): OwnPackages {
  const without = packagesOf(project, modules, folders, { tags });
  const needed = findCgo(project, without, given.cgo);
  if (needed === undefined && (given.cgo === false || !requiresC(mod))) return { cgo: undefined, packages: without };
  const packages = packagesOf(project, modules, folders, { cgo: true, tags });
  const refusal = neededLibrary(project, packages);
  if (needed && refusal) throw refusal;
  const cgo = needed ?? (refusal ? undefined : findOptionalCgo(project, packages));
  return { cgo, packages: cgo ? packages : without };
}
