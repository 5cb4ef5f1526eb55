import {
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  type Project,
  type RuntimeFamily,
  textAt,
} from '@msb/core';
import { accountOf } from './account.ts';
import { browserOf, browserRuntimes } from './browser.ts';
import { findBuild, leftOutNotes } from './build.ts';
import { gitNotes, gitUse } from './codegen/git.ts';
import { prismaEngine, prismaRuntimes } from './codegen/prisma-engine.ts';
import { buildsAlone } from './engine.ts';
import { facts } from './facts.ts';
import { fittingFamilies } from './frameworks/families.ts';
import { madeNative, ownBuild } from './frameworks/made.ts';
import { selectFramework } from './frameworks/select.ts';
import { lifecycle } from './lifecycle.ts';
import { isBuilt } from './needs.ts';
import { planNode } from './plan.ts';
import { runningOf } from './running.ts';
import { programSources } from './service/sources.ts';
import { buildEnv, noEnv } from './settings/build-env.ts';
import { toolRuntimes } from './settings/tools.ts';
import { neededFiles } from './ship.ts';
import { envNotes } from './start/env.ts';
import { shellRuntimes } from './start/shell.ts';
import { findTests } from './tests.ts';
import { homeOf } from './workspaces/home.ts';
import { readInstallation } from './workspaces/installation.ts';
import { nxProgram } from './workspaces/nx.ts';
import { onlyHolds } from './workspaces/nx-projects.ts';
import { installScripts } from './workspaces/scripts.ts';
import { writesOfLibraries } from './workspaces/writes.ts';

/** Reads a Node project. `runtimes` are all families that there are. Throws an `MsbError` for one that can't be served. */
export function detectNode(project: Project, given: GivenOptions, runtimes: readonly RuntimeFamily[]): Detection {
  const home = homeOf(project);
  const { manifest } = home.target;
  const { notes: installNotes, ...installation } = readInstallation(home, givenText(given, 'nodeVersion'));
  const { dependencies } = installation;
  const [givenBuild, givenStart] = [givenText(given, 'build'), givenText(given, 'start')];
  const nx = givenBuild === undefined ? nxProgram(project, manifest, givenStart) : undefined;
  const script = nx?.build ?? findBuild(project, manifest, givenBuild);
  const context = {
    project,
    manifest,
    build: script,
    packages: dependencies.packages,
    node: Number(installation.version.major),
  };
  const ownWay = nx !== undefined || givenStart !== undefined || givenBuild === 'none' || onlyHolds(project);
  const framework = ownWay ? undefined : selectFramework(context);
  const build = script ?? (framework && ownBuild(framework));
  const scripts = lifecycle(project, manifest, build?.script, dependencies.packages);
  const built = isBuilt({ build, lifecycle: scripts });
  const installs = installScripts(home, scripts);
  const running = runningOf(context, framework, build, built, nx?.start ?? givenStart);
  const { start, answers } = running;
  const writes =
    framework === undefined && running.service.serves && running.files.writes.length === 0
      ? writesOfLibraries(home)
      : [];
  const told = new Set(running.notes.map(({ message }) => message));
  const sends = start.program === 'bun' || framework?.made.kind === 'site';
  const browser = sends ? undefined : browserOf(project, manifest, programSources(project));
  const site = framework?.made.kind === 'site';
  const engine = site ? undefined : prismaEngine(home);
  const env = framework
    ? buildEnv(
        home,
        (framework.made.build.variables ?? []).map(({ name }) => name),
      )
    : noEnv;
  const git = gitUse(project, manifest, build);
  const plan = buildsAlone({
    ...installation,
    home,
    manifest,
    native: madeNative(dependencies.packages, manifest, framework?.made),
    lifecycle: scripts,
    installs,
    build,
    framework,
    start,
    shipped: running.shipped,
    service: running.service,
    browser,
    prismaEngine: engine,
    buildEnv: env,
    git,
    tests: findTests(manifest),
    account: site ? {} : accountOf(home, running, Object.keys(start.env)),
    needs: ['package.json', ...neededFiles(project), ...running.reads],
  });
  return {
    facts: facts(plan),
    ...answers,
    found: { name: imageName(textAt(manifest.json.value, 'name')), ...answers.found },
    runtimes:
      browserRuntimes(browser) ??
      shellRuntimes(start) ??
      prismaRuntimes(engine) ??
      toolRuntimes(running.files.tools) ??
      fittingFamilies(runtimes, framework),
    needsInit: running.needsInit,
    notes: [
      ...installNotes,
      ...(nx?.notes ?? []),
      ...(build?.notes ?? []),
      ...leftOutNotes(manifest, build),
      ...scripts.notes,
      ...installs.notes,
      ...env.notes,
      ...gitNotes(git),
      ...envNotes(start),
      ...(browser?.notes ?? []),
      ...running.notes,
      ...writes.filter(({ message }) => !told.has(message)),
    ],
    plan: (options) => planNode(plan, options),
  };
}
