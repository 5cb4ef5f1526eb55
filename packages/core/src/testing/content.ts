import { expect } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import { families } from '../families.ts';
import type { RuntimeFamily } from '../plan.ts';
import { advice } from './advice.ts';
import type { Case } from './cases.ts';
import { docker, filesOfBase, imageConfig, imageFiles } from './docker.ts';
import { overheadProblems } from './overhead.ts';
import { expectNone } from './problem.ts';

/** What an ecosystem tells the image tests about its tools. */
export interface ImageTraits {
  /** Lines of a build log that mean a dependency was downloaded or compiled. */
  readonly dependencyWork: RegExp;
  /** Makes the build say what it compiles, in a Dockerfile that is otherwise the emitted one. */
  readonly verbose?: (dockerfile: string) => string;
  /** Files that only the build needs. */
  readonly sources: RegExp;
  /** What else no image of a case may have: those of its files that break a rule of the ecosystem's own. */
  readonly unwanted?: (files: readonly string[], command: readonly string[], item: Case) => readonly string[];
  /** Where the program, with all that belongs to it, is in the image: everything else is overhead. */
  readonly artifacts: readonly RegExp[];
}

/** One image of a case, built. */
export interface BuiltImage {
  readonly ecosystem: Ecosystem;
  readonly traits: ImageTraits;
  readonly item: Case;
  readonly runtime: RuntimeFamily;
  readonly tag: string;
  /** The build context and the Dockerfile, as paths on disk. */
  readonly folder: string;
  readonly dockerfile: string;
}

// A program in JavaScript may have its ending; a module of another program, such as its `git.js`, is none.
const tools = /(^|\/)(go|gcc|cc|c\+\+|clang|rustc|cargo|pip|git|make|(tsc|npm|npx|yarn|pnpm|corepack)(\.[cm]?js)?)$/;
const shells = /(^|\/)(ba|da|a|z)?sh$|(^|\/)(busybox|apk|apt|apt-get|dpkg)$/;

/** What the scratch run half brings. */
const rootfs = [/^etc\/(passwd|group)$/, /^etc\/ssl\/certs\/ca-certificates\.crt$/];

/** Fails when an image holds anything above its base that is not the program, or that only a build needs. */
export async function expectOnlyArtifacts(image: BuiltImage): Promise<void> {
  const { ecosystem, traits, item, runtime, tag, folder, dockerfile } = image;
  const { uid, shell } = families[runtime];
  const baseArgs = ['build', '--quiet', '--target', 'runtime-base', '--file', dockerfile, folder];
  // Nothing is below an empty image; any other base has to build.
  const base = runtime === 'scratch' ? [] : await filesOfBase((await docker(...baseArgs)).trim());
  const inBase = new Set(base.map(({ path }) => path));
  const { Entrypoint, Cmd, Volumes } = await imageConfig(tag);
  // what a volume starts with belongs to the user, and the test of reads and writes knows which volumes there are
  const volumes = Object.keys(Volumes ?? {}).map((path) => `${path.slice(1)}/`);
  const added = (await imageFiles(tag)).filter(
    ({ path }) => !inBase.has(path) && !volumes.some((volume) => path.startsWith(volume)),
  );
  expectNone(overheadProblems(ecosystem, added, [...traits.artifacts, ...rootfs]));
  const paths = added.map(({ path }) => path);
  expect(
    paths.filter((path) => tools.test(path)),
    advice(ecosystem, 'tools'),
  ).toEqual([]);
  expect(
    paths.filter((path) => traits.sources.test(path)),
    advice(ecosystem, 'sources'),
  ).toEqual([]);
  const command = [...(Entrypoint ?? []), ...(Cmd ?? [])];
  const unwanted = traits.unwanted?.([...inBase, ...paths], command, item) ?? [];
  expect(unwanted, advice(ecosystem, 'sources')).toEqual([]);
  const writable = added.filter(({ uid: owner, mode }) => owner === uid && (mode & 0o222) !== 0);
  expect(writable, advice(ecosystem, 'writable')).toEqual([]);
  if (!shell) {
    const all = [...inBase, ...paths];
    expect(
      all.filter((path) => shells.test(path)),
      advice(ecosystem, 'shells'),
    ).toEqual([]);
  }
}
