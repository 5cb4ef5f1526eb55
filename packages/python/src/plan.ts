import type { BuildPlan, Options, Place, Project, RuntimeFamily, RuntimePlan } from '@msb/core';
import { pathWord, wantsTests } from '@msb/core';
import type { Account } from './account/settle.ts';
import type { BuildStep } from './frameworks/django.ts';
import type { Indexes } from './indexes.ts';
import { labels } from './labels.ts';
import type { Native } from './native/native.ts';
import { type Dependencies, type InstallRequest, type PackageManager, venv } from './package-managers/manager.ts';
import type { Pyproject } from './pyproject.ts';
import type { GitVersion } from './scm.ts';
import { listeningWords, type Service } from './service/service.ts';
import { planStages, testStage, workdir } from './stages.ts';
import { programPath, type Start, withPort } from './start/start.ts';
import type { Tests } from './tests.ts';
import type { PythonVersion } from './version/choose.ts';

/** Everything about a Python program that decides how it is built and what ships. */
export interface PythonBuild {
  readonly project: Project;
  readonly pyproject: Pyproject;
  readonly version: PythonVersion;
  readonly manager: PackageManager;
  readonly dependencies: Dependencies;
  readonly request: InstallRequest;
  readonly indexes: Indexes;
  readonly native: Native;
  /** The folder of the context that the package manager is started in. */
  readonly home: string;
  /** What the installation of the dependencies reads of the packages of the repository. */
  readonly localFiles: { readonly files: readonly string[]; readonly folders: readonly string[] };
  /** Whether the project itself is put into the environment. */
  readonly installed: boolean;
  /** Whether its sources ship. */
  readonly sources: boolean;
  readonly start: Start;
  readonly service: Service;
  /** Commands that the sources need before they are installed: compiled translations. */
  readonly before: readonly string[];
  /** More commands of the build, each with what it is for. */
  readonly more: readonly BuildStep[];
  /** What tells the versions that would be asked of Git. */
  readonly gitVersion: GitVersion;
  /** The file that makes it be installed as a link to its sources, and where that is named. */
  readonly linkedFor: { readonly path: string; readonly place: Place } | undefined;
  /** How it is tested. */
  readonly tests: Tests | undefined;
  /** Patterns for what of the build context is there for the tests alone. */
  readonly hidden: readonly string[];
  /** Patterns for .dockerignore. */
  readonly ignore: readonly string[];
  /** Files that must reach the build. */
  readonly needs: readonly string[];
}

/** The port that a server is told to listen on where nothing names another. */
export const usualPort = 8000;

/** Plans a Python program on any runtime. Throws `unsafe-value`. */
export function planPython(found: PythonBuild, account: Account, options: Options): BuildPlan {
  const { build, tests } = withTests(found, wantsTests(options));
  const family = String(options.runtime) as RuntimeFamily;
  const { images, stages, image, artifacts } = planStages(build, family);
  const port = Number(options.port ?? 0);
  return {
    ecosystem: 'python',
    images,
    stages: [...stages, ...tests],
    runtime: {
      family,
      ...(image !== undefined && { image }),
      artifacts,
      workdir: homeOf(build),
      env: environment(build, port),
      labels: labels(build.pyproject, String(options.name)),
      ...command(build, port),
      ...(port > 0 && { port }),
    },
    secrets: build.indexes.secrets,
    ignore: build.ignore,
    needs: build.needs,
    ...account.lists,
  };
}

/** A build whose tests are run, if they are wanted: a folder of tests reaches the build then, and no further. */
function withTests(found: PythonBuild, wanted: boolean) {
  const tests = wanted ? testStage(found) : [];
  const { project } = found;
  const needs = found.tests?.files.map((file) => project.inContext(file)) ?? [];
  if (tests.length === 0 || needs.length === 0) return { build: found, tests };
  const hidden = [project.up === '' ? 'tests' : '**/tests'];
  return { build: { ...found, hidden, needs: [...found.needs, ...needs] }, tests };
}

/** What changes Python's ways for a container, then what the start asks for. */
function environment({ start, service }: PythonBuild, port: number): Readonly<Record<string, string>> {
  return {
    PATH: `${venv}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    // what is printed is seen at once (https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED)
    PYTHONUNBUFFERED: '1',
    // bytecode was compiled in the build
    PYTHONDONTWRITEBYTECODE: '1',
    // the account has no home, and what looks for one (gunicorn's control socket, caches) writes there
    HOME: '/tmp',
    ...start.env,
    ...(service.variable && port > 0 && { PORT: String(port) }),
  };
}

/** The folder that the program is started in. */
export const homeOf = ({ project, start, sources }: PythonBuild): string => {
  const home = sources ? project.inContext(start.folder) : '';
  return home === '' ? workdir : `${workdir}/${pathWord(home, 'The folder of the program')}`;
};

function command(build: PythonBuild, port: number): Pick<RuntimePlan, 'entrypoint'> {
  const { project, start } = build;
  const number = port > 0 ? port : (start.port ?? usualPort);
  const [program = 'python', ...rest] = withPort(listeningWords(project, start, number), number);
  return { entrypoint: [programPath(program, homeOf(build)), ...rest] };
}
