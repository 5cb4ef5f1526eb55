import { type BuildPlan, baseImage, type Options, type RuntimeFamily, wantsTests } from '@msb/core';
import { reportOf } from './account/report.ts';
import type { Generated } from './generate.ts';
import type { Libraries } from './libraries.ts';
import type { ModFile } from './modfile.ts';
import type { PrivateModules } from './private.ts';
import type { GoProgram } from './programs.ts';
import { otherRuntime, runtimeOf } from './runtime.ts';
import { buildStages, signsIn, testStage } from './stages.ts';
import type { Stamp } from './stamp.ts';
import { readUdp } from './udp.ts';
import type { GoVersion } from './version.ts';

/** Everything about a Go program that decides how it is built. */
export interface GoBuild {
  readonly go: GoVersion;
  readonly module: ModFile;
  /** The first is the one that a plain `docker build` makes. */
  readonly programs: readonly GoProgram[];
  /** Where the module lies in the build context. */
  readonly folder: string;
  /** Modules that have to be downloaded. */
  readonly downloads: ModFile['requires'];
  /** A go.work takes part. */
  readonly workspace: boolean;
  /** Files that `go mod download` reads, as the build context has them. */
  readonly manifests: readonly string[];
  readonly needs: readonly string[];
  readonly vendored: boolean;
  /** Modules that only credentials open. */
  readonly hidden: PrivateModules | undefined;
  readonly sums: boolean;
  /** C code is compiled in. */
  readonly cgo: boolean;
  /** What C code has to be compiled with, beside the usual. */
  readonly cflags: readonly string[];
  /** What keeps the program from being static. */
  readonly libraries: Libraries | undefined;
  /** Where the version goes. */
  readonly stamp: Stamp | undefined;
  /** What the build makes before it compiles. */
  readonly generate: Pick<Generated, 'folders' | 'installs' | 'runs'>;
  /** The symbol table and the debugger's tables stay in. */
  readonly symbols: boolean;
  /** There are tests of its own. */
  readonly tests: boolean;
  /** Build tags. */
  readonly tags: readonly string[];
  /** Files that the build must not see. */
  readonly ignore: readonly string[];
}

/** Plans a Go program: a static one on any runtime, unless C libraries tie it to glibc. */
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
        values: { image: baseImage('golang', build.go.release, build.libraries ? 'slim' : 'alpine') },
      },
    ],
    stages: [...buildStages(build, family), ...(wantsTests(options) ? testStage(build) : [])],
    runtime: runtimeOf(build, first, {
      family,
      name: String(options.name),
      port,
      udp: readUdp(String(options.udp ?? '')),
    }),
    ...(others.length > 0 && { others: others.map((other) => otherRuntime(build, other, family)) }),
    ...(signsIn(build, 'netrc') && { secrets: [{ id: 'netrc', src: '$HOME/.netrc' }] }),
    ...(signsIn(build, 'ssh') && { ssh: true }),
    ignore: build.ignore,
    needs: build.needs,
    ...reportOf(build),
  };
}
