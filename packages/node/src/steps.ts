import { join, pathWord, type StagePlan } from '@msb/core';
import { gitLines } from './codegen/git.ts';
import { prismaComments, withPrisma } from './codegen/prisma.ts';
import { withoutExtras } from './extras.ts';
import { frameworkStage } from './frameworks/stage.ts';
import { hasModules, isBuilt } from './needs.ts';
import { nestedInstalls } from './nested.ts';
import type { NodeBuild } from './plan.ts';
import type { BuildEnv } from './settings/build-env.ts';
import { extrasOfLibraries } from './workspaces/libraries.ts';
import { turboCommand } from './workspaces/turbo.ts';

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
    .map((script) => script.command ?? withPrisma(home.target, script, manager.run(script.name)));
  const own = turboCommand(home) ?? build?.command ?? (build?.script && manager.run(build.script.name));
  const output = shipped.kind === 'output' && shipped.extras ? [shipped.folder] : [];
  const libraries = hasModules(plan) ? extrasOfLibraries(home) : [];
  // The whole folder ships then, and the development dependencies must not.
  const nested =
    shipped.kind === 'tree' ? nestedInstalls(home.target.project, home.target.manifest, build, plan.start.entry) : [];
  const whole = framework === undefined && shipped.kind === 'tree' && ['deps', 'libraries'].includes(from);
  const modules = [...(whole ? [''] : []), ...nested].map((folder) => join(folder, 'node_modules'));
  return {
    make: [
      ...before,
      ...(own === undefined ? [] : [withEnv(plan.buildEnv, withPrisma(home.target, build?.script, own))]),
    ],
    trim: [
      ...[...output, ...libraries].map(withoutExtras),
      ...(modules.length > 0 ? [`rm -rf ${modules.join(' ')}`] : []),
    ],
    intact: framework !== undefined || (libraries.length === 0 && !whole),
  };
}

/** A command with variables in front of it, a line for each where there are several. */
const withEnv = ({ words }: BuildEnv, command: string): string =>
  [...words, command].join(words.length > 1 ? ' \\\n    ' : ' ');

/** The folder of the project, as COPY takes it. */
const sourceOf = ({ home: { target } }: NodeBuild): string =>
  target.folder === '' ? '. .' : `${pathWord(target.folder, 'The folder of a package')} .`;

/** The stage that makes what ships. */
export function buildStage(plan: NodeBuild, from: string, name: string): StagePlan {
  const { framework, home } = plan;
  const { make, trim } = buildSteps(plan, from);
  const commands = [...make, ...trim];
  const places = { from, workdir: home.workdir, source: sourceOf(plan) };
  if (framework)
    return frameworkStage(framework.made.build, places, commands, name, [
      ...gitLines(plan.git),
      ...plan.buildEnv.comments,
    ]);
  const comments = [...gitLines(plan.git), ...prismaComments(commands)];
  return { template: 'node/build', values: { ...places, comments, commands: commands.join(' && \\\n    ') } };
}

/** Runs the tests on what was built, or on the same made once more where something was taken out of that. */
export function testStage(plan: NodeBuild, from: string): readonly StagePlan[] {
  const { tests, manager, home } = plan;
  if (tests === undefined) return [];
  const command = manager.run(tests.script.name);
  const { make, intact } = buildSteps(plan, from);
  if (isBuilt(plan) && intact) return [{ template: 'node/test', values: { from: 'build', command } }];
  const values = { from, workdir: home.workdir, source: sourceOf(plan), before: isBuilt(plan) ? make : [], command };
  return [{ template: 'node/test-sources', values }];
}
