import { join, pathWord, type RuntimeFamily, relative, type StagePlan } from '@msb/core';
import { withPrisma } from './codegen/prisma.ts';
import { type Engine, engineOf } from './engine.ts';
import { hasDevelopment, hasModules, hasProduction, isBuilt, isCopied, isPruned } from './needs.ts';
import type { InstallRequest } from './package-managers/manager.ts';
import { bundledNpm } from './package-managers/version.ts';
import type { NodeBuild } from './plan.ts';
import { buildStage, testStage } from './steps.ts';
import { installsBeside, ownLocks } from './workspaces/beside.ts';
import { focusOf, inFolderOf, isBeside, manifestsOf } from './workspaces/home.ts';
import { librariesStage, reachesOut, shipsBuilt } from './workspaces/libraries.ts';
import type { Package } from './workspaces/workspace.ts';

/** The stages of a build, and what they and the program start from. */
export interface Stages {
  readonly engine: Engine;
  readonly stages: readonly StagePlan[];
}

/**
 * Plans the stages. All of it runs on the build machine's own CPU, but for what installs machine code: that has to be
 * the platform (and the C library) that ships.
 */
export function planStages(build: NodeBuild, family: RuntimeFamily, name: string): Stages {
  const alone = !isBuilt(build) && shipsBuilt(build.home);
  const worked = isBuilt(build) || build.tests !== undefined;
  const needsDeps = (worked || isPruned(build) || alone) && (hasProduction(build) || hasDevelopment(build));
  const bound = build.native.platformBound && (hasProduction(build) || isCopied(build));
  const forTests = !isBuilt(build) && build.native.compiled.length > 0;
  const depsOnTarget = build.prismaEngine !== undefined || (bound && (isPruned(build) || isCopied(build) || forTests));
  const [here, target] = [toolOf(build, 'toolchain', ''), targetToolOf(build, family)];
  const deps = needsDeps ? [depsStage(build, family, (depsOnTarget ? target : here).name)] : [];
  const sources = needsDeps ? 'deps' : here.name;
  const hasLibraries = alone || (worked && reachesOut(build.home));
  const libraries = hasLibraries ? [librariesStage(build, sources, alone)] : [];
  const last = libraries.length > 0 ? 'libraries' : sources;
  const made = isBuilt(build) ? [buildStage(build, last, name)] : [];
  const production = hasModules(build) ? [productionStage(build, family, (bound ? target : here).name)] : [];
  const own = [...deps, ...libraries, ...made, ...production, ...testStage(build, last)];
  const tools = [here, target].filter(({ name }) => own.some(({ values }) => values?.from === name));
  const stages = [...tools.flatMap(({ stages }) => stages), ...own];
  return { stages, engine: engineOf(build, family, toolchainsOf(stages)) };
}

/** The stage to install from: the toolchain itself, or one that adds the package manager to it. */
function toolOf({ manager, dependencies }: NodeBuild, toolchain: string, suffix: string) {
  const name = `${manager.id}${suffix}`;
  const stage = manager.tool(dependencies, toolchain, name);
  return stage ? { name, stages: [stage] } : { name: toolchain, stages: [] };
}

/** The same on the platform that ships, with a compiler where one may be needed. */
function targetToolOf(build: NodeBuild, family: RuntimeFamily) {
  const { compiled } = build.native;
  const base = build.prismaEngine ? 'openssl' : 'toolchain-target';
  if (compiled.length === 0) return toolOf(build, base, '-target');
  const template = family === 'alpine' ? 'node/addons-alpine' : 'node/addons';
  const packages = compiled.map(({ name }) => name).join(', ');
  const { name, stages } = toolOf(build, 'addons', '-target');
  return { name, stages: [{ template, values: { from: base, packages } }, ...stages] };
}

/** The toolchains that a stage starts from. */
const toolchainsOf = (stages: readonly StagePlan[]): readonly string[] =>
  ['toolchain', 'toolchain-target'].filter((name) =>
    stages.some(({ values }) => values?.from === name || (name !== 'toolchain' && values?.from === 'openssl')),
  );

function request(
  build: NodeBuild,
  family: RuntimeFamily,
  from: string,
  after: readonly string[],
  packages: readonly Package[] = build.home.built,
): InstallRequest {
  const { manager, dependencies, config, installs, native, version, home, start } = build;
  const { root } = home;
  const named = new Set([
    ...manifestsOf(home, packages),
    ...dependencies.files.map((file) => join(root.folder, file)),
    ...home.mounted,
    ...packages.flatMap((item) => (isBeside(home, item) ? ownLocks(item) : [])),
    ...installs.files,
  ]);
  const focus = focusOf(home);
  const files = [...named].filter((file) => config.shared || file !== join(root.folder, '.npmrc'));
  const binds = files.map((file) => {
    const inside = relative(root.folder, file);
    return `type=bind,source=${pathWord(file, 'A path')},target=${inside.startsWith('..') ? `/app/${file}` : inside}`;
  });
  return {
    from,
    workdir: root.folder === '' ? '/app' : `/app/${pathWord(root.folder, 'The folder of the project')}`,
    mounts: [
      ...config.mounts,
      ...(dependencies.secrets ?? []).map((name) => `type=secret,id=${name},env=${name}`),
      ...binds,
    ],
    ignoreScripts: installs.ignoreScripts,
    libc: family === 'alpine' ? 'musl' : 'glibc',
    npm: Number((manager.id === 'npm' && dependencies.version?.split('.')[0]) || bundledNpm(version.major)),
    startsBin: start.fromDependency,
    allow: native.scripts.map(({ name }) => name),
    after,
    ...(focus && { focus }),
    ...(!focus && home.workspace && { ofRoot: home.built.map(({ name }) => name) }),
  };
}

function depsStage(build: NodeBuild, family: RuntimeFamily, from: string): StagePlan {
  const { manager, dependencies, installs, home } = build;
  return manager.everything(
    dependencies,
    request(build, family, from, [
      ...installsBeside(home, false),
      ...installs.afterInstall.map(({ script, of }) => {
        const { name, command } = script;
        if (command !== undefined) return of ? inFolderOf(home, of, command) : command;
        if (of && isBeside(home, of)) return inFolderOf(home, of, withPrisma(of, script, manager.run(name)));
        return withPrisma(of ?? home.root, script, manager.run(name, of));
      }),
      ...(isCopied(build) ? probes(build) : []),
    ]),
  );
}

function productionStage(build: NodeBuild, family: RuntimeFamily, from: string): StagePlan {
  const { manager, dependencies, home } = build;
  const beside = installsBeside(home, true);
  if (isPruned(build))
    return manager.pruned(dependencies, request(build, family, 'deps', [...beside, ...probes(build)]));
  const packages = manager.needsBuilt ? home.built : home.shipped;
  return manager.production(dependencies, request(build, family, from, [...beside, ...probes(build)], packages));
}

/** Addons are loaded from where the program will: a package of a workspace may have them to itself. */
function probes({ native, home }: NodeBuild): readonly string[] {
  const { folder } = home.target;
  return folder === '' || native.probes.length === 0
    ? native.probes
    : [`cd ${pathWord(folder, 'The folder of a package')}`, ...native.probes];
}
