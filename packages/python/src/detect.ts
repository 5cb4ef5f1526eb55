import { assumedPort, type Detection, type GivenOptions, givenText, imageName, type Project } from '@msb/core';
import { programFiles } from './account/program.ts';
import { accountOf } from './account/settle.ts';
import { namedAsset } from './assets.ts';
import { facts } from './facts.ts';
import { djangoSteps } from './frameworks/django.ts';
import { compiledMessages } from './frameworks/messages.ts';
import { generatedModules } from './frameworks/protobuf.ts';
import { readIndexes } from './indexes.ts';
import { projectName, readLayout } from './layout.ts';
import { filesOf, homeOf, isMember, linkedFor, readLocal, withLocal } from './local/build.ts';
import { nativeNeeds } from './native/native.ts';
import { bestVersion } from './native/wheels.ts';
import { builtPackages } from './package-managers/manager.ts';
import { pip } from './package-managers/pip.ts';
import { selectManager } from './package-managers/select.ts';
import { wantedParts } from './package-managers/wanted.ts';
import { type PythonBuild, planPython, usualPort } from './plan.ts';
import { readPyproject } from './pyproject.ts';
import { packageFiles } from './reads.ts';
import { runtimes } from './runtimes.ts';
import { gitVersion } from './scm.ts';
import { readService } from './service/service.ts';
import type { StartContext } from './start/candidate.ts';
import { chooseStart } from './start/choose.ts';
import type { Start } from './start/start.ts';
import { findTests } from './tests.ts';
import { choosePython } from './version/choose.ts';

/** Reads a Python project. Throws an `MsbError` for one that can't be served. */
export function detectPython(project: Project, given: GivenOptions): Detection {
  const pyproject = readPyproject(project);
  const wanted = wantedParts(pyproject, givenText(given, 'extras'), givenText(given, 'groups'));
  const requirements = givenText(given, 'requirements');
  const { manager, reason, notes: managerNotes } = selectManager(project, pyproject, requirements);
  const local = readLocal(project, pyproject, wanted, manager, requirements);
  const dependencies = withLocal(
    project,
    manager === pip
      ? pip.read(project, pyproject, wanted, local, requirements)
      : manager.read(project, pyproject, wanted, local),
    local,
  );
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
  const program = programFiles(project, pyproject, layout, start.folder, start.files, start.sources);
  const messages = compiledMessages(project, pyproject, packages);
  const generated = generatedModules(project, packages, layout.root);
  const native = nativeNeeds(project, packages, version.minor, messages.tools);
  const self = layout.installed && !(start.sources && layout.root === '' && manager === pip);
  const scm = gitVersion(project, pyproject, layout.installed, local);
  const built = manager.localFiles === 'manifests' && builtPackages({ local }).length > 0;
  const installed = dependencies.together === true || self || built;
  const lacks = (self ? (program.linked ?? messages.leftOut) : undefined) ?? linkedFor(project, local, manager.id);
  const linked = lacks !== undefined;
  const sources = start.sources || asset !== undefined || dependencies.linked === true || linked;
  const steps = service.serves ? djangoSteps(context) : { build: [], settings: [], notes: [] };
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
      local,
      self,
      linked,
      ...(isMember(project) && { member: projectName(project, pyproject) ?? '' }),
    },
    home: homeOf(project),
    localFiles: filesOf(project, local, manager.localFiles),
    indexes,
    native,
    installed,
    sources,
    linkedFor: lacks,
    start,
    service,
    before: [...messages.commands, ...generated.steps.map(({ command }) => command)],
    more: steps.build,
    gitVersion: scm,
    tests: findTests(project, pyproject, packages),
    hidden: [],
    ignore: [],
    needs: [
      ...new Set([
        ...dependencies.files,
        ...local.filter(({ needed }) => needed).map(({ path }) => project.inContext(path)),
        ...[...(installed ? packageFiles(project, pyproject) : []), ...startFiles(project, start)].map((file) =>
          project.inContext(file),
        ),
      ]),
    ],
  };
  const account = accountOf(build, layout, program, steps.settings);
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
      ...steps.notes,
      ...generated.notes,
      ...start.notes,
      ...service.notes,
    ],
    plan: (options) => planPython(build, account, options),
  };
}

/** Files that the start names, which have to be there. */
const startFiles = (project: Project, { words }: Start): readonly string[] =>
  words.slice(1).filter((word) => /\.(py|toml|ini|cfg|ya?ml|json|conf)$/.test(word) && project.has(word));
