import type { Note, Place, Project, Site } from '@msb/core';
import type { Build } from '../build.ts';
import type { PackageJson } from '../package-json.ts';
import type { LockedPackage } from '../package-managers/manager.ts';

/** A file or folder that the build makes, and where it lies in the image; both relative to the project. */
export interface MadeFolder {
  readonly src: string;
  readonly dest: string;
}

/** A variable whose value the build writes into what browsers get; an ARG of the Dockerfile. */
export interface PublicVariable {
  readonly name: string;
  /** Its value in a file that the project shares. */
  readonly value?: string;
  readonly place: Place;
}

/** What the build of a framework needs beside its script. */
export interface BuildNeeds {
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that are kept from one build to the next, relative to the project. */
  readonly caches?: readonly string[];
  readonly variables?: readonly PublicVariable[];
  /** Commands of the shell in front of the build, and those that follow it; their words are safe already. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Files of the project that the build reads although they look like documentation. */
  readonly needs?: readonly string[];
  /** Patterns of .dockerignore for what the build makes. */
  readonly outputs: readonly string[];
}

interface MadeBase {
  /** As a fact, such as `standalone server`, and the line that says so. */
  readonly about: string;
  readonly place: Place | undefined;
  readonly build: BuildNeeds;
  readonly notes: readonly Note[];
}

/** The build makes a program for node. */
export interface MadeServer extends MadeBase {
  readonly kind: 'server';
  /** The file that starts, where it lies in the image. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly folders: readonly MadeFolder[];
  /** `inside`: what of node_modules the program needs is in its folders; `production`: it ships beside them. */
  readonly modules: 'inside' | 'production';
  /** Variables of the running program. */
  readonly env: Readonly<Record<string, string>>;
  /** The port that it listens on unless the variable PORT says otherwise. */
  readonly port: number;
  /** Whether something in it ends it on SIGTERM; if nothing does, it is started with what does. */
  readonly handlesSigterm: boolean;
}

/** The build makes files for browsers, which a web server hands out. */
export interface MadeSite extends MadeBase {
  readonly kind: 'site';
  /** The folder that holds them, relative to the project. */
  readonly folder: string;
  /** Whether they are there already, so that nothing builds them. */
  readonly asIs?: boolean;
  /** How a web server hands them out. */
  readonly site: Site;
}

/** What the build of a framework makes. */
export type Made = MadeServer | MadeSite;

/** What is known of a project when its framework is asked. */
export interface FrameworkContext {
  readonly project: Project;
  readonly manifest: PackageJson;
  /** The script that builds, if there is one. */
  readonly build: Build | undefined;
  readonly packages: readonly LockedPackage[] | undefined;
  /** The major version of Node. */
  readonly node: number;
}

/** One framework, as one file or row of a table knows it. */
export interface Framework {
  /** For the facts: `Next.js`. */
  readonly title: string;
  /** It is asked where package.json depends on any of these. */
  readonly packages: readonly string[];
  /** The command that builds where no script does, such as `next build`; a program of a dependency. */
  readonly command?: string;
  /**
   * What its build makes; `undefined` when this project uses it in another way. Throws an `MsbError`, with the line
   * that says so, for a configuration that can't be served.
   */
  detect(context: FrameworkContext): Made | undefined;
}
