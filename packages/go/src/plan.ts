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
  /** C code is compiled in. */
  readonly cgo: boolean;
  /** Build tags. */
  readonly tags: readonly string[];
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
    images: [
      {
        template: build.cgo ? 'go/toolchain-target' : 'go/toolchain',
        values: { image: baseImage('golang', build.go.release, 'alpine') },
      },
    ],
    stages: [...compilerStage(build), ...depsStage(build), buildStage(build, binary)],
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

const compilerStage = ({ cgo }: GoBuild): readonly StagePlan[] => (cgo ? [{ template: 'go/compiler' }] : []);

/** The stage that has all compilers. */
const compiler = ({ cgo }: GoBuild): string => (cgo ? 'compiler' : 'toolchain');

function depsStage(build: GoBuild): readonly StagePlan[] {
  if (!hasDeps(build)) return [];
  const manifests = build.manifests.map((path) => pathWord(path, 'A folder'));
  return [{ template: 'go/deps', values: { from: compiler(build), manifests } }];
}

function buildStage(build: GoBuild, binary: string): StagePlan {
  // -s drops the symbol table (a third of the size), the debugger's tables with it; stack traces keep their lines.
  const flags = [
    '-trimpath',
    '-buildvcs=false',
    // a static program has C's libraries in it, and so runs on every base
    build.cgo ? `-ldflags='-s -linkmode external -extldflags "-static"'` : '-ldflags=-s',
    ...(build.tags.length > 0 ? [`-tags=${build.tags.join(',')}`] : []),
    ...(build.sums || !hasDeps(build) ? [] : ['-mod=mod']),
  ];
  const main = pathWord(build.main.path, 'The folder of the main package');
  return {
    template: build.cgo ? 'go/build-cgo' : 'go/build',
    values: { from: hasDeps(build) ? 'deps' : compiler(build), flags: flags.join(' '), binary, main },
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
