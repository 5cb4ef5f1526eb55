import {
  type BuildPlan,
  baseImage,
  defaultImage,
  nameWord,
  type Options,
  oneLine,
  pathWord,
  type RuntimeFamily,
  type RuntimePlan,
  type StagePlan,
} from '@msb/core';
import type { Asset } from './assets.ts';
import { type MainPackage, programName } from './mains.ts';
import { downloads, type ModFile, moduleName } from './modfile.ts';
import { type GoProgram, outputName, ownPort, stageName } from './programs.ts';
import type { Stamp } from './stamp.ts';
import type { GoVersion } from './version.ts';

/** Everything about a Go program that decides how it is built. */
export interface GoBuild {
  readonly go: GoVersion;
  readonly module: ModFile;
  /** The first is the one that a plain `docker build` makes. */
  readonly programs: readonly GoProgram[];
  /** Files that `go mod download` reads. */
  readonly manifests: readonly string[];
  readonly needs: readonly string[];
  readonly vendored: boolean;
  /** Modules that only credentials open, as GOPRIVATE names them. */
  readonly privateModules: string | undefined;
  readonly sums: boolean;
  /** C code is compiled in. */
  readonly cgo: boolean;
  /** Where the version goes. */
  readonly stamp: Stamp | undefined;
  /** Build tags. */
  readonly tags: readonly string[];
  /** Files that the build must not see. */
  readonly ignore: readonly string[];
}

const bases: Readonly<Partial<Record<RuntimeFamily, () => string>>> = {
  alpine: () => defaultImage('alpine', 'runtime'),
  distroless: () => defaultImage('distroless-static', 'runtime'),
};

/** Where a program that reads files of the project finds them. */
const workdir = '/app';

/** Plans a static Go program on any runtime. */
export function planGo(build: GoBuild, options: Options): BuildPlan {
  const family = String(options.runtime) as RuntimeFamily;
  const [first, ...others] = build.programs;
  if (first === undefined) throw new Error('no program was chosen');
  const port = Number(options.port ?? 0);
  return {
    ecosystem: 'go',
    images: [
      {
        template: build.cgo ? 'go/toolchain-target' : 'go/toolchain',
        values: { image: baseImage('golang', build.go.release, 'alpine') },
      },
    ],
    stages: [...compilerStage(build), ...privateStage(build), ...depsStage(build), buildStage(build)],
    runtime: runtimeOf(build, first, { family, name: String(options.name), port }),
    ...(others.length > 0 && { others: others.map((other) => otherRuntime(build, other, family)) }),
    ...(needsNetrc(build) && { secrets: [{ id: 'netrc', src: '$HOME/.netrc' }] }),
    ignore: build.ignore,
    needs: build.needs,
  };
}

/** Every file and folder that a program reads from its working folder when it runs. */
export const assetsOf = (programs: readonly GoProgram[]): readonly Asset[] => [
  ...new Map(programs.flatMap(({ assets }) => assets).map((asset) => [asset.path, asset])).values(),
];

interface ImageSettings {
  readonly family: RuntimeFamily;
  readonly name: string;
  readonly port: number;
}

function runtimeOf(build: GoBuild, { main, assets }: GoProgram, { family, name, port }: ImageSettings): RuntimePlan {
  const image = bases[family]?.();
  const module = build.module.module.value;
  const binary = binaryName(build, main);
  const several = build.programs.length > 1;
  const output = several ? nameWord(outputName(main, module), 'The name of the program') : binary;
  const program = `/usr/local/bin/${binary}`;
  return {
    ...(several && { target: stageName(main, module) }),
    family,
    ...(image && { image }),
    artifacts: [
      { stage: 'build', src: `/out/${output}`, dest: program },
      ...assets.map(({ path }) => ({ src: path, dest: `${workdir}/${path}` })),
    ],
    ...(assets.length > 0 && { workdir }),
    labels: labels(build, name),
    entrypoint: [program],
    ...(port > 0 && { port }),
  };
}

const otherRuntime = (build: GoBuild, program: GoProgram, family: RuntimeFamily): RuntimePlan =>
  runtimeOf(build, program, {
    family,
    name: stageName(program.main, build.module.module.value),
    port: ownPort(program) ?? 0,
  });

const binaryName = ({ module }: GoBuild, main: MainPackage): string =>
  nameWord(programName(main, moduleName(module.module.value)), 'The name of the program');

/** Vendored and replaced modules are in the context already. */
const hasDeps = ({ vendored, module }: GoBuild): boolean => !vendored && downloads(module).length > 0;

const compilerStage = ({ cgo }: GoBuild): readonly StagePlan[] => (cgo ? [{ template: 'go/compiler' }] : []);

/** The stage that has all compilers. */
const compiler = ({ cgo }: GoBuild): string => (cgo ? 'compiler' : 'toolchain');

/** Whether a download needs credentials: they come as a secret, and Git with them. */
const needsNetrc = (build: GoBuild): boolean => hasDeps(build) && build.privateModules !== undefined;

const privateStage = (build: GoBuild): readonly StagePlan[] =>
  needsNetrc(build)
    ? [{ template: 'go/private', values: { from: compiler(build), patterns: build.privateModules } }]
    : [];

function depsStage(build: GoBuild): readonly StagePlan[] {
  if (!hasDeps(build)) return [];
  const from = needsNetrc(build) ? 'private' : compiler(build);
  const manifests = build.manifests.map((path) => pathWord(path, 'A folder'));
  return [{ template: 'go/deps', values: { from, netrc: needsNetrc(build), manifests } }];
}

/** What the linker is told; in double quotes as soon as it is more than one word, so that VERSION is put in. */
function linkerFlags({ cgo, stamp }: GoBuild): string {
  const flags = [
    '-s',
    // a static program has C's libraries in it, and so runs on every base
    ...(cgo ? ['-linkmode external -extldflags -static'] : []),
    ...(stamp?.variables ?? []).map((name) => `-X ${name}=\${VERSION}`),
  ];
  return flags.length === 1 ? '-ldflags=-s' : `-ldflags="${flags.join(' ')}"`;
}

function buildStage(build: GoBuild): StagePlan {
  // -s drops the symbol table (a third of the size), the debugger's tables with it; stack traces keep their lines.
  const flags = [
    '-trimpath',
    '-buildvcs=false',
    linkerFlags(build),
    ...(build.tags.length > 0 ? [`-tags=${build.tags.join(',')}`] : []),
    ...(build.sums || !hasDeps(build) ? [] : ['-mod=mod']),
  ];
  const mains = build.programs.map(({ main }) => pathWord(main.path, 'The folder of the main package'));
  const [first, second] = build.programs;
  const output = first && !second ? `/out/${binaryName(build, first.main)}` : '/out/';
  return {
    template: build.cgo ? 'go/build-cgo' : 'go/build',
    values: {
      from: hasDeps(build) ? 'deps' : compiler(build),
      flags: flags.join(' '),
      output,
      mains: mains.join(' '),
      netrc: needsNetrc(build),
      version: build.stamp?.initial,
    },
  };
}

function labels({ module }: GoBuild, name: string): Readonly<Record<string, string>> {
  const path = oneLine(module.module.value);
  const hosted = /^(github\.com|gitlab\.com|codeberg\.org)\/[^/]+\/[^/]+/.exec(path);
  return {
    'org.opencontainers.image.title': name,
    ...(hosted && { 'org.opencontainers.image.source': `https://${hosted[0]}` }),
  };
}
