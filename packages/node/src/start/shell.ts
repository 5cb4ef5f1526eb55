import { type Detection, join, MsbError, shellWord } from '@msb/core';
import type { Script } from '../package-json.ts';
import { binOf } from './bins.ts';
import { type Command, readCommand } from './command.ts';
import type { StartContext } from './context.ts';
import { notShipped, shellProblem, writeProblem } from './problems.ts';
import type { Start } from './start.ts';
import { builds, meantSteps } from './steps.ts';
import { hasVariable, shellSteps, variablesOf, withVariables } from './words.ts';

/** What a base with a shell brings, and that a start command uses before the program starts. */
const tools = new Set('[ echo export false ls sleep test true'.split(' '));

/** The same for what writes files, which an image lets nobody do but in /tmp. */
const writers = new Set('cp ln mkdir mv rm touch'.split(' '));

/** One word for `sh`: the variables in it are filled in when the container starts. */
const word = (text: string): string => (hasVariable(text) ? withVariables(text) : shellWord(text, 'The start command'));

/** Words for `sh`. */
export const line = (words: readonly string[]): string => words.map(word).join(' ');

/**
 * The commands in front of a program, as `sh` runs them in the image: a program of a production dependency by its path,
 * a script of package.json by what it runs. Throws `unsupported` for one that is not in the image.
 */
export function prelude(
  context: StartContext,
  steps: readonly (readonly string[])[],
  script: Script | undefined,
  visited: readonly string[],
): readonly string[] {
  return steps.filter((words) => !builds(context, words)).flatMap((words) => one(context, words, script, visited));
}

function one(
  context: StartContext,
  words: readonly string[],
  script: Script | undefined,
  visited: readonly string[],
): readonly string[] {
  const command = readCommand(words);
  const env = Object.entries(command.env)
    .map(([name, value]) => `${name}=${word(value)} `)
    .join('');
  if (words[0] === 'cd')
    throw shellProblem(script?.text ?? words.join(' '), `another folder (${words.join(' ')})`, script);
  if (tools.has(words[0] ?? '')) return [line(words)];
  if (writers.has(words[0] ?? '')) {
    const target = words.at(-1) ?? '';
    if (target.startsWith('/tmp/') || hasVariable(target)) return [line(words)];
    throw writeProblem(words, script);
  }
  if (command.kind === 'node' && command.run.entry !== undefined) {
    const { flags, entry, args } = command.run;
    return [`${env}node ${line([...flags, entry, ...args])}`];
  }
  if (command.kind === 'bin') {
    const bin = binOf(context, command.name);
    if (bin !== undefined) return [`${env}${line([bin, ...command.args])}`];
  }
  const inner = command.kind === 'script' ? context.manifest.scripts.get(command.name) : undefined;
  if (inner && !visited.includes(inner.name)) {
    const { steps, needsShell } = shellSteps(inner.text, true);
    if (needsShell) throw shellProblem(inner.text, `${needsShell.what} (${needsShell.part})`, inner);
    return prelude(context, meantSteps(steps), inner, [...visited, inner.name]);
  }
  throw notShipped(words, script, broughtBy(context, command));
}

/** The package for development that a program comes from; `undefined` for what the system or a shell would bring. */
function broughtBy({ manifest, packages }: StartContext, command: Command): string | undefined {
  if (command.kind !== 'bin') return undefined;
  const { name } = command;
  return manifest.development.has(name) ? name : packages?.find(({ bins }) => bins.includes(name))?.name;
}

/** The start of a program behind other commands. With `exec` it takes the place of the shell, and so gets SIGTERM. */
export function inShell(start: Start, before: readonly string[], what: string): Start {
  const { program = 'node', flags, entry, args } = start;
  const own = `exec ${program} ${line([...flags, entry, ...args])}`;
  const filled = Object.entries(start.env).filter(([, value]) => hasVariable(value));
  const exported = filled.map(([name, value]) => `export ${name}=${word(value)}`);
  const names = [...flags, ...args, ...filled.map(([, value]) => value)].flatMap(variablesOf);
  return {
    ...start,
    env: Object.fromEntries(Object.entries(start.env).filter(([, value]) => !hasVariable(value))),
    shell: { line: [...before, ...exported, own].join(' && '), what, variables: [...new Set(names)], before },
  };
}

/** Why a start through a shell does not fit on every base. */
export const shellRuntimes = ({ shell, place }: Start): Detection['runtimes'] =>
  shell && {
    families: shell.bash ? ['slim'] : ['slim', 'alpine'],
    reason: {
      message: `The start needs a shell for ${shell.what}, which distroless does not have: it ships on slim`,
      hint: 'Give the program alone with --start "node server.js", and do the rest before it starts, to ship without a shell.',
      ...(place && { place }),
    },
  };

/** Names of npm and its like, which no image has. */
const managers = /(?:^|[\s;&|(])(npm|npx|pnpm|yarn|bunx|pm2)\s/;

/** `./start.sh`, `sh scripts/start.sh`: a script that comes with the project. `undefined` for any other command. */
export function scriptFile(
  { project }: StartContext,
  words: readonly string[],
  script: Script | undefined,
): Start | undefined {
  const [program = '', ...rest] = words;
  const shell = /^(?:\/bin\/|\/usr\/bin\/env )?(ba|da)?sh$/.exec(program);
  const file = shell ? rest[0] : program;
  if (file === undefined || !/\.sh$/.test(file) || !project.has(join(file))) return undefined;
  const text = project.text(join(file)) ?? '';
  const bash = shell?.[1] === 'ba' || /^#!.*\bbash\b/.test(text);
  const manager = project.search([join(file)], [managers]);
  if (manager) {
    throw new MsbError(
      'unsupported',
      `${join(file)} runs ${manager.match[1]}, which no image has`,
      `Call the program itself there: exec node server.js, node_modules/.bin/… for one of a dependency.`,
      { file: manager.file, line: manager.line },
    );
  }
  const args = shell ? rest.slice(1) : rest;
  const line = `exec ${bash ? 'bash' : 'sh'} ${[join(file), ...args].map(word).join(' ')}`;
  return {
    env: {},
    flags: [],
    entry: join(file),
    args,
    place: script?.place,
    fromDependency: false,
    shell: { line, what: `the script ${join(file)}`, variables: [], before: [], ...(bash && { bash }) },
  };
}
