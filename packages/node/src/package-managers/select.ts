import { MsbError, type Note, type Place, type Project } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { bun } from './bun.ts';
import type { PackageManager } from './manager.ts';
import { npm } from './npm.ts';
import { pnpm } from './pnpm.ts';
import { type Declared, declaredManager } from './version.ts';
import { yarnBerry } from './yarn-berry.ts';
import { yarnClassic } from './yarn-classic.ts';

/** What decides between the managers of one name. */
type Rule = (project: Project, declared: Declared | undefined) => PackageManager;

/** The managers by name. Of several lockfiles the first one here wins: npm needs nothing but Node itself. */
const managers: Readonly<Record<string, { readonly lockfiles: readonly string[]; readonly choose: Rule }>> = {
  npm: { lockfiles: npm.lockfiles, choose: () => npm },
  pnpm: { lockfiles: pnpm.lockfiles, choose: () => pnpm },
  yarn: { lockfiles: yarnClassic.lockfiles, choose: yarn },
  bun: { lockfiles: bun.lockfiles, choose: () => bun },
};

/** Yarn 2 and later by its version, its settings or its lockfile; Yarn 1 shares the name and nothing else. */
function yarn(project: Project, declared: Declared | undefined): PackageManager {
  const [major] = /\d+/.exec(declared?.version ?? '') ?? [];
  if (major !== undefined) return Number(major) > 1 ? yarnBerry : yarnClassic;
  const modern = project.has('.yarnrc.yml') || /^__metadata:/m.test(project.text('yarn.lock') ?? '');
  return modern ? yarnBerry : yarnClassic;
}

/** The lockfile of a project, whatever wrote it. */
export const lockfileOf = (project: Project): string | undefined =>
  Object.values(managers)
    .flatMap(({ lockfiles }) => lockfiles)
    .find((file) => project.has(file));

/** The name of the manager that a project is installed with. */
export const managerId = (project: Project, manifest: PackageJson): string =>
  declaredManager(manifest)?.id ??
  Object.entries(managers).find(([, { lockfiles }]) => lockfiles.some((file) => project.has(file)))?.[0] ??
  'npm';

interface Selection {
  readonly manager: PackageManager;
  readonly notes: readonly Note[];
}

/**
 * The package manager of a project: the one that package.json names, else the one whose lockfile is there, else npm.
 * A second lockfile is left aside, with a note. Throws `unsupported` for a manager that nobody has heard of.
 */
export function selectManager(project: Project, manifest: PackageJson): Selection {
  const locks = Object.entries(managers).flatMap(([id, { lockfiles }]) =>
    lockfiles.filter((file) => project.has(file)).map((file) => ({ id, place: { file } })),
  );
  const declared = declaredManager(manifest);
  const id = declared?.id ?? locks[0]?.id ?? 'npm';
  const found = Object.hasOwn(managers, id) ? managers[id] : undefined;
  if (found === undefined) throw unsupported(id, declared?.place ?? { file: 'package.json' });
  const why = declared ? 'as package.json says' : 'whose lockfile comes first';
  const others = locks.filter((lock) => lock.id !== id);
  return {
    manager: found.choose(project, declared),
    notes: others.map((lock) => secondLock(lock.id, lock.place, `${id}, ${why}`)),
  };
}

const unsupported = (id: string, place: Place): MsbError =>
  new MsbError(
    'unsupported',
    `The project uses ${JSON.stringify(id).slice(1, -1)}, which is no package manager that is known here`,
    `Known are ${Object.keys(managers).join(', ')}: name one of them in package.json, such as "packageManager": "npm@11".`,
    place,
  );

const secondLock = (id: string, place: Place, chosen: string): Note => ({
  message: `There is a lockfile of ${id}, too; the image is built with ${chosen}`,
  hint: `Remove ${place.file}, or name the package manager in package.json: "packageManager".`,
  place,
});
