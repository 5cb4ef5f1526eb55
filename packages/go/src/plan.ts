import {
  type BuildPlan,
  baseImage,
  defaultImage,
  nameWord,
  type Options,
  oneLine,
  pathWord,
  type RuntimeFamily,
  type StagePlan,
} from '@msb/core';
import { type MainPackage, programName } from './mains.ts';
import { downloads, type ModFile, moduleName } from './modfile.ts';
import type { GoVersion } from './version.ts';

/** Everything about a Go program that decides how it is built. */
export interface GoBuild {
  readonly go: GoVersion;
  readonly module: ModFile;
  readonly main: MainPackage;
  /** Files that `go mod download` reads. */
  readonly manifests: readonly string[];
  readonly needs: readonly string[];
  readonly vendored: boolean;
  readonly sums: boolean;
  readonly timeZones: boolean;
  /** Files and folders that the program reads from its working folder when it runs. */
  readonly assets: readonly string[];
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
  const image = bases[family]?.();
  const binary = nameWord(programName(build.main, moduleName(build.module.module.value)), 'The name of the program');
  const program = `/usr/local/bin/${binary}`;
  const port = Number(options.port ?? 0);
  return {
    ecosystem: 'go',
    images: [{ template: 'go/toolchain', values: { image: baseImage('golang', build.go.release, 'alpine') } }],
    stages: [...depsStage(build), buildStage(build, binary)],
    runtime: {
      family,
      ...(image && { image }),
      artifacts: [
        { stage: 'build', src: `/out/${binary}`, dest: program },
        ...build.assets.map((path) => ({ src: path, dest: `${workdir}/${path}` })),
      ],
      ...(build.assets.length > 0 && { workdir }),
      labels: labels(build, String(options.name)),
      entrypoint: [program],
      ...(port > 0 && { port }),
    },
    ignore: build.ignore,
    needs: build.needs,
  };
}

/** Vendored and replaced modules are in the context already. */
const hasDeps = ({ vendored, module }: GoBuild): boolean => !vendored && downloads(module).length > 0;

const depsStage = (build: GoBuild): readonly StagePlan[] =>
  hasDeps(build)
    ? [{ template: 'go/deps', values: { manifests: build.manifests.map((path) => pathWord(path, 'A folder')) } }]
    : [];

function buildStage(build: GoBuild, binary: string): StagePlan {
  // -s drops the symbol table (a third of the size), the debugger's tables with it; stack traces keep their lines.
  const flags = [
    '-trimpath',
    '-buildvcs=false',
    '-ldflags=-s',
    ...(build.timeZones ? ['-tags=timetzdata'] : []),
    ...(build.sums || !hasDeps(build) ? [] : ['-mod=mod']),
  ];
  const main = pathWord(build.main.path, 'The folder of the main package');
  return {
    template: 'go/build',
    values: { from: hasDeps(build) ? 'deps' : 'toolchain', flags: flags.join(' '), binary, main },
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
