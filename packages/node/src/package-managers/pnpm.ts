import { at, itemsOf, type JsonFile, keysOf, type Note, type Project, shellWord, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { readIndented } from './indented.ts';
import { type Cache, installStage, words } from './install.ts';
import { alone, type Dependencies, type InstallRequest, type PackageManager } from './manager.ts';
import { noLock, stale } from './notes.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import { managerVersion } from './version.ts';

const lockfile = 'pnpm-lock.yaml';
const settings = 'pnpm-workspace.yaml';

/** Files that pnpm reads (https://pnpm.io/settings), and the folder that `pnpm patch-commit` writes. */
const own = [settings, '.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs', 'patches'];

const target = '/var/cache/pnpm';

/**
 * The store keeps what install scripts made, by system, CPU and Node but not by C library
 * (https://pnpm.io/settings#sideeffectscache), so that each has a store of its own.
 */
const cacheFor = ({ libc }: InstallRequest): Cache => ({ id: libc === 'musl' ? 'pnpm-musl' : 'pnpm', target });

/**
 * The store lies in the cache, so that its files are copied: a link into it would lead out of the image. The virtual
 * store stays in node_modules for the same reason.
 */
const storage = `--store-dir=${target} --package-import-method=copy`;

function command({ lock }: Dependencies, ...flags: readonly (string | false)[]): string {
  return words('pnpm install', lock === 'none' ? '--no-frozen-lockfile' : '--frozen-lockfile', ...flags, storage);
}

/** A link to the program in place of a shell script that calls it (https://pnpm.io/settings#prefersymlinkedexecutables). */
const linked = '--config.prefer-symlinked-executables=true';

function install(dependencies: Dependencies, production: boolean, request: InstallRequest): readonly string[] {
  const { ignoreScripts, allow, after, focus, startsBin } = request;
  const named = ignoreScripts && allow.length > 0;
  const only = production && focus && `--filter ${shellWord(`${focus.name}...`, 'The name of a package')}`;
  return [
    command(
      dependencies,
      production && '--prod',
      only ?? false,
      ignoreScripts && '--ignore-scripts',
      production && startsBin && linked,
    ),
    // pnpm 8 and 9 stop here without the store: ERR_PNPM_UNEXPECTED_STORE
    ...(named ? [`pnpm rebuild ${allow.map((name) => shellWord(name)).join(' ')} --store-dir=${target}`] : []),
    ...after,
  ];
}

/**
 * `pnpm prune` takes no --store-dir and lays node_modules out anew, without what scripts did to it. An installation
 * leaves the rest as it is, but forgets about what it unlinked for a week, unless it is told not to.
 */
function pruned(dependencies: Dependencies, { after, startsBin }: InstallRequest): readonly string[] {
  const flags = ['--prod', '--ignore-scripts', '--config.modules-cache-max-age=0', startsBin && linked];
  return [command(dependencies, ...flags), ...after];
}

function read(project: Project, manifest: PackageJson, importers = alone(manifest), node = ''): Dependencies {
  const config = project.has(settings) ? readIndented(project, settings) : undefined;
  const files = own.filter((file) => project.exists(file));
  const lock = project.has(lockfile) ? readPnpmLock(readIndented(project, lockfile), importers) : undefined;
  const version = managerVersion('pnpm', manifest, lock?.format, node);
  return {
    manager: `pnpm ${version}`,
    place: lock ? { file: lockfile } : undefined,
    version,
    packages: lock?.packages,
    lock: lock ? 'complete' : 'none',
    files: lock ? [lockfile, ...files] : files,
    ignore: ['.pnpm-store'],
    notes: lock
      ? [...stale('pnpm', lockfile, lock.missing), ...unapproved(manifest, config, lock.packages)]
      : noLock('pnpm', lockfile, manifest),
  };
}

/** pnpm, added to Node at the version that the project asks for (https://pnpm.io/docker). */
export const pnpm: PackageManager = {
  id: 'pnpm',
  lockfiles: [lockfile],
  read,
  tool: ({ version }, from, name) => ({
    template: 'node/pnpm',
    values: { from, name, package: shellWord(`pnpm@${version}`) },
  }),
  everything: (dependencies, request) =>
    installStage('deps', request, cacheFor(request), install(dependencies, false, request)),
  production: (dependencies, request) =>
    installStage('prod-deps', request, cacheFor(request), install(dependencies, true, request)),
  pruned: (dependencies, request) => installStage('pruned', request, cacheFor(request), pruned(dependencies, request)),
  run: (script, of) => {
    const filter = of && `--filter ${shellWord(of.name, 'The name of a package')}`;
    return words('pnpm', filter ?? false, 'run', shellWord(script, 'The name of a script'));
  },
};

/** Addons whose install script pnpm 10 leaves out, and 11 stops at, as nobody approved it (https://pnpm.io/settings#allowbuilds). */
function unapproved(
  manifest: PackageJson,
  config: JsonFile | undefined,
  packages: Dependencies['packages'],
): readonly Note[] {
  const lists = [at(config?.value, 'onlyBuiltDependencies'), at(manifest.json.value, 'pnpm', 'onlyBuiltDependencies')];
  const approved = new Set([...lists.flatMap(itemsOf), ...keysOf(at(config?.value, 'allowBuilds'))]);
  const all = textAt(config?.value, 'dangerouslyAllowAllBuilds') === 'true';
  const missing = packages?.find(({ name, dev, installScript }) => installScript && !dev && !approved.has(name));
  if (missing === undefined || all) return [];
  return [
    {
      message: `pnpm runs no install script of ${missing.name} unless it is approved`,
      hint: `Run pnpm approve-builds, and commit ${settings}.`,
      place: missing.place,
    },
  ];
}
