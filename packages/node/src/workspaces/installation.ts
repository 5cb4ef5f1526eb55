import { MsbError, type Note } from '@msb/core';
import { type NpmConfig, readNpmConfig } from '../npmrc.ts';
import type { Dependencies, PackageManager } from '../package-managers/manager.ts';
import { selectManager } from '../package-managers/select.ts';
import { chooseNode, type NodeVersion } from '../version/choose.ts';
import { declaredVersion } from '../version/declared.ts';
import { foreign, type Home, importersOf, placesFrom } from './home.ts';

/** What installs the dependencies of a project, and on which Node. */
export interface Installation {
  readonly version: NodeVersion;
  readonly manager: PackageManager;
  readonly dependencies: Dependencies;
  readonly config: NpmConfig;
  readonly notes: readonly Note[];
}

/** Reads the files beside the lockfile; a package of a workspace may ask for a Node of its own. Throws an `MsbError`. */
export function readInstallation(home: Home, nodeVersion: string | undefined): Installation {
  const { root, target } = home;
  refuseUnknown(home);
  const here = placesFrom(home);
  const own = declaredVersion(target.project, target.manifest) !== undefined;
  const version = own
    ? chooseNode(target.project, target.manifest, nodeVersion)
    : here(chooseNode(root.project, root.manifest, nodeVersion));
  const selected = selectManager(root.project, root.manifest);
  const dependencies = here(selected.manager.read(root.project, foreign(root, home), importersOf(home), version.major));
  const config = readNpmConfig(root.project);
  return {
    version,
    manager: selected.manager,
    dependencies: { ...dependencies, ...(dependencies.packages && { packages: dependencies.packages.map(here) }) },
    config,
    notes: [
      ...(own ? version.notes : version.notes.map(here)),
      ...[...selected.notes, ...dependencies.notes, ...config.notes].map(here),
    ],
  };
}

/** A package of a workspace that is not there is no part of the build. */
function refuseUnknown(home: Home): void {
  for (const item of home.built) {
    const { production, development } = foreign(item, home);
    const lost = [...production.values(), ...development.values()].find(({ spec }) => /^workspace:/.test(spec));
    if (lost === undefined) continue;
    throw new MsbError(
      'unsupported',
      `${lost.name} is asked for as a package of the workspace (${lost.spec}), which has none of that name`,
      'Make both packages of one workspace, publish it, or move its code into this package.',
      lost.place,
    );
  }
}
