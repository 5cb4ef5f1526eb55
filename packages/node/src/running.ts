import { assumedPort, type Detection, type Note, type ToolUse, type Write } from '@msb/core';
import { type Build, leavesExtras } from './build.ts';
import { prismaOutputs } from './codegen/prisma-schema.ts';
import { madeNotes, madeService, madeStart } from './frameworks/made.ts';
import type { Found } from './frameworks/select.ts';
import { nothingRuns, sitePort } from './frameworks/sites/image.ts';
import type { PackageJson } from './package-json.ts';
import { isCopied, type OutputMap, outputMap } from './reads/outputs.ts';
import { type FileRead, isCode, readsIn } from './reads/reads.ts';
import { servedFolders } from './reads/served.ts';
import { readFiles } from './reads/shipping.ts';
import { writesIn } from './reads/writes.ts';
import { filesRead } from './reads.ts';
import { advice, needsInit } from './service/advice.ts';
import { developmentNotes } from './service/development.ts';
import { findService, looksLikeServer, type Service } from './service/service.ts';
import { nearestFirst, programSources } from './service/sources.ts';
import { toolsIn } from './settings/tools.ts';
import { entryOf, type Shipped, shippedFiles } from './ship.ts';
import type { StartContext } from './start/context.ts';
import { readsMaps } from './start/env.ts';
import { productionScripts } from './start/names.ts';
import { resolveStart } from './start/resolve.ts';
import { type Start, startText } from './start/start.ts';
import { withoutOthers } from './workspaces/nx-projects.ts';

/** What runs in the image, or is sent from there. */
export interface Running {
  readonly start: Start;
  readonly service: Service;
  /** What of the project lands in the image. */
  readonly shipped: Shipped;
  /** Files that must reach the build, since the program or its build reads them. */
  readonly reads: readonly string[];
  /** What the program reads and writes by paths that its code names, and what it starts. */
  readonly files: Account;
  /** What is known, guessed and left open of the options start and port. */
  readonly answers: Pick<Detection, 'found' | 'suggested' | 'choices' | 'unused' | 'assumptions'>;
  readonly needsInit: boolean;
  readonly notes: readonly Note[];
}

/** What the code of a program names. */
export interface Account {
  readonly sources: readonly string[];
  readonly reads: readonly FileRead[];
  readonly writes: readonly Write[];
  readonly tools: readonly ToolUse[];
}

const nothing: Account = { sources: [], reads: [], writes: [], tools: [] };

/**
 * The code that runs in the image: of what is compiled, the sources alone; never what only a script other than the start
 * runs, such as `node tools/version.mjs`.
 */
function ownCode(
  files: readonly string[],
  { scripts }: PackageJson,
  map: OutputMap | undefined,
  { entry }: Start,
): readonly string[] {
  const others = [...scripts.values()].filter(({ name }) => !productionScripts.includes(name));
  const words = new Set(
    others.flatMap(({ text }) => text.split(/[\s"'&|;]+/).map((word) => word.replace(/^\.\//, ''))),
  );
  const compiled = files.filter((file) => map === undefined || map.from === '' || file.startsWith(`${map.from}/`));
  const code = compiled.length > 0 ? compiled : files;
  return code.filter(
    (file) => file === entry || !words.has(file) || /(^|\/)(?:server|main|app|index)\.[cm]?[jt]sx?$/.test(file),
  );
}

/** The port that Express and most others take by themselves. */
const usualPort = 3000;

/**
 * What a framework's build makes, a server or a site, else the project's own program. `build` is what builds it, if
 * anything does; `given` the start command that somebody gave. Throws an `MsbError` where nothing says how it starts.
 */
export function runningOf(
  context: StartContext,
  framework: Found | undefined,
  build: Build | undefined,
  built: boolean,
  given: string | undefined,
): Running {
  if (framework === undefined) return ownProgram(context, build, built, given);
  return framework.made.kind === 'site' ? site(context, framework) : madeServer(context, framework);
}

function readsOf({ project }: StartContext, start: Start): readonly string[] {
  return filesRead(project, nearestFirst(project, programSources(project), start));
}

function madeServer(context: StartContext, found: Found): Running {
  const { made } = found;
  if (made.kind !== 'server') throw new Error(`${found.framework.title} made no server`);
  const start = madeStart(made);
  const service = madeService(context.project, context.manifest);
  return {
    start,
    service,
    shipped: { kind: 'made', made },
    reads: readsOf(context, start),
    files: madeAccount(context),
    answers: {
      found: { start: startText(start), port: service.port?.port ?? made.port },
      suggested: { port: made.port },
      choices: { start: [] },
      unused: [],
    },
    needsInit: false,
    notes: madeNotes(found),
  };
}

/** A bundle lies elsewhere than its sources, so that only what is relative to the working folder is known. */
function madeAccount({ project, manifest }: StartContext): Account {
  const sources = programSources(project);
  const reads = readsIn(project, sources, undefined).filter(
    ({ path, at, sure }) => sure && path === at && !isCode(path),
  );
  return {
    sources,
    reads: reads.filter(({ path }) => !/^(?:src|app|pages|components|public|static)(?:\/|$)/.test(path)),
    writes: writesIn(project, sources, undefined, true).filter(({ path }) => !path.startsWith('src/')),
    tools: toolsIn(project, manifest, sources),
  };
}

function site(context: StartContext, found: Found): Running {
  const { made } = found;
  const { start, service } = nothingRuns;
  return {
    start,
    service,
    shipped: { kind: 'made', made },
    reads: [...readsOf(context, start), ...(made.build.needs ?? [])],
    files: nothing,
    answers: {
      found: { port: sitePort },
      suggested: { port: sitePort },
      choices: { start: [] },
      unused: ['start'],
    },
    needsInit: false,
    notes: madeNotes(found),
  };
}

function ownProgram(
  context: StartContext,
  build: Build | undefined,
  built: boolean,
  given: string | undefined,
): Running {
  const { project, manifest } = context;
  const sources = programSources(project);
  const { start, guessed, choices } = resolveStart(context, looksLikeServer(project, manifest, sources), given);
  const files = withoutOthers(project, nearestFirst(project, sources, start), start.entry);
  const service = findService(project, manifest, files, start);
  const extras = !readsMaps(manifest, start) && leavesExtras(project, build);
  const map = built ? outputMap(project, manifest, build, entryOf(start)) : undefined;
  const own = ownCode(files, manifest, map, start);
  const named = readsIn(project, own, map);
  const copied = (path: string): boolean => isCopied(project, manifest, build, path);
  const shipped = shippedFiles(project, built, start, extras, named, prismaOutputs(project, manifest), copied);
  const output = shipped.kind === 'output' ? shipped.folder : '';
  const writes = writesIn(project, own, map, service.serves);
  const served = servedFolders({ project, manifest, build, writes }, own, map);
  return {
    start,
    service,
    shipped,
    files: {
      sources: own,
      reads: [...readFiles(project, named, output, copied).reads, ...served],
      writes,
      tools: toolsIn(project, manifest, own),
    },
    reads: filesRead(project, files),
    answers: {
      found: {
        ...(!guessed && { start: startText(start) }),
        ...(service.port && { port: service.port.port }),
      },
      suggested: { ...(guessed && { start: startText(start) }), port: usualPort },
      choices: { start: choices },
      unused: service.serves ? [] : ['port'],
      ...(service.serves && !service.port && { assumptions: { port: assumedPort(usualPort) } }),
    },
    needsInit: needsInit(project, manifest, files, service),
    notes: [
      ...advice(project, manifest, files, service, writes.length > 0),
      ...developmentNotes(project, manifest, files, build),
    ],
  };
}
