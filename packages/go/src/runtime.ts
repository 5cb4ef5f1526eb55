import { defaultImage, join, nameWord, oneLine, type RuntimeFamily, type RuntimePlan } from '@msb/core';
import type { Asset } from './assets.ts';
import { type MainPackage, programName } from './mains.ts';
import { moduleName } from './modfile.ts';
import type { GoBuild } from './plan.ts';
import { type GoProgram, outputName, ownPort, stageName } from './programs.ts';

const bases: Readonly<Partial<Record<RuntimeFamily, () => string>>> = {
  alpine: () => defaultImage('alpine', 'runtime'),
  distroless: () => defaultImage('distroless-static', 'runtime'),
};

/** Where a program that reads files of the project finds them. */
const workdir = '/app';

/**
 * Alpine knows no account 65532, whose home would be `/`; and in a container that is read-only nothing but /tmp can be
 * written to on any base. So caches and settings of a program go there, and last as long as the container.
 */
const home = { HOME: '/tmp' };

/** Every file and folder that a program reads from its working folder when it runs. */
export const assetsOf = (programs: readonly GoProgram[]): readonly Asset[] => [
  ...new Map(programs.flatMap(({ assets }) => assets).map((asset) => [asset.path, asset])).values(),
];

interface ImageSettings {
  readonly family: RuntimeFamily;
  readonly name: string;
  readonly port: number;
}

/** The image of one program. With several, its stage has its name, and `go build` has named its file. */
export function runtimeOf(
  build: GoBuild,
  { main, assets }: GoProgram,
  { family, name, port }: ImageSettings,
): RuntimePlan {
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
      ...assets.map(({ path }) => ({ src: join(build.folder, path), dest: `${workdir}/${path}` })),
    ],
    ...(assets.length > 0 && { workdir }),
    env: home,
    labels: labels(build, name),
    entrypoint: [program],
    ...(port > 0 && { port }),
  };
}

/** The image of a program that no option speaks of. */
export const otherRuntime = (build: GoBuild, program: GoProgram, family: RuntimeFamily): RuntimePlan =>
  runtimeOf(build, program, {
    family,
    name: stageName(program.main, build.module.module.value),
    port: ownPort(program) ?? 0,
  });

/** The file name of a program in its image. Throws `unsafe-value`. */
export const binaryName = ({ module }: GoBuild, main: MainPackage): string =>
  nameWord(programName(main, moduleName(module.module.value)), 'The name of the program');

function labels({ module }: GoBuild, name: string): Readonly<Record<string, string>> {
  const path = oneLine(module.module.value);
  const hosted = /^(github\.com|gitlab\.com|codeberg\.org)\/[^/]+\/[^/]+/.exec(path);
  return {
    'org.opencontainers.image.title': name,
    ...(hosted && { 'org.opencontainers.image.source': `https://${hosted[0]}` }),
  };
}
