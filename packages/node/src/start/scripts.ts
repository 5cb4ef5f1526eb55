import { MsbError, type Place, type Project } from '@msb/core';
import type { Build } from '../build.ts';
import type { PackageJson, Script } from '../package-json.ts';
import type { LockedPackage } from '../package-managers/manager.ts';
import { type Command, readCommand, type Variables } from './command.ts';
import { nestCommand } from './nest.ts';
import { elsewhereProblem, missing, severalProblem, shellProblem } from './problems.ts';
import { inShell, prelude, scriptFile, line as words } from './shell.ts';
import { entryExists, type Start, startOf } from './start.ts';
import { builds, meantSteps, severalAtOnce } from './steps.ts';
import { startTypeScript } from './typescript.ts';
import { hasVariable, shellSteps } from './words.ts';
import { unwrap } from './wrappers.ts';

/** What is known of a project when its start is looked for. */
export interface StartContext {
  readonly project: Project;
  readonly manifest: PackageJson;
  readonly build: Build | undefined;
  readonly packages: readonly LockedPackage[] | undefined;
  /** The major version of Node. */
  readonly node: number;
  /** Whether a script that compiles TypeScript on the fly counts: what needs no compiler any more comes first. */
  readonly runners?: boolean;
}

/** A way to start, a reason why there is none, or neither: a script for developers. */
export type Attempt = { readonly start: Start } | { readonly problem: MsbError } | undefined;

/** Programs that start others, watch files or compile on the fly: none of them belongs into an image. */
const launchers = new Set(
  `babel-node concurrently dotenv env-cmd forever nest node-dev nodemon npm-run-all nps nx pm2 pm2-dev pm2-runtime
  react-scripts run-p run-s serverless supervisor tsnd ts-node ts-node-dev ts-node-esm turbo vite wait-on`.split(/\s+/),
);

/** Reads one script. `visited` are the names of scripts that led here. */
export function tryScript(context: StartContext, name: string, visited: readonly string[] = []): Attempt {
  const script = context.manifest.scripts.get(name);
  return script === undefined || visited.includes(name) ? undefined : tryText(context, script.text, script, visited);
}

/** Reads a command line: the text of `script`, or what somebody gave. */
export function tryText(
  context: StartContext,
  text: string,
  script?: Script,
  visited: readonly string[] = [],
): Attempt {
  try {
    return tryShell(context, text, script, visited);
  } catch (error) {
    if (error instanceof MsbError) return { problem: error };
    throw error;
  }
}

/** Plain commands need no shell; what has to run before the program does, and so do variables. */
function tryShell(
  context: StartContext,
  text: string,
  script: Script | undefined,
  visited: readonly string[],
): Attempt {
  const plain = shellSteps(text);
  const { steps: written, needsShell } = shellSteps(text, true);
  const several = severalAtOnce({ steps: written, needsShell });
  if (several) throw severalProblem(several, script);
  const steps = meantSteps(written);
  const folder = steps.find(([word]) => word === 'cd')?.[1];
  if (folder !== undefined && !needsShell && readCommand(steps.at(-1) ?? []).kind === 'script') {
    throw elsewhereProblem(folder, script);
  }
  if (needsShell) throw shellProblem(text, `${needsShell.what} (${needsShell.part})`, script);
  const last = steps.at(-1) ?? [];
  if (/^(?:node|bun)$/.test(last[0] ?? '') && hasVariable(last[1] ?? '')) {
    throw shellProblem(text, `${plain.needsShell?.what} (${plain.needsShell?.part})`, script);
  }
  const stray = steps.slice(0, -1).find((words) => !builds(context, words));
  const attempt = scriptAttempt(context, last, script) ?? tryCommand(context, readCommand(last), script, visited);
  if (!attempt || !('start' in attempt) || (!stray && !plain.needsShell)) return attempt;
  const { start } = attempt;
  const what = stray
    ? `a command before the program (${stray.join(' ')})`
    : `${plain.needsShell?.what} (${plain.needsShell?.part})`;
  const before = prelude(context, steps.slice(0, -1), script, script ? [...visited, script.name] : visited);
  return {
    start: start.shell
      ? { ...start, shell: { ...start.shell, line: [...before, start.shell.line].join(' && '), before } }
      : inShell(start, before, what),
  };
}

function scriptAttempt(context: StartContext, words: readonly string[], script: Script | undefined): Attempt {
  const start = scriptFile(context, words, script);
  return start && { start };
}

function tryCommand(
  context: StartContext,
  command: Command,
  script: Script | undefined,
  visited: readonly string[],
): Attempt {
  const place = script?.place;
  switch (command.kind) {
    case 'none':
    case 'install':
      return undefined;
    case 'elsewhere':
      return { problem: elsewhereProblem(command.target, script) };
    case 'line': {
      const attempt = tryShell(context, command.text, script, visited);
      return attempt && 'start' in attempt ? { start: withEnv(attempt.start, command.env, place) } : attempt;
    }
    case 'bun':
      return tryBun(context, command, script);
    case 'typescript':
      return context.runners ? startTypeScript(context, command.run, command.env, place) : undefined;
    case 'script': {
      if (!context.manifest.scripts.has(command.name))
        return tryBin(context, { ...command, kind: 'bin' }, script, visited);
      const attempt = tryScript(context, command.name, script ? [...visited, script.name] : visited);
      if (!attempt || !('start' in attempt)) return attempt;
      return { start: withArgs(withEnv(attempt.start, command.env, place), command.args) };
    }
    case 'bin':
      return tryBin(context, command, script, visited);
    case 'node': {
      const { entry, flags } = command.run;
      if (entry === undefined || !flags.every((flag, index) => shipped(context, flags[index - 1], flag)))
        return undefined;
      const start = startOf({ ...command.run, entry }, command.env, place);
      if (context.build === undefined && !entryExists(context.project, start.entry))
        return { problem: missing(entry, place) };
      return { start };
    }
  }
}

/** Bun runs TypeScript as it is, so that any file will do. */
function tryBun(
  context: StartContext,
  { run, env }: Extract<Command, { kind: 'bun' }>,
  script: Script | undefined,
): Attempt {
  const { entry } = run;
  if (entry === undefined) return undefined;
  const start: Start = { ...startOf({ ...run, entry }, env, script?.place), program: 'bun' };
  const found = context.build !== undefined || context.project.has(start.entry);
  return found ? { start } : { problem: missing(entry, script?.place) };
}

const withEnv = (start: Start, env: Variables, place: Place | undefined): Start => ({
  ...start,
  env: { ...env, ...start.env },
  place: place ?? start.place,
});

const withArgs = (start: Start, args: readonly string[]): Start => ({
  ...start,
  args: [...start.args, ...args],
  ...(start.shell && args.length > 0 && { shell: { ...start.shell, line: `${start.shell.line} ${words(args)}` } }),
});

function tryBin(
  context: StartContext,
  command: Extract<Command, { kind: 'bin' }>,
  script: Script | undefined,
  visited: readonly string[],
): Attempt {
  const { name, args, env } = command;
  const place = script?.place;
  if (/\.[cm]?[jt]s$/.test(name) && context.project.has(name)) {
    return { start: startOf({ flags: [], entry: name, args }, env, place) };
  }
  const inner = launched(context, name, args);
  if (inner) return tryCommand(context, withVariablesOf(env, readCommand(inner)), script, visited);
  const entry = binOf(context, name);
  return entry === undefined ? undefined : { start: { env, flags: [], entry, args, place, fromDependency: true } };
}

/** The command behind a launcher. Nest's own compiles first, so that it counts only where no script starts the result. */
const launched = ({ project, runners, build }: StartContext, name: string, args: readonly string[]) =>
  name === 'nest' && runners && build !== undefined ? nestCommand(project, args) : unwrap(project, name, args);

const withVariablesOf = (env: Variables, command: Command): Command => ({
  ...command,
  env: { ...env, ...command.env },
});

/** Where a program of a production dependency lies; `undefined` where none brings it, or it is for developers. */
export function binOf(context: StartContext, name: string): string | undefined {
  return launchers.has(name) || !/^[\w.-]+$/.test(name) || !ships(context, name)
    ? undefined
    : `node_modules/.bin/${name}`;
}

/** Whether a production dependency brings a program; without a lockfile, its usual names decide. */
function ships({ packages, manifest }: StartContext, bin: string): boolean {
  if (packages === undefined) return [bin, `${bin}-cli`, `@${bin}/cli`].some((name) => manifest.production.has(name));
  return packages.some((found) => found.hoisted && !found.dev && found.bins.includes(bin));
}

/** Whether a module that a flag loads is there in production: `-r ts-node/register` is not. */
function shipped({ manifest }: StartContext, before: string | undefined, flag: string): boolean {
  const [, joined] = /^--(?:require|import|loader|experimental-loader)=(.+)$/.exec(flag) ?? [];
  const module =
    joined ?? (/^(-r|--require|--import|--loader|--experimental-loader)$/.test(before ?? '') ? flag : undefined);
  if (module === undefined || /^[./]|^node:|^data:/.test(module)) return true;
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(module) ?? [];
  return name !== undefined && manifest.production.has(name);
}
