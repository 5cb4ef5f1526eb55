import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import * as msb from '@msb/core';
import { type Ecosystem, MsbError } from '@msb/core';
import { type ListedEcosystem, ecosystems as ours } from './ecosystems.ts';

/**
 * Loaded only for `--templates`, in the bundle from a file of its own: it has Handlebars' compiler, which precompiled
 * templates do not need, and all of core for the modules of others.
 */
export { main } from './cli.ts';

/** The ecosystems of a folder or package named by `--templates`, and ours with what that replaces of them. */
export async function ecosystemsWith(named: string, cwd: string): Promise<readonly ListedEcosystem[]> {
  const folder = findFolder(named, cwd);
  const loaded = await Promise.all(ours.map(({ load }) => load()));
  const folders = Object.fromEntries(loaded.map((ecosystem) => [ecosystem.manifest.id, ecosystem.folder]));
  const { ecosystems, overridden } = await msb.readOutside(folder, folders, msb);
  const theirs = new Set(ecosystems.map(({ manifest }) => manifest.id));
  const mine = loaded
    .filter(({ manifest }) => !theirs.has(manifest.id))
    .map((ecosystem) => replaced(ecosystem, folder, named, overridden));
  return [...ecosystems, ...mine].map((ecosystem) => ({
    manifest: ecosystem.manifest,
    load: () => Promise.resolve(ecosystem),
  }));
}

/** An ecosystem of ours some of whose templates are somebody else's; a fact says so. */
function replaced(ecosystem: Ecosystem, folder: string, named: string, overridden: readonly string[]): Ecosystem {
  const { id } = ecosystem.manifest;
  const mine = overridden.filter((name) => name.startsWith(`${id}/`) || name.startsWith('_runtime/'));
  if (mine.length === 0) return ecosystem;
  const fact = { name: 'templates', value: `${mine.join(', ')} from ${msb.oneLine(named)}` };
  return {
    ...ecosystem,
    overrides: folder,
    detect: (project, given) => {
      const detection = ecosystem.detect(project, given);
      return { ...detection, facts: [...detection.facts, fact] };
    },
  };
}

/** A folder as it is named, or that of an installed package: its `templates`, where it has such a folder. */
function findFolder(named: string, cwd: string): string {
  const here = resolve(cwd, named);
  if (existsSync(here) && statSync(here).isDirectory()) return here;
  const root = packageFolder(named, cwd);
  if (root !== undefined) return existsSync(join(root, 'templates')) ? join(root, 'templates') : root;
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
