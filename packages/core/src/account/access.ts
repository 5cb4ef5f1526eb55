import type { Place } from '../errors.ts';

/** A file, folder or glob of the project that something reads. */
export interface Read {
  /** From the project's folder; may begin with `..`, as far up as the build context, and may be a glob. */
  readonly path: string;
  /** What reads it: the installation of dependencies, the build, or the program. */
  readonly when: 'install' | 'build' | 'run';
  /** The line that names it. */
  readonly place?: Place;
  /**
   * For `run`: where the program looks for it in the image, absolute. Without it, at the same path below the folder that
   * the program starts in.
   */
  readonly at?: string;
  /** The build makes it, so that it isn't looked for in the repository. */
  readonly made?: boolean;
  /** The image that reads it, by its target, where a plan has several; without it, the one of a plain `docker build`. */
  readonly target?: string;
}

/** A file or folder that the program writes. */
export interface Write {
  /** From the folder that the program starts in, or absolute in the image. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** The line that names it. */
  readonly place?: Place;
  /** As in {@link Read}. */
  readonly target?: string;
}

/** A variable without which the program doesn't start. */
export interface Setting {
  readonly name: string;
  readonly place?: Place;
}

/** A program, locale or font that the code uses and a base image may lack: a name of the table in `account/tools.ts`. */
export interface ToolUse {
  readonly name: string;
  readonly place?: Place;
}

/**
 * What became of a read: `build` is there when it is built; `image` is in the image; `added` is, since core copies it;
 * `made` comes out of the build, which only `verify` can prove; `missing` isn't in the repository; `secret` is one, and
 * stays out; `unnamed` has a name that no Dockerfile can have.
 */
export type Outcome = 'build' | 'image' | 'added' | 'made' | 'missing' | 'secret' | 'unnamed';

/** A read, settled. */
export interface SettledRead extends Read {
  readonly outcome: Outcome;
  /** How many files of the build context it means. */
  readonly files: number;
}

/**
 * A write, settled: `keep` is the folder to mount in order to keep it; without it, it is lost with the container, or can't
 * happen where the folder is `readOnly`, as it holds the program itself.
 */
export interface SettledWrite extends Write {
  readonly keep?: string;
  readonly readOnly?: boolean;
}

/** Everything that a build and a program read, write and need besides, and what became of it. */
export interface Account {
  readonly reads: readonly SettledRead[];
  readonly writes: readonly SettledWrite[];
  readonly settings: readonly Setting[];
  readonly tools: readonly ToolUse[];
}

/** The account of a project that nothing is known of. */
export const noAccount: Account = { reads: [], writes: [], settings: [], tools: [] };
