import { pathWord, type RuntimeFamily, type StagePlan } from '@msb/core';
import { type Engine, engineOf } from './engine.ts';
import { withoutExtras } from './extras.ts';
import { shipsModules } from './frameworks/made.ts';
import { frameworkStage } from './frameworks/stage.ts';
import type { InstallRequest } from './package-managers/manager.ts';
import { bundledNpm } from './package-managers/version.ts';
import type { NodeBuild } from './plan.ts';
import { withPrisma } from './prisma.ts';
import { focusOf, manifestsOf } from './workspaces/home.ts';
import { extrasOfLibraries, librariesStage, reachesOut, shipsBuilt } from './workspaces/libraries.ts';
import { turboCommand } from './workspaces/turbo.ts';
import type { Package } from './workspaces/workspace.ts';

/** The stages of a build, and what they and the program start from. */
export interface Stages {
  readonly engine: Engine;
  readonly stages: readonly StagePlan[];
}

const hasDevelopment = ({ home: { root, built } }: NodeBuild): boolean =>
  [root, ...built].some(({ manifest }) => manifest.development.size > 0);
const hasProduction = ({ home: { built } }: NodeBuild): boolean =>
  built.some(({ manifest }) => manifest.production.size > 0);

/** Whether node_modules ships. */
export const hasModules = (build: NodeBuild): boolean =>
  hasProduction(build) && (build.framework === undefined || shipsModules(build.framework.made));

/** Whether anything is made of the sources before they ship. */
export const isBuilt = ({ build, lifecycle }: Pick<NodeBuild, 'build' | 'lifecycle'>): boolean =>
  build !== undefined || lifecycle.beforeBuild.length > 0;

/**
 * Tools that work on dependencies at install time leave their results in `deps`, so production is cut out of it; so is
 * what takes minutes to compile, rather than compiling it twice.
 */
const isPruned = (build: NodeBuild): boolean =>
  hasModules(build) && (build.installs.afterInstall.length > 0 || (isBuilt(build) && build.native.compiled.length > 0));

/** Whether node_modules is there for the build only, which copies what the program needs of it into its output. */
const isCopied = ({ framework }: NodeBuild): boolean => framework !== undefined && !shipsModules(framework.made);

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
  const depsOnTarget = bound && (isPruned(build) || isCopied(build) || forTests);
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
  if (compiled.length === 0) return toolOf(build, 'toolchain-target', '-target');
  const template = family === 'alpine' ? 'node/addons-alpine' : 'node/addons';
  const packages = compiled.map(({ name }) => name).join(', ');
  const { name, stages } = toolOf(build, 'addons', '-target');
  return { name, stages: [{ template, values: { from: 'toolchain-target', packages } }, ...stages] };
}

/** The toolchains that a stage starts from. */
const toolchainsOf = (stages: readonly StagePlan[]): readonly string[] =>
  ['toolchain', 'toolchain-target'].filter((name) => stages.some(({ values }) => values?.from === name));

function request(
  build: NodeBuild,
  family: RuntimeFamily,
  from: string,
  after: readonly string[],
  packages: readonly Package[] = build.home.built,
): InstallRequest {
  const { manager, dependencies, config, installs, native, version, home, start } = build;
  const named = new Set([...manifestsOf(home, packages), ...dependencies.files, ...installs.files]);
  const focus = focusOf(home);
  const files = [...named].filter((file) => config.shared || file !== '.npmrc');
  const binds = files.map((file) => `type=bind,source=${pathWord(file, 'A path')},target=${file}`);
  return {
    from,
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
      ...installs.afterInstall.map(({ script, of }) => {
        const { name, command } = script;
        if (command === undefined) return withPrisma(of ?? home.root, script, manager.run(name, of));
        return of ? `(cd ${pathWord(of.folder, 'The folder of a package')} && ${command})` : command;
      }),
      ...(isCopied(build) ? probes(build) : []),
    ]),
  );
}

function productionStage(build: NodeBuild, family: RuntimeFamily, from: string): StagePlan {
  const { manager, dependencies, home } = build;
  if (isPruned(build)) return manager.pruned(dependencies, request(build, family, 'deps', probes(build)));
  const packages = manager.needsBuilt ? home.built : home.shipped;
  return manager.production(dependencies, request(build, family, from, probes(build), packages));
}

/** Addons are loaded from where the program will: a package of a workspace may have them to itself. */
function probes({ native, home }: NodeBuild): readonly string[] {
  const { folder } = home.target;
  return folder === '' || native.probes.length === 0
    ? native.probes
    : [`cd ${pathWord(folder, 'The folder of a package')}`, ...native.probes];
}

/** What works on the sources. */
interface BuildSteps {
  /** The project's own. */
  readonly make: readonly string[];
  /** What takes out of the results what must not ship. */
  readonly trim: readonly string[];
  /** Whether tests still find all that they may need: packages, and the types of the workspace's own. */
  readonly intact: boolean;
}

function buildSteps(plan: NodeBuild, from: string): BuildSteps {
  const { manager, build, lifecycle, shipped, framework, home } = plan;
  const before = lifecycle.beforeBuild
    .filter((script) => script !== build?.script)
    .map((script) => withPrisma(home.target, script, manager.run(script.name)));
  const own = turboCommand(home) ?? (build?.script ? manager.run(build.script.name) : build?.command);
  const output = shipped.kind === 'output' && shipped.extras ? [shipped.folder] : [];
  const libraries = hasModules(plan) ? extrasOfLibraries(home) : [];
  // The whole folder ships then, and the development dependencies must not.
  const whole = framework === undefined && shipped.kind === 'tree' && ['deps', 'libraries'].includes(from);
  return {
    make: [...before, ...(own === undefined ? [] : [withPrisma(home.target, build?.script, own)])],
    trim: [...[...output, ...libraries].map(withoutExtras), ...(whole ? ['rm -rf node_modules'] : [])],
    intact: framework !== undefined || (libraries.length === 0 && !whole),
  };
}

/** The folder of the project, as COPY takes it. */
const sourceOf = ({ home: { target } }: NodeBuild): string =>
  target.folder === '' ? '. .' : `${pathWord(target.folder, 'The folder of a package')} .`;

function buildStage(plan: NodeBuild, from: string, name: string): StagePlan {
  const { framework, home } = plan;
  const { make, trim } = buildSteps(plan, from);
  const commands = [...make, ...trim];
  const places = { from, workdir: home.workdir, source: sourceOf(plan) };
  if (framework) return frameworkStage(framework.made.build, places, commands, name);
  return { template: 'node/build', values: { ...places, commands: commands.join(' && \\\n    ') } };
}

/** Runs the tests on what was built, or on the same made once more where something was taken out of that. */
function testStage(plan: NodeBuild, from: string): readonly StagePlan[] {
  const { tests, manager, home } = plan;
  if (tests === undefined) return [];
  const command = manager.run(tests.script.name);
  const { make, intact } = buildSteps(plan, from);
  if (isBuilt(plan) && intact) return [{ template: 'node/test', values: { from: 'build', command } }];
  const values = { from, workdir: home.workdir, source: sourceOf(plan), before: isBuilt(plan) ? make : [], command };
  return [{ template: 'node/test-sources', values }];
}
