import { join, type Place, type Project } from '@msb/core';
import { type Build, closure, type Module } from '../build.ts';
import { codeIn, namesIn } from '../code/constants.ts';
import { resourceFolders, sourcesOf } from '../mains.ts';
import { readSettings } from '../service/config.ts';
import { besideReads } from './beside.ts';
import { type Found, literalsOf, missingOf, readsOf, type Written, writesOf } from './code.ts';
import { configAt, configReads, configWrites, plainValue, readConfig } from './config.ts';
import { databaseWrites, namesHome } from './jdbc.ts';
import { classFolders, dotenvReads, frameworkReads, frameworkWrites } from './known.ts';
import { logWrites } from './logging.ts';
import { type Ground, localPath, spotOf } from './places.ts';
import { type Required, requiredByCode, requiredByConfig, requiredByHocon } from './required.ts';
import { drawsText, type Started, startedBy } from './started.ts';
import { type Unpacked, unpackedBy } from './unpacked.ts';
import { pathUses } from './uses.ts';

/** All that a program and its build read, write and need, by paths from the root of the build. */
export interface Account {
  /** What the running program reads. */
  readonly reads: readonly Found[];
  readonly writes: readonly Written[];
  readonly settings: readonly Required[];
  readonly tools: readonly Started[];
  /** Folders of compiled classes that it finds by their path. */
  readonly classes: readonly Pick<Found, 'path' | 'place'>[];
  /** Where text is drawn, if it is. */
  readonly fonts: Started | undefined;
  /** Where the home folder of the user is named, if it is. */
  readonly home: Place | undefined;
  /** Libraries that unpack machine code. */
  readonly unpacked: readonly Unpacked[];
  /** Whether code names a locale, whose data a runtime made for the program may lack. */
  readonly locales: boolean;
}

/** Reads the account of a module and of those that it depends on. `dropwizard` is the file that it is started with. */
export function accountOf(project: Project, build: Build, module: Module, dropwizard?: string): Account {
  const modules = closure(build, module);
  const ground: Ground = { project, build, module, workdir: '/app' };
  const sources = [...new Set(modules.flatMap((item) => sourcesOf(project, item, build.modules)))];
  const config = readConfig(project, modules);
  const resources = sources.filter((file) => /\.(properties|ya?ml)$/.test(file));
  const every = new Set([...resources, ...config.files].flatMap((file) => [...readSettings(project, file).keys()]));
  const codes = codeIn(project, sources);
  const names = namesIn(codes, (key) => {
    const value = config.settings.get(key)?.value;
    return value === undefined ? undefined : plainValue(value);
  });
  const uses = pathUses(codes, names);
  const spoken = [
    ...besideReads(ground),
    ...(dropwizard ? [{ path: dropwizard, at: '/app/config.yml', place: { file: dropwizard } }] : []),
    ...configReads(ground, config),
    ...readsOf(ground, uses),
    ...literalsOf(ground, codes),
    ...argumentReads(ground),
    ...frameworkReads(ground, codes),
    ...dotenvReads(ground, codes),
  ];
  // what is read may be configuration, too
  const own = configAt(
    project,
    spoken.map(({ path }) => path).filter((path) => !config.files.includes(path)),
  );
  const named = [...codes.map(({ file }) => file), ...config.files, ...own.files, ...hoconIn(project, modules)];
  const writes = unique([
    ...writesOf(uses),
    ...configWrites(ground, config),
    ...configWrites(ground, own),
    ...databaseWrites(project, named),
    ...logWrites(project, modules),
    ...frameworkWrites(codes),
  ]);
  const dependencies = modules.flatMap((item) => item.dependencies.map((name) => [name, item.place] as const));
  const reads = [...spoken, ...configReads(ground, own), ...missingOf(ground, uses, writes)];
  return {
    reads: outermost(unique(reads)),
    writes: withoutNested(writes),
    classes: classFolders(uses),
    settings: uniqueNames([
      ...requiredByCode(codes),
      ...requiredByConfig(project, config, every, codes),
      ...requiredByHocon(project, hoconIn(project, modules)),
    ]),
    tools: uniqueNames(startedBy(codes, names, dependencies)),
    fonts: drawsText(codes, dependencies),
    home: namesHome(project, named),
    unpacked: unpackedBy(dependencies),
    locales: codes.some(({ text }) =>
      /\bLocale\s*\.\s*(?!ROOT|ENGLISH|US|UK)[A-Z]{2,}|\bforLanguageTag\b|\bLocale\s*(?:\.\s*of)?\s*\(\s*"/.test(text),
    ),
  };
}

/** Ktor's, Akka's and Play's configuration. */
const hoconIn = (project: Project, modules: readonly Module[]): readonly string[] => [
  ...new Set(
    modules
      .flatMap(resourceFolders)
      .map((folder) => join(folder, 'application.conf'))
      .filter((file) => project.has(file)),
  ),
];

/** Files that arguments of the JVM name: `-Dconfig.file=conf/app.conf`, `-javaagent:agent.jar`. */
function argumentReads(ground: Ground): readonly Found[] {
  const { module } = ground;
  return module.jvmArgs.flatMap((arg) => {
    const value = /^-[^=:]+[=:]([^=,]+)/.exec(arg)?.[1];
    const local = value === undefined ? undefined : localPath(value);
    const spot = local === undefined ? undefined : spotOf(ground, local);
    return spot ? [{ ...spot, place: module.place }] : [];
  });
}

/** Each path once, by the first place that names it. */
function unique<T extends { readonly path: string; readonly at?: string }>(items: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const key = `${item.path} ${item.at ?? ''}`;
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

const uniqueNames = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  [...new Map(items.toReversed().map((item) => [item.name, item] as const)).values()].toReversed();

/** What lies in a folder that is read as a whole is read with it. */
const outermost = (reads: readonly Found[]): readonly Found[] =>
  reads.filter(
    ({ path, at }) => !reads.some((other) => path.startsWith(`${other.path}/`) && at.startsWith(`${other.at}/`)),
  );

const withoutNested = (writes: readonly Written[]): readonly Written[] =>
  writes.filter(({ path }) => !writes.some((other) => other.kind === 'folder' && path.startsWith(`${other.path}/`)));
