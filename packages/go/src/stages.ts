import { nameWord, pathWord, type RuntimeFamily, type StagePlan } from '@msb/core';
import type { GoBuild } from './plan.ts';
import type { PrivateModules } from './private.ts';
import { binaryName, bringsLibraries, lacksZones } from './runtime.ts';

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

/** What takes a command into the folder of the module, where that is not the build context's own. */
const chdir = ({ folder }: GoBuild): readonly string[] =>
  folder === '' ? [] : [`-C ${pathWord(folder, 'The folder of the module')}`];

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
  return build.cgo && !build.libraries ? [{ template: 'go/compiler', values: { from } }] : [];
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
  const values = { from: compiler(build), patterns };
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

function generateStage(build: GoBuild): readonly StagePlan[] {
  if (build.generate.length === 0) return [];
  const folders = build.generate.map((path) => pathWord(path, 'A folder'));
  const command = ['go generate', ...chdir(build), ...folders].join(' ');
  const values = { from: modules(build), credentials: credentials(build), command };
  return [{ template: 'go/generate', values }];
}

/** What the linker is told; in double quotes as soon as it is more than one word, so that VERSION is put in. */
function linkerFlags({ cgo, libraries, stamp, symbols }: GoBuild): readonly string[] {
  const flags = [
    // -s drops the symbol table (a third of the size) and the debugger's tables; stack traces keep their lines
    ...(symbols ? [] : ['-s']),
    // a static program has C's libraries in it, and so runs on every base
    ...(cgo && !libraries ? ['-linkmode external -extldflags -static'] : []),
    ...(stamp?.variables ?? []).map((name) => `-X ${name}=\${VERSION}`),
  ];
  if (flags.length === 0) return [];
  return flags[0] === '-s' && flags.length === 1 ? ['-ldflags=-s'] : [`-ldflags="${flags.join(' ')}"`];
}

function buildTemplate({ cgo, libraries }: GoBuild): string {
  if (libraries) return 'go/build-glibc';
  return cgo ? 'go/build-cgo' : 'go/build';
}

/** The build tags: those of the program, and time zones inside it where the base has none. */
function tagsOf({ tags }: GoBuild, family: RuntimeFamily): readonly string[] {
  return [...new Set([...tags, ...(lacksZones(family) ? ['timetzdata'] : [])])];
}

function buildStage(build: GoBuild, family: RuntimeFamily): StagePlan {
  const tags = tagsOf(build, family);
  const flags = [
    ...chdir(build), // has to come first
    '-trimpath',
    '-buildvcs=false',
    ...linkerFlags(build),
    ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : []),
    ...(build.sums || build.workspace || !hasDeps(build) ? [] : ['-mod=mod']),
  ];
  const mains = build.programs.map(({ main }) => pathWord(main.path, 'The folder of the main package'));
  const [first, second] = build.programs;
  const output = first && !second ? `/out/${binaryName(build, first.main)}` : '/out/';
  return {
    template: buildTemplate(build),
    values: {
      from: build.generate.length > 0 ? 'generate' : modules(build),
      flags: flags.join(' '),
      output,
      mains: mains.join(' '),
      credentials: credentials(build),
      version: build.stamp?.initial,
    },
  };
}
