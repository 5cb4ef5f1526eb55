import {
  type Detection,
  type GivenOptions,
  inspect,
  MemoryTree,
  MsbError,
  Project,
  type Proposal,
  propose,
  settle,
} from '@msb/core';
import { rust } from './index.ts';

/** Files of a project in memory, for the unit tests. */
export type Files = Readonly<Record<string, string>>;

export const projectOf = (files: Files): Project => new Project(new MemoryTree(files));

/** A package with a `main`, and what else a test needs. */
export const program = (manifest = '', files: Files = {}): Files => ({
  'Cargo.toml': `[package]\nname = "app"\nedition = "2024"\n${manifest}`,
  'Cargo.lock': 'version = 4\n',
  'src/main.rs': 'fn main() {}\n',
  ...files,
});

export const detectIn = (files: Files, given: GivenOptions = {}): Detection => rust.detect(projectOf(files), given);

/** The whole road without a question. */
export const proposeIn = (files: Files, options: GivenOptions = {}): Proposal =>
  propose(
    settle(inspect({ tree: new MemoryTree(files), ecosystems: [rust], options: { runtime: 'scratch', ...options } })),
  );

export const dockerfileOf = (files: Files, options: GivenOptions = {}): string =>
  proposeIn(files, options).files.find(({ path }) => path === 'Dockerfile')?.text ?? '';

/** The error that a call throws, as `code at file:line`. */
export function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MsbError)) throw error;
    const place = error.place ? ` at ${error.place.file}${error.place.line ? `:${error.place.line}` : ''}` : '';
    return `${error.code}${place}`;
  }
  return 'no error';
}
