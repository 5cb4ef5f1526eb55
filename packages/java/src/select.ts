import { type Choice, MsbError, type Project } from '@msb/core';
import type { Build, Module } from './build.ts';
import { type MainClass, mainClasses, sourcesOf } from './mains.ts';
import { packsProgram } from './packaging/select.ts';

/** A module that can be started. */
export interface Candidate {
  readonly module: Module;
  readonly sources: readonly string[];
  readonly mains: readonly MainClass[];
}

/**
 * Modules that an image can be for: those that the build packs as programs, else all that can be started. In a folder of
 * the build, `home`, those of it count: elsewhere in the build may be programs of another kind.
 */
export function candidates(project: Project, build: Build, home = ''): readonly Candidate[] {
  const all = startable(project, build);
  const here = all.filter(
    ({ module }) => home !== '' && (module.folder === home || module.folder.startsWith(`${home}/`)),
  );
  const inside = programsOf(here);
  const others = programsOf(all).filter((item) => !here.includes(item));
  return [...inside, ...others];
}

function startable(project: Project, build: Build): readonly Candidate[] {
  return build.modules
    .filter(({ packaging }) => packaging.value !== 'pom')
    .map((module) => {
      const sources = sourcesOf(project, module, build.modules);
      return { module, sources, mains: mainClasses(project, sources) };
    });
}

function programsOf(all: readonly Candidate[]): readonly Candidate[] {
  const packed = all.filter(
    ({ module, sources }) => packsProgram(module) && sources.some((file) => /\.(java|kt)$/.test(file)),
  );
  // a plugin that all modules inherit says nothing: a program has a main class, or a framework that brings one
  const sure = packed.filter(({ module, mains }) => mains.length > 0 || module.mainClass || isQuarkus(module));
  return sure.length > 0
    ? sure
    : all.filter(({ mains, module }) => mains.length > 0 || module.packaging.value === 'war');
}

/** What `--module` calls a module: its name, or its folder where another of the build has the same name. */
export const handleOf = ({ modules }: Build, { name, folder }: Module): string =>
  modules.filter((other) => other.name === name).length > 1 ? folder : name;

const isQuarkus = ({ plugins }: Module): boolean => plugins.some(({ id }) => /quarkus/.test(id));

/** The candidate that `--module` names, or the only one; `undefined` while there is a choice. Throws `no-entry-point`. */
export function chooseModule(
  build: Build,
  found: readonly Candidate[],
  home: string,
  asked: string | undefined,
): Candidate | undefined {
  if (asked !== undefined) {
    const name = asked.replace(/^:/, '');
    const chosen = found.find(({ module }) => handleOf(build, module) === name || module.folder === name);
    if (chosen) return chosen;
    throw unknownModule(build, found, asked);
  }
  const own = found.find(({ module }) => module.folder === home);
  if (home !== '' && own) return own;
  const here = found.filter(({ module }) => home === '' || module.folder.startsWith(`${home}/`));
  if (here.length > 1) return undefined;
  const [only] = here;
  if (only) return only;
  throw library(build, home);
}

const usualModules = /^(app|application|server|web|api|service)$/;

/** The module that an image is for where nobody is asked: the only one with a usual name. Of services that are peers, none. */
export function usualModule(build: Build, found: readonly Candidate[]): string | undefined {
  const root = build.modules.find(({ folder }) => folder === '')?.name;
  const usual = found.filter(({ module: { name } }) => {
    const last = name.split(':').at(-1) ?? name;
    return usualModules.test(last) || usualModules.test(root === undefined ? '' : last.replace(`${root}-`, ''));
  });
  return usual[0] && usual.length === 1 ? handleOf(build, usual[0].module) : undefined;
}

export const moduleChoices = (build: Build, found: readonly Candidate[]): readonly Choice[] =>
  found.map(({ module, mains }) => ({
    value: handleOf(build, module),
    about: module.mainClass?.value ?? mains[0]?.name ?? module.folder,
  }));

function library({ modules }: Build, home: string): MsbError {
  const module = modules.find(({ folder }) => folder === home) ?? modules[0];
  return new MsbError(
    'no-entry-point',
    modules.length > 1
      ? 'No module of this build is a program: none has a class with a main method'
      : 'This project is a library: it has no class with a main method',
    'Add one, or run create-msb-docker in the folder of a program.',
    module?.place,
  );
}

function unknownModule(build: Build, found: readonly Candidate[], asked: string): MsbError {
  const called = build.modules.filter(({ name, folder }) => name === asked || folder === asked);
  const quoted = JSON.stringify(asked);
  return new MsbError(
    'no-entry-point',
    [`There is no module ${quoted} here`, `The module ${quoted} is a library`][called.length] ??
      `Several modules are called ${quoted}`,
    `Programs are ${found.map(({ module }) => handleOf(build, module)).join(', ') || 'none'}.`,
  );
}

/** The main class of a program: what was asked for, what the build names, or the only one in the sources. */
export interface MainChoice {
  readonly main: string | undefined;
  readonly place?: MainClass['place'];
  readonly choices: readonly MainClass[];
  readonly suggested: string | undefined;
}

const usualNames = /(^|\.)(\w*Application|Main|App|Server|Application|\w*Server|\w*Main)(Kt)?$/;

export function chooseMain({ module, mains }: Candidate, asked: string | undefined): MainChoice {
  const named = mains.find(({ name }) => name === asked);
  if (asked !== undefined)
    return { main: asked, ...(named && { place: named.place }), choices: mains, suggested: asked };
  const { mainClass } = module;
  if (mainClass) return { main: mainClass.value, place: mainClass.place, choices: mains, suggested: mainClass.value };
  const [only, second] = mains;
  if (only && second === undefined) return { main: only.name, place: only.place, choices: mains, suggested: only.name };
  const suggested = mains.find(({ name }) => usualNames.test(name)) ?? only;
  return { main: undefined, choices: mains, suggested: suggested?.name };
}
