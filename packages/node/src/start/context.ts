import type { MsbError, Project } from '@msb/core';
import type { Build } from '../build.ts';
import type { PackageJson } from '../package-json.ts';
import type { LockedPackage } from '../package-managers/manager.ts';
import type { Start } from './start.ts';

/** What is known of a project when its start is looked for. */
export interface StartContext {
  readonly project: Project;
  readonly manifest: PackageJson;
  readonly build: Build | undefined;
  readonly packages: readonly LockedPackage[] | undefined;
  /** The major version of Node. */
  readonly node: number;
  /** Whether a script that compiles TypeScript on the fly counts: what needs no compiler any more comes first. */
  readonly runners?: boolean;
}

/** A way to start, a reason why there is none, or neither: a script for developers. */
export type Attempt = { readonly start: Start } | { readonly problem: MsbError } | undefined;
