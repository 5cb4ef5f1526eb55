import { type BuildPlan, baseImage, type Options, type RuntimeFamily, wantsTests } from '@msb/core';
import type { Report } from './account/report.ts';
import type { Asked } from './asked.ts';
import type { CargoConfig } from './config.ts';
import type { Libc } from './libc.ts';
import type { Native } from './native.ts';
import type { Profile } from './profile.ts';
import { ownPort, type Program, stageName } from './programs.ts';
import { runtimeOf } from './runtime.ts';
import { usualPort } from './serves.ts';
import { buildStages, testStage } from './stages.ts';
import type { Toolchain } from './toolchain.ts';

/** Everything about Rust programs that decides how they are built. */
export interface RustBuild {
  readonly toolchain: Toolchain;
  /** The first is the one that a plain `docker build` makes. */
  readonly programs: readonly Program[];
  /** Whether Cargo has to be told the package: it is not the only one, or not that of the root. */
  readonly named: boolean;
  readonly locked: boolean;
  /** Whether there is anything to compile before the project's own code. */
  readonly dependencies: boolean;
  /** The folder of the workspace in the build context; `''` is the same. */
  readonly folder: string;
  /** Folders of the workspace that dependencies are compiled with: vendored crates, and those of `[patch]`. */
  readonly whole: readonly string[];
  /** Those of `[patch]` among them, whose files Cargo watches. */
  readonly patched: readonly string[];
  /** Packages of the project that the programs are compiled from, as Cargo's `--package` takes them. */
  readonly own: readonly string[];
  /** Those of them that have tests. */
  readonly tested: readonly string[];
  /** What the release profile leaves open. */
  readonly profile: Omit<Profile, 'fact'>;
  readonly config: CargoConfig;
  readonly native: Native;
  readonly libc: Libc;
  /** Whether the build machine compiles for other platforms, too. */
  readonly cross: boolean;
  readonly needs: readonly string[];
  /** What whoever builds may hand over. */
  readonly asked: Asked;
  /** What is read, written, needed and started. */
  readonly report: Report;
}

/** The images to build with. */
const variants: Readonly<Record<Libc, string>> = { musl: 'alpine', gnu: 'slim' };

/** Plans Rust programs: static ones on any runtime, or linked with the glibc of theirs. */
export function planRust(build: RustBuild, options: Options): BuildPlan {
  const shared = { family: String(options.runtime) as RuntimeFamily, libc: build.libc };
  const name = String(options.name);
  const port = Number(options.port ?? 0);
  const [first, ...others] = build.programs;
  if (first === undefined) throw new Error('no program was chosen');
  return {
    ecosystem: 'rust',
    images: [
      {
        template: build.cross ? 'rust/toolchain-cross' : 'rust/toolchain',
        values: { image: baseImage('rust', build.toolchain.release, variants[build.libc]) },
      },
    ],
    stages: [...buildStages(build, name), ...(wantsTests(options) ? testStage(build, name) : [])],
    runtime: runtimeOf(first, { ...shared, name, port, ...(others.length > 0 && { target: stageName(first) }) }),
    ...(others.length > 0 && {
      others: others.map((program) => {
        const target = stageName(program);
        return runtimeOf(program, { ...shared, name: target, port: ownPort(program, usualPort) ?? 0, target });
      }),
    }),
    ...(build.asked.secrets.length > 0 && { secrets: build.asked.secrets.map((id) => ({ id, env: id })) }),
    // where a module is named like it, the pattern of the manifest is left out
    ignore: build.needs.some((path) => /(^|\/)target\//.test(path)) ? ['/target'] : [],
    needs: build.needs,
    ...build.report,
  };
}
