/** A program that compiles TypeScript in memory while it runs it. */
export interface Runner {
  /** The package that brings it. */
  readonly name: string;
  /** The flags with which plain node does the same, for a program of ES modules and for one of CommonJS. */
  readonly esm: readonly string[];
  readonly cjs: readonly string[];
  /** What it needs beside itself when it runs. */
  readonly peers: readonly string[];
}

const tsx: Runner = { name: 'tsx', esm: ['--import', 'tsx'], cjs: ['--import', 'tsx'], peers: [] };
const tsNode: Runner = {
  name: 'ts-node',
  esm: ['--loader', 'ts-node/esm'],
  cjs: ['-r', 'ts-node/register'],
  peers: ['typescript'],
};
const tsNodeDev: Runner = { ...tsNode, name: 'ts-node-dev' };
const swc: Runner = {
  name: '@swc-node/register',
  esm: ['--import', '@swc-node/register/esm-register'],
  cjs: ['-r', '@swc-node/register'],
  peers: ['@swc/core', 'typescript'],
};

/** All of them, those that need nothing else first. */
export const runners = [tsx, tsNode, swc] as const;

/** Runners by the words that start them. */
const programs: Readonly<Record<string, Runner>> = {
  tsx,
  esno: tsx,
  'ts-node': tsNode,
  'ts-node-esm': tsNode,
  'ts-node-script': tsNode,
  'ts-node-transpile-only': tsNode,
  'ts-node-dev': tsNodeDev,
  tsnd: tsNodeDev,
  'swc-node': swc,
  nodemon: tsNode,
  'node-dev': tsNode,
};

/** What a command with a runner is to run. */
export interface TypeScriptRun {
  readonly runner: Runner;
  /** The file, as the command spells it. */
  readonly entry: string;
  readonly args: readonly string[];
}

const typeScript = /\.[cm]?tsx?$/;

/** `tsx --env-file=.env src/server.ts` → the file, and what stands behind it; `undefined` for anything else. */
export function readRunner(program: string, words: readonly string[]): TypeScriptRun | undefined {
  const watcher = runnerOf(program);
  const exec = words.findIndex((word) => /^(?:--exec|-x)$/.test(word));
  const runner = exec < 0 ? watcher : watcher && (runnerOf(words[exec + 1]) ?? watcher);
  // nodemon --exec "ts-node src/server.ts" -e ts: what follows the quotes is for nodemon again
  const command = words.find((word) => /\s/.test(word) && word.split(/\s+/).some(isEntry))?.split(/\s+/) ?? words;
  const index = command.findIndex(isEntry);
  const entry = command[index];
  return runner === undefined || entry === undefined ? undefined : { runner, entry, args: command.slice(index + 1) };
}

/** By the first word of a command. */
function runnerOf(command = ''): Runner | undefined {
  const [program = ''] = command.split(/\s+/);
  return Object.hasOwn(programs, program) ? programs[program] : undefined;
}

const isEntry = (word: string): boolean => typeScript.test(word) && !/[*?{]/.test(word);

/** The runner that a flag of node loads: `--import=tsx`, `-r ts-node/register/transpile-only`. */
export function loadedRunner(flags: readonly string[]): Runner | undefined {
  const modules = flags.map((flag) => flag.replace(/^--[\w-]+=/, ''));
  return runners.find(({ name }) => modules.some((module) => module === name || module.startsWith(`${name}/`)));
}

/** Whether a file is TypeScript. */
export const isTypeScript = (file: string): boolean => typeScript.test(file);
