import { type Note, type Project, readJson, shellWord } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { readBunLock } from './bun-lock.ts';
import { type Cache, installStage, prune, rebuild, words } from './install.ts';
import { alone, type Dependencies, type Focus, type InstallRequest, type PackageManager } from './manager.ts';
import { noLock, stale } from './notes.ts';
import { managerVersion } from './version.ts';

/** The text wins; the binary one is from Bun 1.1 and older (https://bun.com/docs/pm/lockfile). */
const lockfiles = ['bun.lock', 'bun.lockb'];

/** Files that Bun reads (https://bun.com/docs/runtime/bunfig), and the folder that `bun patch --commit` writes. */
const own = ['bunfig.toml', '.npmrc', 'patches'];

const cache: Cache = { id: 'bun', target: '/root/.bun/install/cache' };

/** Bun links files of its cache where it can; those of a mount it copies, and the image must not depend on that. */
const backend = '--backend=copyfile';

function install(dependencies: Dependencies, production: boolean, request: InstallRequest): readonly string[] {
  const locked = dependencies.lock === 'none' ? '--no-save' : '--frozen-lockfile';
  const scripts = request.ignoreScripts && '--ignore-scripts';
  const only = production && request.focus && `--filter ${shellWord(request.focus.name, 'The name of a package')}`;
  return [
    words('bun install', locked, production && '--production', only ?? false, scripts, backend),
    ...rebuild(request),
    ...request.after,
  ];
}

function read(project: Project, manifest: PackageJson, importers = alone(manifest)): Dependencies {
  const files = own.filter((file) => project.exists(file));
  const lockfile = lockfiles.find((file) => project.has(file));
  const lock = lockfile === 'bun.lock' ? readBunLock(readJson(project, lockfile), importers) : undefined;
  const version = managerVersion('bun', manifest, lockfile === 'bun.lockb' ? '0' : lock?.format);
  return {
    manager: `bun ${version}`,
    place: lockfile === undefined ? undefined : { file: lockfile },
    version,
    packages: lock?.packages,
    lock: lockfile === undefined ? 'none' : 'complete',
    files: lockfile === undefined ? files : [lockfile, ...files],
    notes: notes(manifest, lockfile, lock?.missing),
  };
}

function notes(manifest: PackageJson, lockfile: string | undefined, missing: readonly string[] = []): readonly Note[] {
  if (lockfile === undefined) return noLock('bun', 'bun.lock', manifest);
  return lockfile === 'bun.lockb' ? [binary] : stale('bun', lockfile, missing);
}

/** https://bun.com/docs/pm/lockfile#bun-lockb */
const binary: Note = {
  message: 'bun.lockb is binary, so that nobody can see which packages ship, or which of them hold machine code',
  hint: 'Turn it into text: bun install --save-text-lockfile --frozen-lockfile --lockfile-only, and remove bun.lockb.',
  place: { file: 'bun.lockb' },
};

const runs = (command: string, script: string, of?: Pick<Focus, 'name'>): string => {
  const filter = of && `--filter ${shellWord(of.name, 'The name of a package')}`;
  return words(command, filter ?? false, shellWord(script, 'The name of a script'));
};

/** Bun as the installer (https://bun.com/docs/pm/cli/install); what it installed is run by Node. */
export const bun: PackageManager = {
  id: 'bun',
  lockfiles,
  read,
  tool: ({ version }, from, name) => ({
    template: 'node/bun',
    values: { from, name, package: shellWord(`bun@${version}`) },
  }),
  everything: (dependencies, request) => installStage('deps', request, cache, install(dependencies, false, request)),
  production: (dependencies, request) =>
    installStage('prod-deps', request, cache, install(dependencies, true, request)),
  pruned: (_, request) => installStage('pruned', request, cache, [prune, ...request.after]),
  needsBuilt: true,
  run: (script, of) => runs('bun run', script, of),
};

/** The same where the image that builds is Bun's own: there is no Node, and its programs are run by Bun, too. */
export const bunAlone: PackageManager = {
  ...bun,
  tool: () => undefined,
  run: (script, of) => runs('bun run --bun', script, of),
};
