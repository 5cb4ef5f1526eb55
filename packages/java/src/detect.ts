import {
  assumedPort,
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  join,
  MsbError,
  type Project,
  relative,
  seenFrom,
} from '@msb/core';
import { accountOf } from './account/account.ts';
import { reported } from './account/report.ts';
import { type Build, closure, type Module } from './build.ts';
import { factsOf, outsideNotes, repositoryNotes, wrapperNotes } from './facts.ts';
import { sourcesOf } from './mains.ts';
import type { Packaging } from './packaging/packaging.ts';
import { packagingOf } from './packaging/select.ts';
import { type JavaBuild, planJava } from './plan.ts';
import { buildView } from './scope.ts';
import {
  type Candidate,
  candidates,
  chooseMain,
  chooseModule,
  handleOf,
  moduleChoices,
  usualModule,
} from './select.ts';
import { dropwizard } from './service/dropwizard.ts';
import { findService, usualPort } from './service/service.ts';
import { testedModules } from './tests.ts';
import { chooseTool, toolsOf } from './tools.ts';
import { chooseJava } from './version/choose.ts';

/** Reads a Maven or Gradle project, or a module of one. */
export function detectJava(project: Project, given: GivenOptions): Detection {
  const tool = chooseTool(project, givenText(given, 'buildTool'));
  const root = buildView(project, tool);
  const build = tool.read(root);
  const home = relative(root.folder, project.folder);
  const found = candidates(root, build, home);
  const chosen = chooseModule(build, found, home, givenText(given, 'module'));
  const detection = chosen ? detectModule(project, root, build, chosen, given) : undecided(root, build, found, given);
  const several = toolsOf(project).map(({ id }) => ({ value: id }));
  return seenFrom(project, root, {
    ...detection,
    found: { ...detection.found, ...(several.length === 1 && { buildTool: tool.id }) },
    suggested: { ...detection.suggested, buildTool: tool.id },
    choices: { ...detection.choices, module: moduleChoices(build, found), buildTool: several },
    notes: [...detection.notes, ...repositoryNotes(build), ...wrapperNotes(root, build), ...outsideNotes(build)],
  });
}

/** While the module is open, nothing else is looked for. */
function undecided(project: Project, build: Build, found: readonly Candidate[], given: GivenOptions): Detection {
  const usual = usualModule(build, found);
  const first = found.find(({ module }) => handleOf(build, module) === usual) ?? found[0];
  if (first === undefined) throw new Error('there is no choice');
  const java = chooseJava(project, build, first.module, givenText(given, 'javaVersion'));
  return {
    facts: factsOf(build, java, undefined, {}),
    found: {},
    suggested: { ...(usual !== undefined && { module: usual }) },
    choices: {},
    unused: ['port', 'main', 'name'],
    notes: [],
    plan: () => {
      throw new Error('no module was chosen');
    },
  };
}

function detectModule(
  home: Project,
  project: Project,
  build: Build,
  candidate: Candidate,
  given: GivenOptions,
): Detection {
  const { module, sources } = candidate;
  const packaging = packagingOf(project, build, module);
  const java = chooseJava(project, build, module, givenText(given, 'javaVersion'));
  const named = module.mainClass !== undefined && !packaging.needsMain;
  const needsMain = packaging.needsMain || (packaging.title.startsWith('one jar') && !named);
  const main = needsMain ? chooseMain(candidate, givenText(given, 'main')) : undefined;
  const service = findService(project, closure(build, module), sources);
  const config = dropwizard(project, module);
  const account = accountOf(project, build, module, config);
  const java_: Omit<JavaBuild, 'main'> = {
    build,
    module,
    packaging,
    java: java.version,
    profiles: givenText(given, 'profiles'),
    folder: project.inContext(''),
    tested: testedModules(project, build, module),
    needs: neededFiles(project, build, module),
    account,
    reported: reported(home, project, build, module, account),
    args: config ? ['server', 'config.yml'] : [],
  };
  const port = service.port?.port;
  if (given.aot === true) checkTraining(packaging, module);
  return {
    facts: factsOf(build, java, module, { packaging: packaging.title, main, service }),
    found: {
      name: imageName(module.name.split(':').at(-1)),
      module: handleOf(build, module),
      ...(main?.main && { main: main.main }),
      ...(port !== undefined && { port }),
    },
    suggested: {
      ...(main?.suggested && { main: main.suggested }),
      port: service.framework?.usual ?? usualPort,
    },
    ...(service.serves &&
      service.framework?.usual === undefined && { assumptions: { port: assumedPort(usualPort, service.listens) } }),
    choices: { main: (main?.choices ?? []).map(({ name, place }) => ({ value: name, about: place.file })) },
    unused: [...(service.serves ? [] : ['port']), ...(needsMain ? [] : ['main'])],
    notes: [...java.notes, ...service.notes],
    plan: (options) => planJava({ ...java_, main: needsMain ? String(options.main) : undefined }, options),
  };
}

/** A program that does not end by itself can't be started in a build. Throws `bad-option`. */
function checkTraining({ startAndStop, title }: Packaging, { place }: Module): void {
  if (startAndStop !== undefined) return;
  throw new MsbError(
    'bad-option',
    `--aot starts the program in the build, and this one (${title}) can't be told to end once it has started`,
    'Leave it out. It is for Spring Boot since 3.3.',
    place,
  );
}

/** What the build reads: its own files, and the sources of the module and of those that it depends on. */
function neededFiles(project: Project, build: Build, module: Module): readonly string[] {
  const sources = closure(build, module).flatMap((item) => sourcesOf(project, item, build.modules));
  const files = [...build.modules.map(({ place }) => place.file), ...sources];
  return [...new Set(files)].filter((file) => project.has(file)).map((file) => project.inContext(join(file)));
}
