import type { Detection, Ecosystem } from '../ecosystem.ts';
import { MsbError, placeText } from '../errors.ts';
import { inspect, settle } from '../inspect.ts';
import type { GivenOptions } from '../options/schema.ts';
import { Project } from '../project/project.ts';
import { type Proposal, propose } from '../propose.ts';
import { MemoryTree } from '../tree/memory.ts';

/** Files of a project, by path. */
export type Files = Readonly<Record<string, string>>;

/** A project of these files, in memory. */
export const projectOf = (files: Files, folder = ''): Project => new Project(new MemoryTree(files), folder);

/** What the unit tests of an ecosystem ask about projects in memory. `usual` are options unless a test gives others. */
export function inMemory(ecosystem: Ecosystem, usual: GivenOptions = {}) {
  const detectIn = (files: Files, given: GivenOptions = {}): Detection => ecosystem.detect(projectOf(files), given);
  /** The whole road without a question; `member` is a package of a workspace. */
  const proposeIn = (files: Files, given: GivenOptions = {}, member?: string): Proposal => {
    const options = { ...usual, ...given };
    const request = { tree: new MemoryTree(files), ecosystems: [ecosystem], options };
    return propose(settle(inspect(member === undefined ? request : { ...request, member })));
  };
  const dockerfileOf = (files: Files, given: GivenOptions = {}, member?: string): string =>
    proposeIn(files, given, member).files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  /** A stage of the Dockerfile, with its comment; `''` where there is none of that name. */
  const stageOf = (name: string, files: Files, given: GivenOptions = {}, member?: string): string =>
    dockerfileOf(files, given, member)
      .split('\n\n')
      .find((block) => new RegExp(`^FROM .* AS ${name}$`, 'm').test(block)) ?? '';
  return { detectIn, proposeIn, dockerfileOf, stageOf };
}

/** The error that a call throws, as `code at file:line: message`; anything but an `MsbError` goes on. */
export function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MsbError)) throw error;
    const place = error.place ? ` at ${placeText(error.place)}` : '';
    return `${error.code}${place}: ${error.message}`;
  }
  return 'no error';
}
