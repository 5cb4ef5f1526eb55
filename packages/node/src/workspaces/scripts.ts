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
      sorted.afterInstall.map((script) => ({ script, ...(item.folder !== '' && { of: item }) })),
    ),
    files: packages.flatMap(({ item, sorted }) => sorted.files.map((file) => item.project.inContext(file))),
  };
}
