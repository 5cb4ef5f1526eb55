import {
  type BuildPlan,
  baseImage,
  defaultImage,
  nameWord,
  type Options,
  oneLine,
  pathWord,
  quoted,
  type RuntimeFamily,
  type StagePlan,
  shellWord,
} from '@msb/core';
import { type Asset, workdir } from './assets.ts';
import type { Binary } from './binaries.ts';
import type { CargoConfig } from './config.ts';
import type { Framework } from './frameworks.ts';
import type { Native } from './native.ts';
import type { Package } from './package.ts';
import type { Toolchain } from './toolchain.ts';

/** Everything about a Rust program that decides how it is built. */
export interface RustBuild {
  readonly toolchain: Toolchain;
  readonly owner: Package;
  readonly binary: Binary;
  readonly features: readonly string[];
  /** Whether Cargo has to be told the package: it is not the only one, or not that of the root. */
  readonly named: boolean;
  readonly locked: boolean;
  /** Whether the release profile does not say itself what to strip. */
  readonly strip: boolean;
  readonly config: CargoConfig;
  readonly native: Native;
  readonly framework: Framework | undefined;
  /** Files and folders that the program reads when it runs. */
  readonly assets: readonly Asset[];
  readonly needs: readonly string[];
}

const bases: Readonly<Partial<Record<RuntimeFamily, () => string>>> = {
  alpine: () => defaultImage('alpine', 'runtime'),
  distroless: () => defaultImage('distroless-static', 'runtime'),
};

/** Plans a static Rust program on any runtime. */
export function planRust(build: RustBuild, options: Options): BuildPlan {
  const family = String(options.runtime) as RuntimeFamily;
  const image = bases[family]?.();
  const name = String(options.name);
  const binary = nameWord(build.binary.name, 'The name of the binary');
  const program = `/usr/local/bin/${binary}`;
  const port = Number(options.port ?? 0);
  const env = port > 0 ? build.framework?.env?.(port) : undefined;
  const tools = toolsStage(build);
  return {
    ecosystem: 'rust',
    images: [{ template: 'rust/toolchain', values: { image: baseImage('rust', build.toolchain.release, 'alpine') } }],
    stages: [...tools, buildStage(build, name, tools.length > 0 ? 'tools' : 'toolchain')],
    runtime: {
      family,
      ...(image && { image }),
      artifacts: [
        { stage: 'build', src: `/out/${binary}`, dest: program },
        ...build.assets.map(({ from, dest }) => ({ src: from, dest })),
      ],
      ...(build.assets.some(({ dest }) => dest.startsWith(`${workdir}/`)) && { workdir }),
      labels: labels(build.owner, name),
      entrypoint: [program],
      ...(env && { env }),
      ...(port > 0 && { port }),
    },
    ignore: [],
    needs: build.needs,
  };
}

function toolsStage({ native, config }: RustBuild): readonly StagePlan[] {
  const settings = Object.entries({ ...native.env, ...config.env }).map(([key, value]) => `${key}=${quoted(value)}`);
  if (native.packages.length === 0 && settings.length === 0) return [];
  return [{ template: 'rust/tools', values: { packages: native.packages.join(' '), settings } }];
}

function buildStage(build: RustBuild, name: string, from: string): StagePlan {
  const { owner, binary, features, toolchain, config } = build;
  const cargo = [
    'cargo rustc --release',
    ...(build.locked ? ['--locked'] : []),
    ...config.args,
    ...(build.named ? [`--package ${nameWord(owner.name, 'The name of the package')}`] : []),
    `--bin ${nameWord(binary.name, 'The name of the binary')}`,
    ...(features.length > 0 ? [`--features ${shellWord(features.join(','), 'A feature')}`] : []),
  ];
  const skipped = ['target', ...config.vendored.map((path) => pathWord(path, 'The folder of vendored crates'))];
  return {
    template: 'rust/build',
    values: {
      from,
      cache: `${name}-target`,
      pin: toolchain.file,
      strip: build.strip,
      skip: skipped.map((path) => `-path ./${path} -prune -o`).join(' '),
      cargo: cargo.join(' '),
      output: pathWord(config.output, 'The target'),
      binary: binary.name,
    },
  };
}

function labels(owner: Package, name: string): Readonly<Record<string, string>> {
  const text = (key: string, value: string | undefined) => {
    const line = oneLine(value ?? '');
    return line === '' ? {} : { [`org.opencontainers.image.${key}`]: line };
  };
  return {
    ...text('title', name),
    ...text('description', owner.description),
    ...text('licenses', owner.license?.replaceAll('/', ' OR ')),
    ...text('source', owner.repository),
  };
}
