import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import * as msb from '@msb/core';
import { MsbError } from '@msb/core';
import { type ListedEcosystem, ecosystems as ours } from './ecosystems.ts';

/**
 * Loaded only for `--templates`, in the bundle from a file of its own: it has Handlebars' compiler, which precompiled
 * templates do not need, and all of core for the modules of others.
 */
export { main } from './cli.ts';

/** The ecosystems of a folder or package named by `--templates`, and ours with what that replaces of them. */
export async function ecosystemsWith(named: string, cwd: string): Promise<readonly ListedEcosystem[]> {
  const { folder, from } = findFolder(named, cwd);
  const loaded = await Promise.all(ours.map(({ load }) => load()));
  const folders = Object.fromEntries(loaded.map((ecosystem) => [ecosystem.manifest.id, ecosystem.folder]));
  const { ecosystems, overridden } = await msb.readOutside(folder, folders, msb);
  const theirs = new Set(ecosystems.map(({ manifest }) => manifest.id));
  const mine = loaded
    .filter(({ manifest }) => !theirs.has(manifest.id))
    .map((ecosystem) => msb.borrowing(ecosystem, folder, { from, replaced: overridden }, msb.oneLine(named)));
  const brought = ecosystems.map((ecosystem) => ({ ...ecosystem, borrowed: { from, replaced: [] } }));
  return [...brought, ...mine].map((ecosystem) => ({
    manifest: ecosystem.manifest,
    load: () => Promise.resolve(ecosystem),
  }));
}

/**
 * A folder as it is named, or that of an installed package: its `templates`, where it has such a folder. `from` is the
 * name of the package, or the absolute path.
 */
function findFolder(named: string, cwd: string): { readonly folder: string; readonly from: string } {
  const here = resolve(cwd, named);
  if (existsSync(here) && statSync(here).isDirectory()) return { folder: here, from: here };
  const root = packageFolder(named, cwd);
  const inside = root && join(root, 'templates');
  if (inside !== undefined) return { folder: existsSync(inside) ? inside : dirname(inside), from: named };
  throw new MsbError(
    'bad-option',
    `--templates ${JSON.stringify(named)}: there is no such folder, and no package of this name is installed here`,
    'Name a folder, or npm install the package first.',
  );
}

function packageFolder(name: string, cwd: string): string | undefined {
  try {
    return dirname(createRequire(join(cwd, 'x.js')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
