import { type Note, type Project, type StagePlan, shellWord } from '@msb/core';
import { prismaComments } from '../codegen/prisma.ts';
import type { PackageJson } from '../package-json.ts';
import { alone, type Dependencies, type InstallRequest, type PackageManager } from './manager.ts';
import { readNpmLock } from './npm-lock.ts';
import { npmVersion } from './version.ts';

/** A shrinkwrap wins: https://docs.npmjs.com/cli/v11/configuring-npm/npm-shrinkwrap-json */
const lockfiles = ['npm-shrinkwrap.json', 'package-lock.json'];

// Neither the audit nor the appeal for funds belongs into a build log, and each costs a request.
const quiet = '--no-audit --no-fund';

/**
 * `npm ci` installs what the lockfile says, and nothing else. It refuses a lockfile that lacks something, which
 * `npm install` completes.
 */
const installs = {
  complete: 'npm ci',
  incomplete: 'npm install --no-save',
  none: 'npm install --no-save --no-package-lock',
} as const;

const command = ({ lock }: Dependencies, flags: string, { ignoreScripts }: InstallRequest): string =>
  [installs[lock], flags, ignoreScripts ? '--ignore-scripts' : '', quiet].filter((word) => word !== '').join(' ');

const workspace = (folder: string): string => `--workspace ${shellWord(folder, 'The folder of a package')}`;

/** The commands of one installation; where npm must not run the root's scripts, the others' are run by name. */
function commands(dependencies: Dependencies, flags: string, request: InstallRequest): readonly string[] {
  const { ignoreScripts, allow, after } = request;
  const named =
    ignoreScripts && allow.length > 0 ? [`npm rebuild ${allow.map((name) => shellWord(name)).join(' ')}`] : [];
  return [command(dependencies, flags, request), ...named, ...after];
}

/** Takes out what `--omit=dev` keeps, together with what only that needs. */
const withoutTools = ({ tools = [] }: Dependencies): readonly string[] =>
  tools.length === 0
    ? []
    : [
        `npm uninstall --no-save --omit=dev --ignore-scripts ${quiet} ${tools.map((name) => shellWord(name)).join(' ')}`,
      ];

/** The same for production: tools go before scripts run. */
function production(dependencies: Dependencies, request: InstallRequest): readonly string[] {
  const [install = '', ...rest] = commands(dependencies, productionFlags(request), request);
  return [install, ...withoutTools(dependencies), ...rest];
}

const productionFlags = ({ focus }: InstallRequest): string =>
  focus ? `--omit=dev ${workspace(focus.folder)}` : '--omit=dev';

function read(project: Project, manifest: PackageJson, importers = alone(manifest), node = ''): Dependencies {
  const wanted = [...new Map([...manifest.development, ...manifest.production]).values()];
  const lockfile = lockfiles.find((file) => project.has(file));
  const config = project.has('.npmrc') ? ['.npmrc'] : [];
  const version = npmVersion(manifest, node);
  const named = {
    manager: version === undefined ? 'npm' : `npm ${version}`,
    ...(version !== undefined && { version }),
  };
  const base = { ...named, place: undefined, packages: undefined, files: config, lock: 'none' } as const;
  if (lockfile === undefined) return { ...base, notes: wanted.length === 0 ? [] : [noLock] };
  const { packages, missing, tools } = readNpmLock(project, lockfile, wanted, importers);
  return {
    ...named,
    place: { file: lockfile },
    packages,
    tools,
    lock: missing.length > 0 ? 'incomplete' : 'complete',
    files: [lockfile, ...config],
    notes: [
      ...(packages === undefined ? [oldLock(lockfile)] : []),
      ...missing.slice(0, 1).map((name) => incomplete(lockfile, name)),
    ],
  };
}

/** npm, which comes with Node; another one is installed where package.json asks for it. */
export const npm: PackageManager = {
  id: 'npm',
  lockfiles,
  read,
  tool: ({ version }, from, name) =>
    version === undefined
      ? undefined
      : { template: 'node/npm', values: { from, name, package: shellWord(`npm@${version}`) } },
  everything: (dependencies, request) => stage('node/npm-deps', request, commands(dependencies, '', request)),
  production: (dependencies, request) =>
    stage('node/npm-prod-deps', request, production(dependencies, request), dependencies.tools),
  pruned: (dependencies, request) => {
    const prune = `npm prune --omit=dev --no-save --ignore-scripts ${quiet}`;
    return stage(
      'node/npm-pruned',
      request,
      [prune, ...withoutTools(dependencies), ...request.after],
      dependencies.tools,
    );
  },
  run: (script, of) => {
    const run = `npm run ${shellWord(script, 'The name of a script')}`;
    return of ? `${run} ${workspace(of.folder)}` : run;
  },
};

/** npm 11 warns and npm 12 refuses where a list of packages is missing; npm 10 and older stop at a key that they lack. */
export const allowed = ({ npm: major, allow }: InstallRequest): string => (major < 11 ? '' : allow.join(','));

const stage = (
  template: string,
  request: InstallRequest,
  lines: readonly string[],
  tools: readonly string[] = [],
): StagePlan => ({
  template,
  values: {
    tools: tools.join(', '),
    from: request.from,
    ...(template !== 'node/npm-pruned' && { workdir: request.workdir }),
    mounts: request.mounts,
    allow: allowed(request),
    comments: prismaComments(lines),
    commands: lines.join(' && \\\n    '),
  },
});

const noLock: Note = {
  message: 'There is no package-lock.json, so each build may get other versions, and none is known beforehand',
  hint: 'Run npm install and commit package-lock.json: the image then uses npm ci.',
  place: { file: 'package.json' },
};

const oldLock = (file: string): Note => ({
  message: `${file} is from npm 6 or older and does not say which packages run install scripts`,
  hint: 'Run npm install with a current npm, and commit the file.',
  place: { file },
});

const incomplete = (file: string, name: string): Note => ({
  message: `${file} does not have ${name} as it is asked for; npm ci refuses that, so the image uses npm install`,
  hint: `Run npm install, and commit ${file}: every build then gets the same versions.`,
  place: { file },
});
