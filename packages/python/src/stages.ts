import {
  type Artifact,
  baseImage,
  join,
  type RuntimeFamily,
  relative,
  runtimeImage,
  type StagePlan,
  shellWord,
} from '@msb/core';
import { bindsOf, copyOf, goTo, goToProject, inFolder } from './copies.ts';
import { venv } from './package-managers/manager.ts';
import type { PythonBuild } from './plan.ts';
import { packageInfo } from './scm.ts';

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

function depsStage(build: PythonBuild, from: string): StagePlan {
  const { manager, request, indexes } = build;
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
      mounts: [...indexes.mounts, ...bindsOf(build)],
      commands: lines([...goTo(build.home), ...manager.install(request)], ' && '),
    },
  };
}

function buildStage(build: PythonBuild): StagePlan {
  const { project, manager, dependencies, request, indexes, installed, sources, before, more, gitVersion } = build;
  const extra = more.length === 0 ? [] : [...goToProject(build), ...more.map(({ command }) => command)];
  const enter = goTo(build.home);
  const about = more.map((step) => step.about).join(' and ') || undefined;
  // the lockfile has done its work
  const done = dependencies.files
    .filter((file) => manager.lockfile !== undefined && file === join(build.home, manager.lockfile))
    .map(() => `rm ${manager.lockfile}`);
  const compile = project.up === '' ? compileSources : compileSources.replace(' . ', ` ${workdir} `);
  if (!installed) {
    const early = inFolder(relative(build.home, project.inContext('')), before);
    const alone = done.length + extra.length + early.length === 0;
    const commands = alone ? [compile] : [...enter, ...done, ...early, `{ ${compile}; }`, ...extra];
    return {
      template: 'python/sources',
      values: { from: 'deps', copy: copyOf(build), more: about && `and ${about}`, commands: lines(commands, ' && ') },
    };
  }
  const ship = sources ? [...done, `{ ${compile}; }`] : [];
  const told = packageInfo(gitVersion.folders.map((folder) => join(relative(build.home, project.inContext(folder)))));
  const first = inFolder(relative(build.home, project.inContext('')), before);
  const commands = [...enter, ...told, ...first, ...manager.installProject(request), ...ship, ...extra];
  return {
    template: 'python/project',
    values: {
      from: 'deps',
      copy: copyOf(build),
      what: request.self || request.local.length === 0 ? 'the project itself' : 'the packages of this repository',
      more: about && `and ${about}`,
      version: gitVersion.folders.length > 0 ? 'PKG-INFO' : gitVersion.variables.join(' and ') || undefined,
      variables: (gitVersion.variables.length > 0 ? gitVersion.variables : ['VERSION'])
        .map((name) => `${name}=$VERSION`)
        .join(' '),
      cache: cacheOf(build),
      mounts: indexes.mounts,
      commands: lines(commands, ' && '),
    },
  };
}

/** Runs the tests on what was built, with what they need besides. */
export function testStage(build: PythonBuild): readonly StagePlan[] {
  const { tests, manager, request, indexes, installed, sources } = build;
  if (tests === undefined || !(installed || sources)) return [];
  const more = tests.groups.length + tests.extras.length + tests.requirements.length > 0;
  return [
    {
      template: 'python/test',
      values: {
        cache: cacheOf(build),
        mounts: [...indexes.mounts, ...bindsOf(build)],
        install: more
          ? lines([...goTo(build.home), ...manager.installTests(request, tests, installed)], ' && ')
          : undefined,
        command: [...goTo(build.project.inContext('')), tests.command].join(' && '),
      },
    },
  ];
}

const distrolessStage = ({ version }: PythonBuild, from: string): StagePlan => ({
  template: 'python/distroless',
  values: { from, python: `/usr/bin/python${version.minor}` },
});
