import { pathWord, type RuntimeFamily, type StagePlan } from '@msb/core';
import { type Engine, engineOf } from './engine.ts';
import { shipsModules } from './frameworks/made.ts';
import { frameworkStage } from './frameworks/stage.ts';
import type { InstallRequest } from './package-managers/manager.ts';
import type { NodeBuild } from './plan.ts';

/** The stages of a build, and what they and the program start from. */
export interface Stages {
  readonly engine: Engine;
  readonly stages: readonly StagePlan[];
}

const hasDevelopment = ({ manifest }: NodeBuild): boolean => manifest.development.size > 0;
const hasProduction = ({ manifest }: NodeBuild): boolean => manifest.production.size > 0;

/** Whether node_modules ships. */
export const hasModules = (build: NodeBuild): boolean =>
  hasProduction(build) && (build.framework === undefined || shipsModules(build.framework.made));

/** Whether anything is made of the sources before they ship. */
export const isBuilt = ({ build, lifecycle }: Pick<NodeBuild, 'build' | 'lifecycle'>): boolean =>
  build !== undefined || lifecycle.beforeBuild.length > 0;

/** Tools that work on dependencies at install time leave their results in `deps`, so production is cut out of it. */
const isPruned = (build: NodeBuild): boolean => hasModules(build) && build.lifecycle.afterInstall.length > 0;

/** Whether node_modules is there for the build only, which copies what the program needs of it into its output. */
const isCopied = ({ framework }: NodeBuild): boolean => framework !== undefined && !shipsModules(framework.made);

/**
 * Plans the stages. All of it runs on the build machine's own CPU, but for what installs machine code: that has to be
 * the platform (and the C library) that ships.
 */
export function planStages(build: NodeBuild, family: RuntimeFamily, name: string): Stages {
  const needsDeps = (isBuilt(build) || isPruned(build)) && (hasProduction(build) || hasDevelopment(build));
  const bound = build.native.platformBound && (hasProduction(build) || isCopied(build));
  const depsOnTarget = bound && (isPruned(build) || isCopied(build));
  const [here, target] = [toolOf(build, 'toolchain', ''), toolOf(build, 'toolchain-target', '-target')];
  const deps = needsDeps ? [depsStage(build, (depsOnTarget ? target : here).name)] : [];
  const made = isBuilt(build) ? [buildStage(build, needsDeps ? 'deps' : here.name, name)] : [];
  const production = hasModules(build) ? [productionStage(build, (bound ? target : here).name)] : [];
  const own = [...deps, ...made, ...production];
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

/** The toolchains that a stage starts from. */
const toolchainsOf = (stages: readonly StagePlan[]): readonly string[] =>
  ['toolchain', 'toolchain-target'].filter((name) => stages.some(({ values }) => values?.from === name));

function request(build: NodeBuild, from: string, after: readonly string[]): InstallRequest {
  const { dependencies, config, lifecycle, native, version } = build;
  const named = new Set(['package.json', ...dependencies.files, ...lifecycle.files]);
  const files = [...named].filter((file) => config.shared || file !== '.npmrc');
  const binds = files.map((file) => `type=bind,source=${pathWord(file, 'A path')},target=${file}`);
  return {
    from,
    mounts: [...config.mounts, ...(dependencies.secrets ?? []), ...binds],
    ignoreScripts: lifecycle.ignoreScripts,
    node: Number(version.major),
    allow: native.scripts.map(({ name }) => name),
    after,
  };
}

function depsStage(build: NodeBuild, from: string): StagePlan {
  const { manager, dependencies, lifecycle, native } = build;
  return manager.everything(
    dependencies,
    request(build, from, [
      ...lifecycle.afterInstall.map(({ name }) => manager.run(name)),
      ...(isCopied(build) ? native.probes : []),
    ]),
  );
}

function productionStage(build: NodeBuild, from: string): StagePlan {
  const { manager, dependencies, native } = build;
  if (isPruned(build)) return manager.pruned(dependencies, request(build, 'deps', native.probes));
  return manager.production(dependencies, request(build, from, native.probes));
}

/** What a compiler writes beside the program, for editors and debuggers. */
const withoutExtras = "\\( -name '*.map' -o -name '*.d.ts' -o -name '*.tsbuildinfo' \\)";

function buildStage(plan: NodeBuild, from: string, name: string): StagePlan {
  const { manager, build, lifecycle, shipped, framework } = plan;
  const before = lifecycle.beforeBuild
    .filter((script) => script !== build?.script)
    .map(({ name }) => manager.run(name));
  const own = build?.script ? manager.run(build.script.name) : build?.command;
  const commands = [...before, ...(own === undefined ? [] : [own])];
  if (framework) return frameworkStage(framework.made.build, from, commands, name);
  const extras = shipped.kind === 'output' && shipped.extras ? [shipped.folder] : [];
  commands.push(...extras.map((folder) => `find ${folder} ${withoutExtras} -delete`));
  // The whole folder ships then, and the development dependencies must not.
  if (shipped.kind === 'tree' && from === 'deps') commands.push('rm -rf node_modules');
  return { template: 'node/build', values: { from, commands: commands.join(' && \\\n    ') } };
}
