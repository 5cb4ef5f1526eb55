import { type Project, shellWord } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { readIndented } from './indented.ts';
import { type Cache, installStage, prune, rebuild, words } from './install.ts';
import { alone, type Dependencies, type InstallRequest, type PackageManager } from './manager.ts';
import { noLock, stale } from './notes.ts';
import { managerVersion } from './version.ts';
import { readYarnLock } from './yarn-lock.ts';

const lockfile = 'yarn.lock';

/** Files that Yarn 1 reads (https://classic.yarnpkg.com/lang/en/docs/yarnrc/). */
const own = ['.yarnrc', '.npmrc'];

/** Yarn 1 unpacks into its cache, where another one may read: https://classic.yarnpkg.com/en/docs/cli/#toc-concurrency-and-mutex */
const cache: Cache = { id: 'yarn-classic', target: '/usr/local/share/.cache/yarn', locked: true };

function install(dependencies: Dependencies, production: boolean, request: InstallRequest): readonly string[] {
  const locked = dependencies.lock === 'none' ? '--no-lockfile' : '--frozen-lockfile';
  const scripts = request.ignoreScripts && '--ignore-scripts';
  return [
    words('yarn install', locked, production && '--production', scripts, '--non-interactive'),
    ...rebuild(request),
    ...request.after,
  ];
}

function read(project: Project, manifest: PackageJson, importers = alone(manifest)): Dependencies {
  const files = own.filter((file) => project.exists(file));
  const lock = project.has(lockfile) ? readYarnLock(readIndented(project, lockfile), manifest, importers) : undefined;
  const version = managerVersion('yarn', manifest, '1');
  return {
    manager: `yarn ${version}`,
    place: lock ? { file: lockfile } : undefined,
    version,
    packages: lock?.packages,
    lock: lock ? 'complete' : 'none',
    files: lock ? [lockfile, ...files] : files,
    ignore: ['.yarn'],
    notes: lock ? stale('yarn', lockfile, lock.missing) : noLock('yarn', lockfile, manifest),
  };
}

/** Yarn 1, added to Node (https://classic.yarnpkg.com). */
export const yarnClassic: PackageManager = {
  id: 'yarn',
  lockfiles: [lockfile],
  read,
  tool: ({ version }, from, name) => ({
    template: 'node/yarn-classic',
    values: { from, name, package: shellWord(`yarn@${version}`) },
  }),
  everything: (dependencies, request) => installStage('deps', request, cache, install(dependencies, false, request)),
  production: (dependencies, request) =>
    installStage('prod-deps', request, cache, install(dependencies, true, request)),
  pruned: (_, request) => installStage('pruned', request, cache, [prune, ...request.after]),
  run: (script, of) => {
    const workspace = of && `workspace ${shellWord(of.name, 'The name of a package')}`;
    return words('yarn', workspace ?? false, 'run', shellWord(script, 'The name of a script'));
  },
};
