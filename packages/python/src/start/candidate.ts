import type { Place, Project } from '@msb/core';
import type { Layout } from '../layout.ts';
import type { LockedPackage } from '../package-managers/manager.ts';
import type { Pyproject } from '../pyproject.ts';

/** What a start is looked for in. */
export interface StartContext {
  readonly project: Project;
  readonly pyproject: Pyproject;
  readonly layout: Layout;
  /** The packages that ship, by name. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /** Whether `packages` has what the named ones need, too. */
  readonly complete: boolean;
}

/** A way to start the program, found in the project. */
export interface Candidate {
  /** The command as a person would write it: `uvicorn shop.main:app`. */
  readonly text: string;
  /** What it is, in words. */
  readonly about: string;
  readonly place: Place;
  /** The folder that it is started in, relative to the project. */
  readonly folder: string;
  /** Whether nothing else could be meant. */
  readonly certain: boolean;
  /** Whether it is the best guess among several. */
  readonly likely?: boolean;
  /** The module that it runs, where the command does not say. */
  readonly module?: string;
}
