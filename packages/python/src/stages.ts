import {
  type Artifact,
  baseImage,
  pathWord,
  patternWord,
  type RuntimeFamily,
  runtimeImage,
  type StagePlan,
  shellWord,
} from '@msb/core';
import { venv } from './package-managers/manager.ts';
import type { PythonBuild } from './plan.ts';

/** Where the sources are, in the build as in the image. */
export const workdir = '/app';

/** What the image starts from, the stages before it, and what it takes of them. */
export interface Stages {
  readonly images: readonly StagePlan[];
  readonly stages: readonly StagePlan[];
  /** The external base; absent where a stage of ours is the base. */
  readonly image: string | undefined;
  readonly artifacts: readonly Artifact[];
}

const lines = (items: readonly string[], separator: string): string => items.join(`${separator}\\\n    `);

/** Sources of another Python among them, such as templates of projects, are no reason to stop. */
const compileSources = 'python -m compileall -qq . || :';

/** Plans the stages of a build. All of it runs on the platform that ships: an environment may have machine code. */
export function planStages(build: PythonBuild, family: RuntimeFamily): Stages {
  const { version, dependencies, native, installed, sources } = build;
  const toolchain: StagePlan = {
    template: 'python/python',
    values: { image: baseImage('python', version.minor, 'build') },
  };
  const tools = native.build.names.length > 0 ? [toolsStage(build)] : [];
  const manager = dependencies.tool === undefined ? [] : [managerStage(build, tools.length > 0 ? 'tools' : 'python')];
  const from = manager.length > 0 ? build.manager.id : tools.length > 0 ? 'tools' : 'python';
  const deps = depsStage(build, from);
  const made = installed || sources ? [buildStage(build)] : [];
  const environment = installed ? 'build' : 'deps';
  const home = family === 'distroless' ? [distrolessStage(build, environment)] : [];
  const base = runtimeBase(build, family);
  return {
    images: [toolchain, ...base.stages],
    stages: [...tools, ...manager, deps, ...made, ...home],
    image: base.image,
    artifacts: [
      { stage: home.length > 0 ? 'venv' : environment, src: venv, dest: venv },
      ...(sources ? [{ stage: 'build', src: workdir, dest: workdir }] : []),
    ],
  };
}

/** The interpreter that made the environment, with the libraries that it loads; distroless has an image of its own. */
function runtimeBase(
  { version, native }: PythonBuild,
  family: RuntimeFamily,
): Pick<Stages, 'image'> & { readonly stages: readonly StagePlan[] } {
  if (family !== 'slim') return { image: runtimeImage(family, 'python', version.minor), stages: [] };
  const { names } = native.run;
  const values = { packages: names.join(' '), for: native.run.for.join(', ') };
  const stage = names.length > 0 ? { template: 'python/libraries', values } : { template: 'python/runtime-base' };
  return { image: undefined, stages: [stage] };
}

const toolsStage = ({ native }: PythonBuild): StagePlan => ({
  template: 'python/tools',
  values: { packages: native.build.names.join(' '), for: native.build.for.join(', ') },
});

const managerStage = ({ manager, dependencies }: PythonBuild, from: string): StagePlan => ({
  template: 'python/manager',
  values: { from, name: manager.id, packages: (dependencies.tool ?? []).map((item) => shellWord(item)).join(' ') },
});

const cacheOf = ({ manager }: PythonBuild): string =>
  `type=cache,id=${manager.cache.id},target=${manager.cache.target}`;

/** The files that an installation reads. */
const bindsOf = ({ files }: PythonBuild['dependencies']): readonly string[] =>
  files.map((file) => pathWord(file, 'A path')).map((path) => `type=bind,source=${path},target=${path}`);

function depsStage(build: PythonBuild, from: string): StagePlan {
  const { manager, dependencies, request, indexes } = build;
  const env = { PATH: `${venv}/bin:$PATH`, ...manager.env };
  return {
    template: 'python/deps',
    values: {
      from,
      env: lines(
        Object.entries(env).map(([name, value]) => `${name}=${value}`),
        ' ',
      ),
      cache: cacheOf(build),
      mounts: [...indexes.mounts, ...bindsOf(dependencies)],
      commands: lines(manager.install(request), ' && '),
    },
  };
}

/** The way into the folder of a member of a workspace. */
function goOf({ project }: PythonBuild): string {
  const folder = project.inContext('');
  return folder === '' ? '' : `cd ${pathWord(folder, 'The folder of a package')} && `;
}

/** Tests that reach the build for their own stage are no part of what is made here. */
const copyOf = ({ hidden }: PythonBuild): string =>
  ['COPY', ...hidden.map((pattern) => `--exclude=${patternWord(pattern)}`), '. .'].join(' ');

function buildStage(build: PythonBuild): StagePlan {
  const { manager, dependencies, request, indexes, installed, sources, more, versionVariable } = build;
  const go = goOf(build);
  const extra = more.map(({ command }) => `${go}${command}`);
  const about = more.map((step) => step.about).join(' and ') || undefined;
  // the lockfile has done its work
  const done = dependencies.files.filter((file) => file === manager.lockfile).map((file) => `rm ${file}`);
  if (!installed) {
    const alone = done.length + extra.length === 0;
    const commands = alone ? [compileSources] : [...done, `{ ${compileSources}; }`, ...extra];
    return {
      template: 'python/sources',
      values: { from: 'deps', copy: copyOf(build), more: about && `and ${about}`, commands: lines(commands, ' && ') },
    };
  }
  const ship = sources ? [...done, `{ ${compileSources}; }`] : [];
  const commands = [...manager.installProject(request), ...ship, ...extra];
  return {
    template: 'python/project',
    values: {
      from: 'deps',
      copy: copyOf(build),
      more: about && `and ${about}`,
      variable: versionVariable,
      cache: cacheOf(build),
      mounts: indexes.mounts,
      commands: lines(commands, ' && '),
    },
  };
}

/** Runs the tests on what was built, with what they need besides. */
export function testStage(build: PythonBuild): readonly StagePlan[] {
  const { tests, manager, dependencies, request, indexes, installed, sources } = build;
  if (tests === undefined || !(installed || sources)) return [];
  const more = tests.groups.length + tests.extras.length + tests.requirements.length > 0;
  return [
    {
      template: 'python/test',
      values: {
        cache: cacheOf(build),
        mounts: [...indexes.mounts, ...bindsOf(dependencies)],
        install: more ? lines(manager.installTests(request, tests, installed), ' && ') : undefined,
        command: `${goOf(build)}${tests.command}`,
      },
    },
  ];
}

const distrolessStage = ({ version }: PythonBuild, from: string): StagePlan => ({
  template: 'python/distroless',
  values: { from, python: `/usr/bin/python${version.minor}` },
});
