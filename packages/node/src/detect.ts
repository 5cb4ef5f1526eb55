import {
  assumedPort,
  type Detection,
  type Fact,
  type GivenOptions,
  givenText,
  imageName,
  type Project,
  type RuntimeFamily,
  textAt,
} from '@msb/core';
import { findBuild, leavesExtras } from './build.ts';
import { buildsAlone } from './engine.ts';
import { fittingFamilies } from './frameworks/families.ts';
import { madeFacts, madeNative, madeNotes, madeService, madeStart, ownBuild } from './frameworks/made.ts';
import { type Found, selectFramework } from './frameworks/select.ts';
import { nothingRuns, sitePort } from './frameworks/sites/image.ts';
import { lifecycle } from './lifecycle.ts';
import { type NodeBuild, planNode } from './plan.ts';
import { filesRead } from './reads.ts';
import { advice, needsInit } from './service/advice.ts';
import { findService, looksLikeServer, placeOf } from './service/service.ts';
import { nearestFirst, programSources } from './service/sources.ts';
import { neededFiles, shippedFiles } from './ship.ts';
import { isBuilt } from './stages.ts';
import { envNotes, readsMaps } from './start/env.ts';
import { resolveStart } from './start/resolve.ts';
import { shellRuntimes } from './start/shell.ts';
import { startText } from './start/start.ts';
import { homeOf, placesFrom } from './workspaces/home.ts';
import { readInstallation } from './workspaces/installation.ts';
import { installScripts } from './workspaces/scripts.ts';

/** The port that Express and most others take by themselves. */
const usualPort = 3000;

/** Reads a Node project. `runtimes` are all families that there are. Throws an `MsbError` for one that can't be served. */
export function detectNode(project: Project, given: GivenOptions, runtimes: readonly RuntimeFamily[]): Detection {
  const home = homeOf(project);
  const { manifest } = home.target;
  const { notes: installNotes, ...installation } = readInstallation(home, givenText(given, 'nodeVersion'));
  const { dependencies } = installation;
  const script = findBuild(project, manifest, givenText(given, 'build'));
  const context = { project, manifest, build: script, packages: dependencies.packages };
  const ownWay = givenText(given, 'start') !== undefined || givenText(given, 'build') === 'none';
  const framework = ownWay ? undefined : selectFramework(context);
  const build = script ?? (framework && ownBuild(framework));
  const scripts = lifecycle(project, manifest, build?.script, dependencies.packages);
  const sources = programSources(project);
  const made = framework?.made.kind === 'server' ? framework.made : undefined;
  const site = framework?.made.kind === 'site' ? framework.made : undefined;
  const { start, guessed, choices } = made
    ? { start: madeStart(made), guessed: false, choices: [] }
    : site
      ? { start: nothingRuns.start, guessed: false, choices: [] }
      : resolveStart(context, looksLikeServer(project, manifest, sources), givenText(given, 'start'));
  const files = nearestFirst(project, sources, start);
  const service = made
    ? madeService(project, manifest)
    : site
      ? nothingRuns.service
      : findService(project, manifest, files, start);
  const usual = made?.port ?? (site ? sitePort : usualPort);
  const plan = buildsAlone({
    ...installation,
    home,
    manifest,
    native: madeNative(dependencies.packages, manifest, framework?.made),
    lifecycle: scripts,
    installs: installScripts(home, scripts),
    build,
    framework,
    start,
    shipped: framework
      ? { kind: 'made', made: framework.made }
      : shippedFiles(
          project,
          isBuilt({ build, lifecycle: scripts }),
          start,
          !readsMaps(manifest, start) && leavesExtras(project, build),
        ),
    service,
    needs: ['package.json', ...neededFiles(project), ...filesRead(project, files), ...(site?.build.needs ?? [])],
  });
  return {
    facts: facts(plan),
    found: {
      name: imageName(textAt(manifest.json.value, 'name')),
      ...(!guessed && !site && { start: startText(start) }),
      ...((service.port || framework) && { port: service.port?.port ?? usual }),
    },
    suggested: { ...(guessed && { start: startText(start) }), port: usual },
    choices: { start: choices },
    unused: [...(service.serves ? [] : ['port']), ...(site ? ['start'] : [])],
    runtimes: shellRuntimes(start) ?? fittingFamilies(runtimes, framework),
    ...(service.serves && !service.port && !site && { assumptions: { port: assumedPort(usual) } }),
    needsInit: !framework && needsInit(project, manifest, files, service),
    notes: [
      ...installNotes,
      ...scripts.notes,
      ...envNotes(start),
      ...(framework ? madeNotes(framework) : advice(project, manifest, files, service)),
    ],
    plan: (options) => planNode(plan, options),
  };
}

/** How many dependencies ship; a site takes none along. */
function dependencyCount(production: number, development: number, framework: Found | undefined): string {
  if (framework?.made.kind === 'site') return `${production + development} for the build, none ships`;
  return production === 0 ? 'none that ship' : `${production} ship, ${development} for development`;
}

/** Everything that was found, and where. */
function facts({
  home,
  version,
  dependencies,
  manifest,
  build,
  start,
  shipped,
  service,
  native,
  framework,
}: NodeBuild): readonly Fact[] {
  const { production, development } = manifest;
  const fact = (name: string, value: string, place: Fact['place']): Fact => ({ name, value, ...(place && { place }) });
  return [
    ...(home.workspace
      ? [
          fact(
            'workspace',
            `${home.built.length} of its ${home.workspace.size} packages`,
            placesFrom(home)(home.workspace).place,
          ),
        ]
      : []),
    ...(start.program === 'bun' ? [fact('runs on', 'Bun', start.place)] : []),
    fact(
      'Node',
      version.wanted === version.major ? version.major : `${version.major} for ${version.wanted}`,
      version.place,
    ),
    fact('package manager', dependencies.manager, dependencies.place),
    fact(
      'dependencies',
      dependencyCount(production.size, development.size, framework),
      manifest.place(production.size === 0 ? 'name' : 'dependencies'),
    ),
    ...native.scripts.map(({ name, place }) => fact('native addon', name, place)),
    ...(framework ? madeFacts(framework) : []),
    ...(build ? [fact('build', build.name, build.place)] : []),
    ...(shipped.kind === 'output' ? [fact('output', shipped.folder, undefined)] : []),
    ...(framework?.made.kind === 'site' ? [] : [fact('start', startText(start), start.place)]),
    ...(service.port ? [fact('port', String(service.port.port), service.port)] : []),
    ...(service.hostVariable
      ? [fact('address', `${service.hostVariable.match[1]}=0.0.0.0`, placeOf(service.hostVariable))]
      : []),
  ];
}
