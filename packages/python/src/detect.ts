import {
  assumedPort,
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  type Note,
  type Project,
  type RuntimeFamily,
} from '@msb/core';
import { namedAsset } from './assets.ts';
import { facts } from './facts.ts';
import { readIndexes } from './indexes.ts';
import { projectName, readLayout } from './layout.ts';
import { nativeNeeds } from './native/native.ts';
import { bestVersion } from './native/wheels.ts';
import { pip } from './package-managers/pip.ts';
import { selectManager } from './package-managers/select.ts';
import { wantedParts } from './package-managers/wanted.ts';
import { type PythonBuild, planPython, usualPort } from './plan.ts';
import { readPyproject } from './pyproject.ts';
import { packageFiles } from './reads.ts';
import { versionVariable } from './scm.ts';
import { readService } from './service/service.ts';
import type { Candidate, StartContext } from './start/candidate.ts';
import { findStarts, nothingToStart } from './start/find.ts';
import { readStart, type Start } from './start/start.ts';
import { choosePython, distrolessMinor, type PythonVersion } from './version/choose.ts';

/** Reads a Python project. Throws an `MsbError` for one that can't be served. */
export function detectPython(project: Project, given: GivenOptions): Detection {
  const pyproject = readPyproject(project);
  const wanted = wantedParts(pyproject, givenText(given, 'extras'), givenText(given, 'groups'));
  const requirements = givenText(given, 'requirements');
  const { manager, reason, notes: managerNotes } = selectManager(project, pyproject, requirements);
  const dependencies =
    manager === pip ? pip.read(project, pyproject, wanted, requirements) : manager.read(project, pyproject, wanted);
  const { packages, complete } = dependencies;
  const version = choosePython(project, pyproject, {
    version: givenText(given, 'pythonVersion'),
    runtime: givenText(given, 'runtime'),
    wheels: (versions) => bestVersion(packages, versions),
  });
  const layout = readLayout(project, pyproject, manager.id);
  const context: StartContext = { project, pyproject, layout, packages, complete };
  const { start, candidates, best } = chooseStart(context, givenText(given, 'start'));
  const likely = candidates.find((candidate) => candidate.likely) ?? candidates.find(({ certain }) => certain);
  const service = readService(project, start);
  const asset = start.sources ? undefined : namedAsset(project, layout);
  const scm = layout.installed ? versionVariable(project, pyproject) : { notes: [] };
  const native = nativeNeeds(project, packages, version.minor);
  const installed =
    dependencies.together === true || (layout.installed && !(start.sources && layout.root === '' && manager === pip));
  const indexes = readIndexes(project, pyproject, manager.id, dependencies.files);
  const build: PythonBuild = {
    project,
    pyproject,
    version,
    manager,
    dependencies,
    request: {
      dependencies,
      wanted,
      pyproject,
      ...(project.up !== '' && { member: projectName(project, pyproject) ?? '' }),
    },
    indexes,
    native,
    installed,
    sources: start.sources || asset !== undefined || dependencies.linked === true,
    start,
    service,
    more: start.candidate.build ?? [],
    versionVariable: scm.name,
    ignore: [],
    needs: [
      ...new Set([
        ...dependencies.files,
        ...[...(installed ? packageFiles(project, pyproject) : []), ...startFiles(project, start)].map((file) =>
          project.inContext(file),
        ),
      ]),
    ],
  };
  return {
    facts: facts(build, reason, asset),
    found: {
      name: imageName(projectName(project, pyproject)),
      ...(best && { start: best.text }),
      // a server is told where to listen, so that nothing is left to ask
      ...(service.port ? { port: service.port.port } : start.server && { port: usualPort }),
    },
    suggested: { ...(likely && { start: likely.text }), port: usualPort },
    choices: { start: candidates.map(({ text, about }) => ({ value: text, about })) },
    ...(service.listens && { assumptions: { port: assumedPort(usualPort, service.listens) } }),
    unused: service.serves ? [] : ['port'],
    ...runtimes(version, native.run.names, start),
    needsInit: service.needsInit,
    notes: [
      ...managerNotes,
      ...dependencies.notes,
      ...version.notes,
      ...layout.notes,
      ...scm.notes,
      ...indexes.notes,
      ...(start.candidate.notes ?? []),
      ...start.notes,
      ...service.notes,
    ],
    plan: (options) => planPython(build, options),
  };
}

interface Chosen {
  readonly start: Start;
  readonly candidates: readonly Candidate[];
  readonly best: Candidate | undefined;
}

/** The start that was asked for, else the one that was found. Throws `no-entry-point` where there is none. */
function chooseStart(context: StartContext, given: string | undefined): Chosen {
  if (given !== undefined) {
    const found = startsOrNone(context);
    const candidate = found.find(({ text }) => text === given) ?? {
      text: given,
      about: given,
      place: { file: fileOf(context.project) },
      folder: '',
      certain: true,
    };
    return { start: readStart(context, candidate), candidates: [], best: undefined };
  }
  const { candidates, best } = findStarts(context);
  const candidate = best ?? candidates.find(({ likely }) => likely) ?? candidates[0];
  if (candidate === undefined) throw nothingToStart(fileOf(context.project));
  return { start: readStart(context, candidate), candidates, best };
}

function startsOrNone(context: StartContext): readonly Candidate[] {
  try {
    return findStarts(context).candidates;
  } catch {
    return []; // whatever is wrong with what was found, something else was asked for
  }
}

const fileOf = (project: Project): string =>
  ['pyproject.toml', 'requirements.txt', 'Pipfile', 'setup.py', 'manage.py'].find((file) => project.has(file)) ??
  'pyproject.toml';

/** Files that the start names, which have to be there. */
const startFiles = (project: Project, { words }: Start): readonly string[] =>
  words.slice(1).filter((word) => /\.(py|toml|ini|cfg)$/.test(word) && project.has(word));

/** Where it can't ship on distroless, and why. */
function runtimes(version: PythonVersion, libraries: readonly string[], { shell }: Start): Pick<Detection, 'runtimes'> {
  const only = distrolessMinor();
  const slim: readonly RuntimeFamily[] = ['slim'];
  const no = (message: string, hint: string, place: Note['place']): Pick<Detection, 'runtimes'> => ({
    runtimes: { families: slim, reason: { message, hint, ...(place && { place }) } },
  });
  if (shell)
    return no(
      `${JSON.stringify(shell.what)} needs a shell, which distroless has none of`,
      'Start the program itself.',
      shell.place,
    );
  if (libraries.length > 0) {
    return no(
      `${libraries.join(', ')} can't be installed on distroless, which has no package manager`,
      'Ship on slim.',
      undefined,
    );
  }
  if (!version.distroless) {
    return no(
      `distroless has Python ${only}, and the project asks for ${version.minor}: an environment works with the Python that made it only`,
      `Let it run on ${only} (requires-python, .python-version) to ship on distroless.`,
      version.place,
    );
  }
  return {};
}
