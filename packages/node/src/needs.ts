import { shipsModules } from './frameworks/made.ts';
import type { NodeBuild } from './plan.ts';

/** Whether anything is installed for development. */
export const hasDevelopment = ({ home: { root, built } }: NodeBuild): boolean =>
  [root, ...built].some(({ manifest }) => manifest.development.size > 0);

/** Whether anything is installed for production. */
export const hasProduction = ({ home: { built } }: NodeBuild): boolean =>
  built.some(({ manifest }) => manifest.production.size > 0);

/** Whether node_modules ships. */
export const hasModules = (build: NodeBuild): boolean =>
  hasProduction(build) && (build.framework === undefined || shipsModules(build.framework.made));

/** Whether anything is made of the sources before they ship. */
export const isBuilt = ({ build, lifecycle }: Pick<NodeBuild, 'build' | 'lifecycle'>): boolean =>
  build !== undefined || lifecycle.beforeBuild.length > 0;

/**
 * Tools that work on dependencies at install time leave their results in `deps`, so production is cut out of it; so is
 * what takes minutes to compile, rather than compiling it twice.
 */
export const isPruned = (build: NodeBuild): boolean =>
  hasModules(build) && (build.installs.afterInstall.length > 0 || (isBuilt(build) && build.native.compiled.length > 0));

/** Whether node_modules is there for the build only, which copies what the program needs of it into its output. */
export const isCopied = ({ framework }: NodeBuild): boolean => framework !== undefined && !shipsModules(framework.made);
