import { defaultImage, nameWord, oneLine, type RuntimeFamily, type RuntimePlan } from '@msb/core';
import { workingFolder } from './account/location.ts';
import type { RunRead } from './account/types.ts';
import type { Libraries } from './libraries.ts';
import { type MainPackage, programName } from './mains.ts';
import { moduleName } from './modfile.ts';
import type { GoBuild } from './plan.ts';
import { type GoProgram, outputName, ownPort, stageName } from './programs.ts';

/** The base of a family; scratch has none. */
function baseOf(family: RuntimeFamily, libraries: Libraries | undefined): string | undefined {
  if (family === 'alpine') return defaultImage('alpine', 'runtime');
  if (family === 'distroless') return defaultImage(libraries ? 'distroless-cc' : 'distroless-static', 'runtime');
  return undefined;
}

/** Whether a family has no time zones, so that a program has to bring them (https://pkg.go.dev/time/tzdata): TZ would mean nothing. */
export const lacksZones = (family: RuntimeFamily): boolean => family !== 'distroless';

/** Whether the image needs shared libraries beyond those of its base; C++ is in that already. */
export const bringsLibraries = ({ libraries }: GoBuild): boolean =>
  libraries !== undefined && libraries.packages.length > 0;

/** Where the linker of the image is told to look for the libraries that its base lacks. */
const libraryFolder = '/usr/local/lib';

/**
 * Alpine knows no account 65532, whose home would be `/`; and in a container that is read-only nothing but /tmp can be
 * written to on any base. So caches and settings of a program go there, and last as long as the container.
 */
const home = { HOME: '/tmp' };

/** Every file and folder of the project that some programs read when they run. */
export const readBy = (programs: readonly GoProgram[]): readonly RunRead[] => [
  ...new Map(programs.flatMap(({ account }) => account.reads).map((read) => [read.path, read])).values(),
];

interface ImageSettings {
  readonly family: RuntimeFamily;
  readonly name: string;
  readonly port: number;
  readonly udp: readonly number[];
}

/** The image of one program. With several, its stage has its name, and `go build` has named its file. */
export function runtimeOf(
  build: GoBuild,
  { main, account: { reads } }: GoProgram,
  { family, name, port, udp }: ImageSettings,
): RuntimePlan {
  const image = baseOf(family, build.libraries);
  const brings = bringsLibraries(build);
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
      ...(brings ? [{ stage: 'libraries', src: '/libraries', dest: libraryFolder }] : []),
      { stage: 'build', src: `/out/${output}`, dest: program },
    ],
    // the rest of what it reads says by itself that it starts there
    ...(reads.some(({ at }) => at?.startsWith(`${workingFolder}/`)) && { workdir: workingFolder }),
    env: { ...home, ...(brings && { LD_LIBRARY_PATH: libraryFolder }) },
    labels: labels(build, name),
    entrypoint: [program],
    ...(port > 0 && { port }),
    ...(udp.length > 0 && { udp }),
  };
}

/** The image of a program that no option speaks of. */
export const otherRuntime = (build: GoBuild, program: GoProgram, family: RuntimeFamily): RuntimePlan =>
  runtimeOf(build, program, {
    family,
    name: stageName(program.main, build.module.module.value),
    port: ownPort(program) ?? 0,
    udp: program.service.udp.flatMap(({ file, port }) => (file.endsWith('.go') ? [port] : [])),
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
