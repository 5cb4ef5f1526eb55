import { at, MsbError, type Project, shellWord, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { readIndented } from './indented.ts';
import { type Cache, installStage, prune, rebuild, words } from './install.ts';
import { alone, type Dependencies, type InstallRequest, type PackageManager } from './manager.ts';
import { noLock, stale } from './notes.ts';
import { managerVersion } from './version.ts';
import { readYarnLock } from './yarn-lock.ts';
import { linkerNote, settings, tokenNote, tokens, versionNote } from './yarn-settings.ts';

const lockfile = 'yarn.lock';

/** The format of lockfile that the newest Yarn writes; each Yarn wants to rewrite those of older ones. */
const newest = '10';

/** Files that Yarn reads (https://yarnpkg.com/configuration/yarnrc); its releases are replaced by the one from npm. */
const own = [settings, '.yarn/plugins', '.yarn/patches', 'patches'];

/** What Yarn makes, and releases of it (https://yarnpkg.com/getting-started/qa#which-files-should-be-gitignored). */
const made = ['.pnp.*', '.yarn/cache', '.yarn/releases', '.yarn/sdks', '.yarn/unplugged', '.yarn/*-state.*'];

/** What Yarn calls the root of a workspace that has no name: https://github.com/yarnpkg/berry, Workspace.setup */
const unnamed = 'root-workspace-0b6124';

const cache: Cache = { id: 'yarn', target: '/var/cache/yarn' };

function everything({ lock }: Dependencies, request: InstallRequest): readonly string[] {
  const built = request.focus?.built ?? request.ofRoot?.map((name) => name || unnamed);
  if (built) return [...focused(built, request), ...rebuild(request), ...request.after];
  const locked = lock === 'none' ? '--no-immutable' : '--immutable';
  const skip = request.ignoreScripts && '--mode=skip-build';
  return [words('yarn install', locked, skip), ...rebuild(request), ...request.after];
}

/** `focus` runs the scripts of the project's own packages, whatever it is told, so they lose them for this step. */
function withoutScripts({ ignoreScripts, focus, ofRoot }: InstallRequest): readonly string[] {
  if (!ignoreScripts) return [];
  return [words('npm pkg delete scripts', (focus ?? ofRoot) !== undefined && '--workspaces --include-workspace-root')];
}

/** Without `focus` everything is installed, and what is for development is taken out again. */
const production = (dependencies: Dependencies, request: InstallRequest): readonly string[] =>
  dependencies.focuses === false
    ? [...everything(dependencies, { ...request, after: [] }), prune, ...request.after]
    : focusedOn(request);

const focusedOn = (request: InstallRequest): readonly string[] => [
  ...focused(request.focus ? [request.focus.name] : ['--all'], request, '--production'),
  ...request.after,
];

/**
 * Of a workspace only some packages are there, which `yarn install` takes for a change of the lockfile.
 */
function focused(names: readonly string[], request: InstallRequest, ...flags: readonly string[]): readonly string[] {
  const packages = names.map((name) => shellWord(name, 'The name of a package'));
  return [...withoutScripts(request), words('yarn workspaces focus', ...packages, ...flags)];
}

/** A mount that can be written to; what is written is gone when the step is over. */
const writable = (request: InstallRequest): InstallRequest => ({
  ...request,
  mounts: !request.ignoreScripts
    ? request.mounts
    : request.mounts.map((mount) => (/[=/]package\.json$/.test(mount) ? `${mount},rw` : mount)),
});

function read(project: Project, manifest: PackageJson, importers = alone(manifest)): Dependencies {
  const config = project.has(settings) ? readIndented(project, settings) : undefined;
  const files = own.filter((file) => project.exists(file));
  const lock = project.has(lockfile) ? readYarnLock(readIndented(project, lockfile), manifest, importers) : undefined;
  const [, released] = /yarn-(\d+\.\d+\.\d+)\.c?js$/.exec(textAt(config?.value, 'yarnPath') ?? '') ?? [];
  const version = released ?? managerVersion('yarn', manifest, lock?.format ?? newest);
  const focuses = hasFocus(project, version);
  if (!focuses) refuseOldWorkspace(manifest, version);
  const secrets = tokens(project);
  return {
    manager: `yarn ${version}`,
    place: lock ? { file: lockfile } : undefined,
    version,
    focuses,
    packages: lock?.packages,
    lock: lock ? 'complete' : 'none',
    files: lock ? [lockfile, ...files] : files,
    secrets,
    ignore: made,
    notes: [
      ...(lock ? stale('yarn', lockfile, lock.missing) : noLock('yarn', lockfile, manifest)),
      ...(lock && released === undefined ? versionNote(manifest, version) : []),
      ...linkerNote(config, lock !== undefined),
      ...secrets.map(tokenNote),
    ],
  };
}

/** Yarn 2 and later, added to Node (https://yarnpkg.com). */
export const yarnBerry: PackageManager = {
  id: 'yarn',
  lockfiles: [lockfile],
  read,
  tool: ({ version }, from, name) => ({
    template: 'node/yarn-berry',
    values: { from, name, package: shellWord(`@yarnpkg/cli-dist@${version}`) },
  }),
  everything: (dependencies, request) =>
    installStage(
      'deps',
      request.focus || request.ofRoot ? writable(request) : request,
      cache,
      everything(dependencies, request),
    ),
  production: (dependencies, request) =>
    installStage('prod-deps', writable(request), cache, production(dependencies, request)),
  pruned: (_, request) => installStage('pruned', request, cache, [prune, ...request.after]),
  run: (script, of) => {
    const workspace = of && `workspace ${shellWord(of.name, 'The name of a package')}`;
    return words('yarn', workspace ?? false, 'run', shellWord(script, 'The name of a script'));
  },
};

/** Yarn 4 has `focus` built in; 2 and 3 need a plugin (https://yarnpkg.com/cli/workspaces/focus). */
const hasFocus = (project: Project, version: string): boolean =>
  !/^[23]\./.test(version) || project.exists('.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs');

/** One package of a workspace can't be installed without it. */
function refuseOldWorkspace({ json, place }: PackageJson, version: string): void {
  if (at(json.value, 'workspaces') === undefined) return;
  throw new MsbError(
    'unsupported',
    `Yarn ${version} can't install one package of a workspace without its plugin workspace-tools`,
    'Run yarn plugin import workspace-tools and commit .yarn/plugins, or move to Yarn 4: yarn set version stable.',
    place('workspaces'),
  );
}
