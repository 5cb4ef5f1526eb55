import {
  assumedPort,
  type Detection,
  type Fact,
  type GivenOptions,
  givenText,
  imageName,
  MsbError,
  type Project,
  type RuntimeFamily,
  textAt,
} from '@msb/core';
import { findBuild, leavesExtras } from './build.ts';
import { buildsAlone } from './engine.ts';
import { fittingFamilies } from './frameworks/families.ts';
import { madeFacts, madeNative, madeNotes, madeService, madeStart, ownBuild } from './frameworks/made.ts';
import { selectFramework } from './frameworks/select.ts';
import { nothingRuns, sitePort } from './frameworks/sites/image.ts';
import { lifecycle } from './lifecycle.ts';
import { readNpmConfig } from './npmrc.ts';
import { hasWorkspaces, type PackageJson, readPackageJson } from './package-json.ts';
import { selectManager } from './package-managers/select.ts';
import { type NodeBuild, planNode } from './plan.ts';
import { filesRead } from './reads.ts';
import { advice, needsInit } from './service/advice.ts';
import { findService, looksLikeServer, placeOf } from './service/service.ts';
import { nearestFirst, programSources } from './service/sources.ts';
import { neededFiles, shippedFiles } from './ship.ts';
import { isBuilt } from './stages.ts';
import { envNotes, readsMaps } from './start/env.ts';
import { resolveStart } from './start/resolve.ts';
import { startText } from './start/start.ts';
import { chooseNode } from './version/choose.ts';

/** The port that Express and most others take by themselves. */
const usualPort = 3000;

/** Reads a Node project. `runtimes` are all families that there are. Throws an `MsbError` for one that can't be served. */
export function detectNode(project: Project, given: GivenOptions, runtimes: readonly RuntimeFamily[]): Detection {
  const manifest = readPackageJson(project);
  refuseUnsupported(manifest);
  const version = chooseNode(project, manifest, givenText(given, 'nodeVersion'));
  const { manager, notes: lockNotes } = selectManager(project, manifest);
  const dependencies = manager.read(project, manifest);
  const config = readNpmConfig(project);
  const script = findBuild(project, manifest, givenText(given, 'build'));
  const context = { project, manifest, build: script, packages: dependencies.packages };
  const ownWay = givenText(given, 'start') !== undefined || givenText(given, 'build') === 'none';
  const framework = ownWay ? undefined : selectFramework(context);
  const build = script ?? (framework && ownBuild(framework));
  const scripts = lifecycle(project, manifest, build?.script);
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
    version,
    manifest,
    manager,
    dependencies,
    config,
    native: madeNative(dependencies.packages, manifest, framework?.made),
    lifecycle: scripts,
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
    runtimes: fittingFamilies(runtimes, framework),
    ...(service.serves && !service.port && !site && { assumptions: { port: assumedPort(usual) } }),
    needsInit: !framework && needsInit(project, manifest, files, service),
    notes: [
      ...version.notes,
      ...lockNotes,
      ...dependencies.notes,
      ...config.notes,
      ...scripts.notes,
      ...envNotes(start),
      ...(framework ? madeNotes(framework) : advice(project, manifest, files, service)),
    ],
    plan: (options) => planNode(plan, options),
  };
}

function refuseUnsupported(manifest: PackageJson): void {
  if (hasWorkspaces(manifest)) {
    throw new MsbError(
      'unsupported',
      'The project is a workspace of several packages, which is not known yet',
      'Run create-msb-docker in the folder of one package that has a lockfile of its own.',
      manifest.place('workspaces'),
    );
  }
  const local = [...manifest.production.values(), ...manifest.development.values()].find(({ spec }) =>
    /^(?:file:|link:|workspace:|\.{1,2}\/)/.test(spec),
  );
  if (local) {
    throw new MsbError(
      'unsupported',
      `${local.name} is a folder or a file of this machine (${local.spec}), which a package manager only links to`,
      'Publish it, or move its code into this package.',
      local.place,
    );
  }
}

/** Everything that was found, and where. */
function facts({
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
    ...(start.program === 'bun' ? [fact('runs on', 'Bun', start.place)] : []),
    fact(
      'Node',
      version.wanted === version.major ? version.major : `${version.major} for ${version.wanted}`,
      version.place,
    ),
    fact('package manager', dependencies.manager, dependencies.place),
    fact(
      'dependencies',
      production.size === 0 ? 'none that ship' : `${production.size} ship, ${development.size} for development`,
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
