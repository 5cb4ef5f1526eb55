import type { GivenOptions, Project } from '@msb/core';
import { type Cgo, findCgo, findOptionalCgo, requiresC } from './cgo.ts';
import { findLibraries, isStatic, type Libraries } from './libraries.ts';
import type { ModFile } from './modfile.ts';
import { type GoPackage, type ModuleFolders, packagesOf } from './packages.ts';

/** What programs are made of, as far as it lies in the project. */
export interface OwnPackages {
  readonly cgo: Cgo | undefined;
  readonly libraries: Libraries | undefined;
  readonly packages: readonly GoPackage[];
}

/**
 * The packages of the programs in some folders whose sources are at hand, as the build with `tags` that they need sees
 * them: without C, or with it. Throws `unsupported` for C that can't be built.
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
  const asked = given.packages === undefined ? given.cgo : true;
  const needed = findCgo(project, without, asked);
  const pure: OwnPackages = { cgo: undefined, libraries: undefined, packages: without };
  if (needed === undefined && (given.cgo === false || !requiresC(mod))) return pure;
  const packages = packagesOf(project, modules, folders, { cgo: true, tags });
  if (needed) return { cgo: needed, libraries: findLibraries(project, packages, given), packages };
  const optional = isStatic(project, packages) ? findOptionalCgo(project, packages) : undefined;
  return optional ? { cgo: optional, libraries: undefined, packages } : pure;
}
