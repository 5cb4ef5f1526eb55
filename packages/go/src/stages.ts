import { nameWord, pathWord, type RuntimeFamily, type StagePlan, shellWord } from '@msb/core';
import { buildFlags, chdir } from './flags.ts';
import type { GoBuild } from './plan.ts';
import type { PrivateModules } from './private.ts';
import { binaryName, bringsLibraries } from './runtime.ts';

/**
 * The stages between the toolchain and the images on a family: a C compiler and Git where needed, the modules, the
 * programs, the libraries that they are linked with.
 */
export const buildStages = (build: GoBuild, family: RuntimeFamily): readonly StagePlan[] => [
  ...newerStage(build),
  ...compilerStage(build),
  ...privateStage(build),
  ...depsStage(build),
  ...generateStage(build),
  buildStage(build, family),
  ...librariesStage(build),
];

/** Vendored and replaced modules are in the context already. */
const hasDeps = ({ vendored, downloads }: GoBuild): boolean => !vendored && downloads.length > 0;

const newerStage = ({ go }: GoBuild): readonly StagePlan[] =>
  go.download === undefined
    ? []
    : [{ template: 'go/newer', values: { toolchain: nameWord(go.download, 'A version') } }];

/** What Alpine's toolchain lacks of C; Debian's has a compiler, but few libraries. */
function compilerStage(build: GoBuild): readonly StagePlan[] {
  const from = build.go.download === undefined ? 'toolchain' : 'newer';
  if (bringsLibraries(build)) {
    return [{ template: 'go/compiler-glibc', values: { from, packages: build.libraries?.packages.join(' ') } }];
  }
  const cflags = build.cflags.join(' ');
  return build.cgo && !build.libraries ? [{ template: 'go/compiler', values: { from, cflags } }] : [];
}

const librariesStage = (build: GoBuild): readonly StagePlan[] =>
  bringsLibraries(build) ? [{ template: 'go/libraries' }] : [];

/** The stage that has all compilers. */
function compiler(build: GoBuild): string {
  if (compilerStage(build).length > 0) return 'compiler';
  return newerStage(build).length > 0 ? 'newer' : 'toolchain';
}

/** Whether a download needs credentials that come in a certain way. */
export const signsIn = (build: GoBuild, by: PrivateModules['by']): boolean => hasDeps(build) && build.hidden?.by === by;

/** What a step mounts that may download private modules; neither ends up in a layer. */
const mounts: Readonly<Record<PrivateModules['by'], string>> = {
  netrc: '--mount=type=secret,id=netrc,target=/root/.netrc',
  ssh: '--mount=type=ssh',
};

const credentials = (build: GoBuild): string | undefined =>
  hasDeps(build) && build.hidden ? mounts[build.hidden.by] : undefined;

function privateStage(build: GoBuild): readonly StagePlan[] {
  if (!hasDeps(build) || build.hidden === undefined) return [];
  const { patterns, by, hosts } = build.hidden;
  // Debian's toolchain has both already
  const packages = build.libraries ? undefined : by === 'ssh' ? 'git openssh-client' : 'git';
  const values = { from: compiler(build), patterns, packages };
  if (by === 'netrc') return [{ template: 'go/private', values }];
  return [{ template: 'go/private-ssh', values: { ...values, hosts: hosts.map((host) => pathWord(host, 'A host')) } }];
}

function depsStage(build: GoBuild): readonly StagePlan[] {
  if (!hasDeps(build)) return [];
  const from = credentials(build) ? 'private' : compiler(build);
  const manifests = build.manifests.map((path) => pathWord(path, 'A folder'));
  return [
    {
      template: 'go/deps',
      values: {
        from,
        credentials: credentials(build),
        manifests,
        download: ['go mod download', ...chdir(build)].join(' '),
      },
    },
  ];
}

/** The stage that has all modules, or needs none. */
const modules = (build: GoBuild): string => (hasDeps(build) ? 'deps' : compiler(build));

/** Whether something has to be made before the compiler runs. */
const generates = ({ generate: { folders, runs } }: GoBuild): boolean => folders.length + runs.length > 0;

function generateStage(build: GoBuild): readonly StagePlan[] {
  if (!generates(build)) return [];
  const values = { from: modules(build), credentials: credentials(build), command: generateCommand(build) };
  return [{ template: 'go/generate', values }];
}

/** Tools first, then what makes sources of other files, what directives say, and Wire, which reads all of that. */
function generateCommand(build: GoBuild): string {
  const { folders, installs, runs } = build.generate;
  const inside = chdir(build);
  const words = (command: string): string => {
    const [go = '', verb = '', ...rest] = command.split(' ').map((word) => shellWord(word, 'A word of a command'));
    return [go, verb, ...inside, ...rest].join(' ');
  };
  const late = runs.filter((command) => /\/wire@?\S* /.test(command));
  const paths = folders.map((path) => pathWord(path, 'A folder'));
  return [
    ...installs.map(words),
    ...runs.filter((command) => !late.includes(command)).map(words),
    ...(paths.length > 0 ? [['go generate', ...inside, ...paths].join(' ')] : []),
    ...late.map(words),
  ].join(' \\\n    && ');
}

function buildTemplate({ cgo, libraries }: GoBuild): string {
  if (libraries) return 'go/build-glibc';
  return cgo ? 'go/build-cgo' : 'go/build';
}

function buildStage(build: GoBuild, family: RuntimeFamily): StagePlan {
  const mains = build.programs.map(({ main }) => pathWord(main.path, 'The folder of the main package'));
  const [first, second] = build.programs;
  const output = first && !second ? `/out/${binaryName(build, first.main)}` : '/out/';
  return {
    template: buildTemplate(build),
    values: {
      from: generates(build) ? 'generate' : modules(build),
      flags: buildFlags(build, family, hasDeps(build)).join(' '),
      output,
      mains: mains.join(' '),
      credentials: credentials(build),
      version: build.stamp?.initial,
    },
  };
}

/** Runs the tests where the program was built; a bake file has a target for it. */
export function testStage(build: GoBuild): readonly StagePlan[] {
  if (!build.tests) return [];
  const tags = build.tags.length > 0 ? [`-tags=${build.tags.join(',')}`] : [];
  const command = ['go test', ...chdir(build), ...tags, './...'].join(' ');
  return [{ template: 'go/test', values: { credentials: credentials(build), command } }];
}
