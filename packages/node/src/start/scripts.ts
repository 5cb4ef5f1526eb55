import { MsbError } from '@msb/core';
import type { Script } from '../package-json.ts';
import { binOf } from './bins.ts';
import { withArgs, withEnv } from './changed.ts';
import { type Command, readCommand, type Variables } from './command.ts';
import type { Attempt, StartContext } from './context.ts';
import { readLine } from './line.ts';
import { nestCommand } from './nest.ts';
import { loadsShipped, withoutUnshipped } from './preload.ts';
import { elsewhereProblem, keptModules, missing } from './problems.ts';
import { inShell, prelude, scriptFile } from './shell.ts';
import { entryExists, type Start, startOf } from './start.ts';
import { startTypeScript } from './typescript.ts';
import { unwrap } from './wrappers.ts';

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
  const { before: steps, last, needsShell } = readLine(context, text, script);
  const file = scriptFile(context, last, script);
  const attempt = file ? { start: file } : tryCommand(context, readCommand(last), script, visited);
  if (!attempt || !('start' in attempt) || needsShell === undefined) return attempt;
  const { start } = attempt;
  const before = prelude(context, steps, script, script ? [...visited, script.name] : visited);
  return {
    start: start.shell
      ? { ...start, shell: { ...start.shell, line: [...before, start.shell.line].join(' && '), before } }
      : inShell(start, before, needsShell),
  };
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
      const { entry } = command.run;
      const flags = withoutUnshipped(context.manifest, command.run.flags);
      if (entry === undefined || !loadsShipped(context.manifest, flags)) return undefined;
      const start = startOf({ ...command.run, flags, entry }, command.env, place);
      if (/.\/node_modules\//.test(start.entry) && context.project.has(start.entry))
        return { problem: keptModules(start.entry, place) };
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
