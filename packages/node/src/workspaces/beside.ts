import { join } from '@msb/core';
import { type Home, inFolderOf, isBeside } from './home.ts';
import type { Package } from './workspace.ts';

/** Lockfiles of npm: what a folder beside the project is installed with, since npm is always there. */
const lockfiles = ['npm-shrinkwrap.json', 'package-lock.json'];

/** The lockfile of a package that is installed by itself, as the build context has it. */
export const ownLocks = ({ project, folder }: Package): readonly string[] =>
  lockfiles.filter((file) => project.has(file)).map((file) => join(folder, file));

/**
 * Installs what the linked packages outside of the project need: no manager follows a link that leads out of its folder,
 * and pnpm and Yarn follow none (https://docs.npmjs.com/cli/v11/using-npm/config#install-links). `production` is for what
 * ships.
 */
export function installsBeside(home: Home, production: boolean): readonly string[] {
  return home[production ? 'shipped' : 'built']
    .filter((item) => isBeside(home, item) && needsOwn(home, item, production))
    .map((item) => {
      const command = ownLocks(item).length > 0 ? 'npm ci' : 'npm install --no-save --no-package-lock';
      const flags = `${production ? '--omit=dev ' : ''}--ignore-scripts --no-audit --no-fund`;
      return inFolderOf(home, item, `${command} ${flags}`);
    });
}

/** Whether a package has dependencies of its own that the project's installation leaves out. */
function needsOwn(home: Home, { manifest, folder }: Package, production: boolean): boolean {
  const inside = home.root.folder === '' || folder.startsWith(`${home.root.folder}/`);
  if (inside && !home.root.project.has('pnpm-lock.yaml') && !home.root.project.has('yarn.lock')) return false;
  return manifest.production.size > 0 || (!production && manifest.development.size > 0);
}
