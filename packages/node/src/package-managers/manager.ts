import type { MsbError, Note, Place, Project, StagePlan } from '@msb/core';
import type { PackageJson } from '../package-json.ts';

/** One package as a lockfile has it. */
export interface LockedPackage {
  readonly name: string;
  readonly place: Place;
  /** Whether it is there for development only, so that it does not ship. */
  readonly dev: boolean;
  /** Whether it is in the top folder of node_modules, where `node_modules/.bin` is made of. */
  readonly hoisted: boolean;
  /** Whether it runs a script when it is installed. */
  readonly installScript: boolean;
  /** Whether that compiles, as far as its own dependencies tell. */
  readonly compiles?: boolean;
  /** Whether there is another one for another CPU or C library. */
  readonly platformBound: boolean;
  /** The programs that it puts into `node_modules/.bin`. */
  readonly bins: readonly string[];
}

/** What a package manager knows of a project's dependencies. */
export interface Dependencies {
  /** For the facts: `npm`, `pnpm 11.28.11`, and the file that says so. */
  readonly manager: string;
  readonly place: Place | undefined;
  /** `undefined` when nothing says which packages there will be. */
  readonly packages: readonly LockedPackage[] | undefined;
  /** Whether there is a lockfile, and whether it has everything that is asked for. */
  readonly lock: 'complete' | 'incomplete' | 'none';
  /** Its own files and folders that an installation reads, beside package.json. */
  readonly files: readonly string[];
  /** Packages for development that come along with what ships, since that names them as peers which it can do without. */
  readonly tools?: readonly string[];
  /** Its exact version, where Node does not bring it. */
  readonly version?: string;
  /** Whether it can install for production alone, or for one package of a workspace; unless it says no, it can. */
  readonly focuses?: boolean;
  /** Variables that hold secrets of an installation. */
  readonly secrets?: readonly string[];
  /** Patterns for what it leaves in the project and no image should have. */
  readonly ignore?: readonly string[];
  readonly notes: readonly Note[];
}

/** A package whose dependencies are asked for: the project, and what else of its workspace ships. */
export interface Importer {
  /** Relative to the folder with the lockfile; `''` is the same. */
  readonly folder: string;
  readonly name: string;
  /** With what comes from a registry, and none of the workspace's own. */
  readonly manifest: PackageJson;
}

/** A project that is alone: what it asks for is all there is. */
export const alone = (manifest: PackageJson): readonly Importer[] => [{ folder: '', name: '', manifest }];

/** The package of a workspace that an installation is for. */
export interface Focus {
  readonly folder: string;
  readonly name: string;
  /** Names of the packages that the build works on, and of the workspace's own. */
  readonly built: readonly string[];
}

/** What an installation is asked for. Text is safe for a template already. */
export interface InstallRequest {
  /** The stage to start from, and the folder to install in. */
  readonly from: string;
  readonly workdir: string;
  /** Values of `--mount`, beside the cache. */
  readonly mounts: readonly string[];
  /** Root scripts must not run, since the sources are not there. */
  readonly ignoreScripts: boolean;
  /** The C library of the stage, which machine code is bound to. */
  readonly libc: 'glibc' | 'musl';
  /** The major version of npm, which is always there; it decides on which settings there are. */
  readonly npm: number;
  /** Whether node is to start a program of `node_modules/.bin`, which then has to be JavaScript. */
  readonly startsBin: boolean;
  /** Packages whose install scripts have to run. */
  readonly allow: readonly string[];
  /** Commands that run when everything is installed. */
  readonly after: readonly string[];
  /** Absent for a project that is alone, and for the root of a workspace. */
  readonly focus?: Focus;
  /** For the root of a workspace: the names of the packages that its build works on, itself among them. */
  readonly ofRoot?: readonly string[];
}

/** One package manager: how it is recognized, and its stages. One file each. */
export interface PackageManager {
  /** Its name, and that of the stage that adds it to Node. */
  readonly id: string;
  /** Its lockfiles, the one that wins first. */
  readonly lockfiles: readonly string[];
  /**
   * Reads what it knows of the folder with the lockfile, and what of that ships. `node` is the major version of the Node
   * that it runs on. Throws an {@link MsbError}.
   */
  read(project: Project, manifest: PackageJson, importers?: readonly Importer[], node?: string): Dependencies;
  /** The stage that adds it to Node; `undefined` when Node brings it. */
  tool(dependencies: Dependencies, from: string, name: string): StagePlan | undefined;
  /** The stage `deps`: everything, for the build. */
  everything(dependencies: Dependencies, request: InstallRequest): StagePlan;
  /** The stage `prod-deps`: production dependencies only. */
  production(dependencies: Dependencies, request: InstallRequest): StagePlan;
  /** The stage `prod-deps`, made of `deps` by taking away what is for development. */
  pruned(dependencies: Dependencies, request: InstallRequest): StagePlan;
  /** Whether a production installation needs the manifests of all packages that the build works on. */
  readonly needsBuilt?: boolean;
  /** The command that runs a script of package.json, or that of another package of the workspace. */
  run(script: string, of?: Pick<Focus, 'folder' | 'name'>): string;
}
