import { type Artifact, baseImage, defaultImage, families, type RuntimeFamily, type StagePlan } from '@msb/core';
import { bun, bunAlone } from './package-managers/bun.ts';
import type { NodeBuild } from './plan.ts';

/** What runs the program in the image, and what builds it. */
export interface Engine {
  /** The image of the run half; absent where a stage of ours is it. */
  readonly image?: string;
  /** Where the program that runs it lies. */
  readonly path: string;
  /** Copied into the image, beside the project's own. */
  readonly artifacts: readonly Artifact[];
  /** Stages that only name an image; a toolchain that nothing starts from is left out. */
  readonly images: readonly StagePlan[];
}

type Parts = Pick<NodeBuild, 'version' | 'start' | 'manager' | 'browser' | 'prismaEngine'>;

/** Bun where the start command says so, else Node. `toolchains` are the stages that others start from. */
export function engineOf(build: Parts, family: RuntimeFamily, toolchains: readonly string[]): Engine {
  return build.start.program === 'bun' ? bunEngine(build, family, toolchains) : nodeEngine(build, family, toolchains);
}

/** Node: distroless has it, and the official images are a base once npm is taken out. */
function nodeEngine(
  { version, browser, prismaEngine }: Parts,
  family: RuntimeFamily,
  toolchains: readonly string[],
): Engine {
  const { major } = version;
  const image = nodeToolchain(major, family);
  const stages: StagePlan[] = toolchains.map((name) => ({ template: `node/${name}`, values: { image } }));
  if (family === 'distroless') {
    const base = baseImage('node', major, 'distroless');
    return { image: base, path: '/nodejs/bin/node', artifacts: [], images: stages };
  }
  if (families[family].ships === 'site') return { path: '', artifacts: [], images: stages };
  const target = toolchains.includes('toolchain-target') ? 'toolchain-target' : image;
  const from = prismaEngine ? 'openssl' : target;
  if (prismaEngine) {
    const template = family === 'alpine' ? 'node/openssl-alpine' : 'node/openssl';
    stages.push({ template, values: { from: target } });
  }
  const base = browser
    ? { template: 'node/runtime-base-chromium', values: { image: from, driver: browser.name } }
    : { template: 'node/runtime-base', values: { image: from } };
  return { path: '/usr/local/bin/node', artifacts: [], images: [...stages, base] };
}

/** The image with Node and npm for a family: the same C library. */
const nodeToolchain = (major: string, family: RuntimeFamily): string =>
  baseImage('node', major, family === 'alpine' ? 'alpine' : 'build');

/** Bun is one file that needs the C library only, so that distroless takes it, too (https://bun.com/docs/guides/ecosystem/docker). */
function bunEngine({ version, manager }: Parts, family: RuntimeFamily, toolchains: readonly string[]): Engine {
  const path = '/usr/local/bin/bun';
  const own = defaultImage('bun', family === 'alpine' ? 'alpine' : 'build');
  const alone = manager === bunAlone;
  const stages = toolchains.map((name) => ({
    template: alone ? `node/bun-${name}` : `node/${name}`,
    values: { image: alone ? own : nodeToolchain(version.major, family) },
  }));
  if (family !== 'distroless') return { image: own, path, artifacts: [], images: stages };
  return {
    image: defaultImage('bun', 'distroless'),
    path,
    artifacts: [{ stage: 'bun-program', src: path, dest: path }],
    images: [...stages, { template: 'node/bun-program', values: { image: own } }],
  };
}

/** A program that Bun runs and installs is also built with Bun alone, unless a step needs npm or `node_modules/.bin`. */
export function buildsAlone(plan: NodeBuild): NodeBuild {
  const { start, manager, installs, native, build } = plan;
  const byNpm = installs.afterInstall.length > 0 || (installs.ignoreScripts && native.scripts.length > 0);
  const byGyp = native.compiled.length > 0;
  if (start.program !== 'bun' || manager !== bun || byNpm || byGyp || build?.command !== undefined) return plan;
  const probes = native.probes.map((probe) => probe.replace(/^node /, 'bun '));
  return { ...plan, manager: bunAlone, native: { ...native, probes } };
}
