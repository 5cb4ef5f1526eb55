import { type Note, type Place, type Project, pathWord } from '@msb/core';
import type { LocalPackage } from '../local/packages.ts';
import type { Requirement } from '../names.ts';
import type { Pyproject } from '../pyproject.ts';
import type { Needs } from '../tests.ts';
import type { Wanted } from './wanted.ts';

/** One package as a lockfile has it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string | undefined;
  /** What it needs, and what its extras need. */
  readonly dependencies: readonly Requirement[];
  readonly extras: Readonly<Record<string, readonly Requirement[]>>;
  /** The file names of its wheels; `undefined` where the lockfile does not list files. */
  readonly wheels: readonly string[] | undefined;
  /** Whether it comes out of a repository of Git. */
  readonly git: boolean;
  /** Whether the project does not name it itself. */
  readonly implied?: boolean;
  readonly place: Place;
}

/** What a package manager makes of a project. */
export interface Dependencies {
  /** For people: `uv 0.13.9`. */
  readonly title: string;
  readonly place: Place | undefined;
  /** What pip installs to have the package manager; absent where pip is all that is needed. */
  readonly tool?: readonly string[];
  /** What ships, by name; without a lockfile only what the project names itself, and then not `complete`. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  readonly complete: boolean;
  /** How many releases are installed, in words. */
  readonly locked: boolean;
  /** Files that the installation of the dependencies reads, as the build context has them. */
  readonly files: readonly string[];
  readonly notes: readonly Note[];
  /** Whether the dependencies can't be told from the project, so that both are installed in one step. */
  readonly together?: boolean;
  /** Whether the project is installed as a link to its sources. */
  readonly linked?: boolean;
  /** Whether the package manager can tell that its lockfile fits the project. */
  readonly verified?: boolean;
  /** Whether the package manager can only put its lockfile into pip's words, and pip installs it. */
  readonly exported?: boolean;
}

/** What the commands of a package manager need to know. */
export interface InstallRequest {
  readonly dependencies: Dependencies;
  readonly wanted: Wanted;
  readonly pyproject: Pyproject;
  /** The name of the project, where it is a member of uv's workspace. */
  readonly member?: string;
  /** The packages of the repository that it is built with. */
  readonly local: readonly LocalPackage[];
  /** Whether the project is a package that goes into the environment, too. */
  readonly self: boolean;
  /** Whether the project is installed as a link to its sources, as for development. */
  readonly linked: boolean;
}

/** A download cache, as `--mount` has it. */
export interface Cache {
  readonly id: string;
  readonly target: string;
}

/** A package manager: how its lockfile is read, and what it is told. */
export interface PackageManager {
  readonly id: string;
  readonly title: string;
  readonly lockfile: string | undefined;
  /** Whether the project is managed by it, lockfile or not. */
  uses(project: Project, pyproject: Pyproject): boolean;
  read(project: Project, pyproject: Pyproject, wanted: Wanted, local: readonly LocalPackage[]): Dependencies;
  readonly cache: Cache;
  /** What it reads of the packages of the repository before their sources are copied: all of them, or their manifests. */
  readonly localFiles: 'manifests' | 'sources' | 'none';
  /** Variables of the build. */
  readonly env: Readonly<Record<string, string>>;
  /** Commands that put the dependencies, without the project, into /opt/venv. */
  install(request: InstallRequest): readonly string[];
  /** Commands that put the project itself there. */
  installProject(request: InstallRequest): readonly string[];
  /** Commands that add what tests need to an environment; `installed` tells that the project itself is in it. */
  installTests(request: InstallRequest, tests: Needs, installed: boolean): readonly string[];
  /** The command that people run to mend the lockfile. */
  readonly lock: string;
}

/** A request for what ships, and for what tests need besides. */
export const withTests = (request: InstallRequest, tests: Needs): InstallRequest => ({
  ...request,
  wanted: {
    extras: [...new Set([...request.wanted.extras, ...tests.extras])],
    groups: [...new Set([...request.wanted.groups, ...tests.groups])],
  },
});

/** Where the environment is, in the build as in the image: its scripts name their interpreter by its full path. */
export const venv = '/opt/venv';

/** An environment without pip, which nothing needs once all is installed. */
export const makeVenv = `python -m venv --without-pip ${venv}`;

/** pip of the image, working on the environment. */
export const pipInstall = `pip --python ${venv} install`;

/** The project itself, without what it needs: that is there. `also` are packages of the repository. */
export const pipProject = ({ linked, self }: InstallRequest, also: readonly LocalPackage[] = []): readonly string[] => {
  const edit = (path: string, wanted: boolean): string => (linked && wanted ? `-e ${path}` : path);
  const paths = [...also.map((item) => edit(installPath(item.path), item.linked)), ...(self ? [edit('.', true)] : [])];
  return [`${pipInstall} --no-deps ${paths.join(' ')}`];
};

/** A folder as pip and uv know it from a name. */
export const installPath = (path: string): string =>
  pathWord(path.startsWith('..') ? path : `./${path}`, 'The folder of a package');

/** The local packages that are built of their sources for production. */
export const builtPackages = ({ local }: Pick<InstallRequest, 'local'>): readonly LocalPackage[] =>
  local.filter(({ needed, archive }) => needed && !archive);

/** Variables for managers that work on an environment as if somebody had activated it. */
export const activated = { VIRTUAL_ENV: venv, PATH: `${venv}/bin:$PATH` };

/** pip says nothing about itself. */
export const quietPip = { PIP_ROOT_USER_ACTION: 'ignore', PIP_DISABLE_PIP_VERSION_CHECK: '1' };

/** Compiled once here, or at each start: the image is not written to. */
export const compileVenv = `python -m compileall -q ${venv}/lib`;
