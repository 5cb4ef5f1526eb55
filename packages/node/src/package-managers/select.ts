import { MsbError, type Note, type Place, type Project, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import type { PackageManager } from './manager.ts';
import { npm } from './npm.ts';

const managers: readonly PackageManager[] = [npm];

/** The lockfiles of every manager there is, ours or not yet. */
const lockfiles: Readonly<Record<string, readonly string[]>> = {
  npm: npm.lockfiles,
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
};

interface Selection {
  readonly manager: PackageManager;
  readonly notes: readonly Note[];
}

/**
 * The package manager of a project: the one that package.json names, else the one whose lockfile is there, else npm.
 * A second lockfile is left aside, with a note. Throws `unsupported`.
 */
export function selectManager(project: Project, manifest: PackageJson): Selection {
  const locks = Object.entries(lockfiles).flatMap(([id, files]) =>
    files.filter((file) => project.has(file)).map((file) => ({ id, place: { file } })),
  );
  const declared = declaredManager(manifest);
  const chosen = declared ?? locks[0] ?? { id: 'npm', place: { file: 'package.json' } };
  const manager = managers.find(({ id }) => id === chosen.id);
  if (manager === undefined) throw unsupported(chosen.id, chosen.place);
  const others = locks.filter(({ id }) => id !== chosen.id);
  return { manager, notes: others.map(({ id, place }) => secondLock(id, place, chosen.id)) };
}

/** `packageManager: "pnpm@11.1.0+sha512…"` (corepack), or `devEngines.packageManager.name` (npm). */
function declaredManager(manifest: PackageJson): { readonly id: string; readonly place: Place } | undefined {
  const { value } = manifest.json;
  const field = textAt(value, 'packageManager')?.split('@')[0];
  if (field !== undefined) return { id: field, place: manifest.place('packageManager') };
  const engine = textAt(value, 'devEngines', 'packageManager', 'name');
  return engine === undefined ? undefined : { id: engine, place: manifest.place('devEngines', 'packageManager') };
}

const unsupported = (id: string, place: Place): MsbError =>
  new MsbError(
    'unsupported',
    `The project uses ${JSON.stringify(id).slice(1, -1)}, and only npm is known so far`,
    'Run npm install, commit package-lock.json, and remove what names the other package manager.',
    place,
  );

const secondLock = (id: string, place: Place, chosen: string): Note => ({
  message: `There is a lockfile of ${id}, too; the image is built with ${chosen}`,
  hint: `Remove ${place.file}, or name the package manager in package.json: "packageManager".`,
  place,
});
