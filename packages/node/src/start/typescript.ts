import { join, MsbError, type Place, shellWord } from '@msb/core';
import { programSources } from '../service/sources.ts';
import type { Variables } from './command.ts';
import type { Attempt, StartContext } from './context.ts';
import { afterCompiling, beforeCompiling, makesEsm, type Obstacle } from './erasable.ts';
import type { Runner, TypeScriptRun } from './runners.ts';
import { startOf } from './start.ts';
import { compiledEntry, outputOf, readTsConfig, rootOf, type TsConfig } from './tsconfig.ts';

/** Scripts that call the compiler, and make files with it. */
const compiles = /(?:^|[\s/;&])tsc(?:\s|$)(?!.*--noEmit\b(?!\s+false))/;

/** The configuration that a build names: `tsc -p tsconfig.build.json`. */
const configOf = ({ project, build }: StartContext): TsConfig | undefined => {
  const text = build?.script?.text ?? build?.command ?? '';
  const [, named] = /\btsc\b.*?\s(?:-p|--project|-b|--build)[\s=]+([\w./-]+\.json)/.exec(text) ?? [];
  return readTsConfig(project, named);
};

/**
 * How a program ships that developers start from its TypeScript sources. Compiled, where the project's build or its
 * compiler does that; else with the runner, where that ships; else as it is, where Node can take the types away. Node
 * does so since 22.18 (https://nodejs.org/api/typescript.html), and images have the newest of their line.
 */
export function startTypeScript(
  context: StartContext,
  run: TypeScriptRun,
  env: Variables,
  place: Place | undefined,
): Attempt {
  const { project, manifest } = context;
  const config = configOf(context);
  const entry = join(run.entry);
  const files = programSources(project);
  const start = (flags: readonly string[], file: string): Attempt => ({
    start: startOf({ flags, entry: file, args: run.args }, env, place),
  });
  const compiled = compiledStart(context, config, files, entry);
  if (compiled && compiled.obstacle === undefined) return start([], compiled.made);
  if (ships(context, run.runner)) return start(makesEsm(manifest, config) ? run.runner.esm : run.runner.cjs, entry);
  const strips = context.node >= 22;
  const obstacle = strips ? beforeCompiling(project, files, config) : undefined;
  if (strips && !obstacle && project.has(entry)) return start([], entry);
  return {
    problem: compiled?.obstacle
      ? unresolved(run, compiled.made, compiled.obstacle, place)
      : refused(run, obstacle, place),
  };
}

/** The file that the build's compiler makes of the entry, and why node can't run it. */
function compiledStart(
  context: StartContext,
  config: TsConfig | undefined,
  files: readonly string[],
  entry: string,
): { readonly made: string; readonly obstacle: Obstacle | undefined } | undefined {
  const { build } = context;
  const text = build?.script?.text ?? build?.command ?? '';
  if (build === undefined || !config || !compiles.test(text)) return undefined;
  const made = compiledEntry(context, config, entry, build.script === undefined);
  const aliased = /\b(?:tsc-alias|tspaths|resolve-tspaths|typescript-transform-paths)\b/.test(text);
  return made === undefined
    ? undefined
    : { made, obstacle: aliased ? undefined : afterCompiling(context, files, config) };
}

/** The compiler leaves the names of modules as they are. */
const unresolved = (
  { runner, entry }: TypeScriptRun,
  made: string,
  { what, file, line }: Obstacle,
  place: Place | undefined,
): MsbError =>
  new MsbError(
    'unsupported',
    `${entry} is compiled to ${made}, which node can't run because of ${what} (${file}:${line})`,
    `Let the build mend it (tsc-alias behind tsc, or a bundler), or move ${needs(runner)} to dependencies.`,
    place,
  );

const needs = ({ name, peers }: Runner): string => [name, ...peers].join(' and ');

const ships = ({ manifest }: Pick<StartContext, 'manifest'>, { name, peers }: Runner): boolean =>
  [name, ...peers].every((needed) => manifest.production.has(needed));

function refused({ runner, entry }: TypeScriptRun, obstacle: Obstacle | undefined, place: Place | undefined): MsbError {
  const why = obstacle ? `, and Node alone can't because of ${obstacle.what} (${obstacle.file}:${obstacle.line})` : '';
  return new MsbError(
    'unsupported',
    `${entry} is started by ${runner.name}, which is for development only${why}`,
    `Add a script build that compiles it (tsc with outDir) and start the result, or move ${needs(runner)} to dependencies.`,
    place,
  );
}

/**
 * The command that compiles a program that is started from its sources and has no build, by the compiler that it
 * brings; `undefined` where its runner ships, or its configuration makes nothing that Node could run.
 */
export function compileCommand(
  context: Pick<StartContext, 'project' | 'manifest'>,
  run: TypeScriptRun,
): string | undefined {
  const { project, manifest } = context;
  const config = readTsConfig(project);
  const entry = join(run.entry);
  const known = manifest.development.has('typescript') || manifest.production.has('typescript');
  if (!config || !known || config.option('noEmit') === true || !project.has(entry)) return undefined;
  if (ships(context, run.runner)) return undefined;
  if (compiledEntry(context, config, entry, true) === undefined) return undefined;
  if (afterCompiling(context, programSources(project), config)) return undefined;
  const word = (path: string): string => shellWord(path || '.', 'A folder of tsconfig.json');
  return `npx tsc --rootDir ${word(rootOf(context, config, true))} --outDir ${word(outputOf(config))}`;
}
