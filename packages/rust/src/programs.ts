import { type Fact, type GivenOptions, givenText, imageName, type Note, type Project } from '@msb/core';
import { type Account, accountOf } from './account/account.ts';
import type { Binary } from './binaries.ts';
import { enabledBy } from './enabled.ts';
import { chooseFeatures } from './features.ts';
import type { Package } from './package.ts';
import { programCode } from './program-code.ts';
import { findService, type Service } from './serves.ts';
import { binarySources, type Sources } from './sources.ts';
import { packageOf } from './suggest.ts';
import type { Workspace } from './workspace.ts';

/** A binary that goes into an image, and what its sources say about it. */
export interface Program {
  readonly owner: Package;
  readonly binary: Binary;
  readonly features: readonly string[];
  readonly sources: Sources;
  readonly service: Service;
  /** What it reads and writes when it runs, and what it needs to start. */
  readonly account: Account;
}

/** Reads the programs that go into images. Throws `bad-option`. */
export function readPrograms(
  project: Project,
  workspace: Workspace,
  binaries: readonly Binary[],
  given: GivenOptions,
): readonly Program[] {
  const owners = binaries.map((binary) => packageOf(workspace, binary));
  const features = givenText(given, 'features');
  return binaries.map((binary) => {
    const owner = packageOf(workspace, binary);
    const chosen = chooseFeatures(owner, binary, features, owners);
    const enabled = enabledBy(workspace, [{ owner, features: chosen }]);
    const sources = binarySources(project, workspace, owner, binary, (name) => enabled.crates.has(name));
    return {
      owner,
      binary,
      features: chosen,
      sources,
      service: findService(project, sources),
      account: accountOf(project, sources, programCode(sources)),
    };
  });
}

/** Names that stages of ours have already; a number would be the index of one. */
const taken = /^(toolchain|target|tools|skeleton|deps|build|test|runtime-base|rootfs|scratch|[^a-z].*)$/;

/** The stage of a program where there are several, for `docker build --target`. */
export function stageName({ binary }: Program): string {
  const name = imageName(binary.name);
  return taken.test(name) ? `app-${name}` : name;
}

/** The port of a program that `--port` does not speak of: what its own sources say, or the usual one. */
export const ownPort = ({ service }: Program, usual: number): number | undefined =>
  service.port?.file.endsWith('.rs') ? service.port.port : service.serves ? usual : undefined;

/** What the programs read when they run, of what is there. */
export function readFacts(project: Project, programs: readonly Program[]): readonly Fact[] {
  const reads = programs.flatMap(({ account }) => account.reads.filter(({ there }) => there));
  const found = new Map(reads.map(({ from, place }) => [project.inContext(from), place]));
  return [...found].map(([value, place]) => ({ name: 'read at run time', value, ...(place && { place }) }));
}

/** How to build more than the first of several programs. */
export function severalImages(programs: readonly Program[]): readonly Note[] {
  const [first, ...others] = programs.map(stageName);
  if (others.length === 0) return [];
  return [
    {
      message: `One build makes ${programs.length} images, and a plain docker build the one for ${first}`,
      hint: `The others have a target each: ${others.map((name) => `docker build --target ${name} -t ${name} .`).join(' ')}`,
    },
  ];
}
