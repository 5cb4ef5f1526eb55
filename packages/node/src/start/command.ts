import { readManager } from './manager-command.ts';
import { loadedRunner, readRunner, type TypeScriptRun } from './runners.ts';

/**
 * One command of a script, understood: what `node` or `bun` is to run, TypeScript that is compiled on the fly, another
 * script, a line for a shell, something of another package, or a program from node_modules.
 */
export type Command =
  | { readonly kind: 'node'; readonly env: Variables; readonly run: NodeRun }
  | { readonly kind: 'script'; readonly env: Variables; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'line'; readonly env: Variables; readonly text: string }
  | { readonly kind: 'elsewhere'; readonly env: Variables; readonly target: string }
  | { readonly kind: 'install'; readonly env: Variables }
  | { readonly kind: 'bin'; readonly env: Variables; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'typescript'; readonly env: Variables; readonly run: TypeScriptRun }
  | { readonly kind: 'bun'; readonly env: Variables; readonly run: NodeRun }
  | { readonly kind: 'none'; readonly env: Variables };

export type Variables = Readonly<Record<string, string>>;

/** What follows `node`. */
export interface NodeRun {
  readonly flags: readonly string[];
  /** The file, as the script spells it; `undefined` for `node -e` and the like. */
  readonly entry: string | undefined;
  readonly args: readonly string[];
}

/** Flags of node that take the next word, too (https://nodejs.org/api/cli.html). */
const withValue = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
]);

/** Flags that only help on a developer's machine; the file of --env-file is a secret that no image has. */
const forDevelopment = /^--(inspect|watch|env-file=|env-file$)/;

/** What Yarn loads for Plug'n'Play; an image has node_modules instead. */
const plugAndPlay = /(^|\/)\.pnp\.(c?js|loader\.mjs)$/;

const assignment = /^([A-Za-z_]\w*)=(.*)$/s;

/** Words in front of a command that change nothing of what runs in an image. */
const prefixes = new Set(['cross-env', 'cross-env-shell', 'env', '/usr/bin/env', 'exec', 'nohup', 'time']);

/** Takes `VAR=x`, `cross-env`, `env`, `exec` and the like off the front of a command. */
function peel(words: readonly string[]): { readonly env: Variables; readonly rest: readonly string[] } {
  const env: Record<string, string> = {};
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, name, value = ''] = assignment.exec(word) ?? [];
    if (name !== undefined) env[name] = value;
    else if (!prefixes.has(word)) break;
  }
  return { env, rest: words.slice(index) };
}

/** Reads one plain command. */
export function readCommand(words: readonly string[]): Command {
  const { env, rest } = peel(words);
  const [program, first, second] = rest;
  if (program === undefined) return { kind: 'none', env };
  if (program === 'yarn' && first === 'node') return nodeOf(env, rest.slice(2));
  if (/^(?:\/bin\/)?(?:ba|da)?sh$/.test(program) && first === '-c' && second !== undefined)
    return { kind: 'line', env, text: second };
  if (program === 'bun' && runsFile(rest.slice(1))) return { kind: 'bun', env, run: readBun(rest.slice(1)) };
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) return { ...readManager(program, rest.slice(1)), env };
  if (program === 'bunx')
    return binOf(
      env,
      rest.slice(1).filter((word) => word !== '--bun'),
    );
  if (program === 'npx')
    return binOf(
      env,
      rest.slice(1).filter((word) => !/^(--no-install|--no|-y|--yes)$/.test(word)),
    );
  if (!/^(?:.*\/)?(node|nodejs)$/.test(program)) return binOf(env, rest);
  if (first === '--run' && second !== undefined) return { kind: 'script', env, name: second, args: behind(rest) };
  return nodeOf(env, rest.slice(1));
}

/** `node --run serve -- --port 1` */
const behind = (words: readonly string[]): readonly string[] =>
  words.includes('--') ? words.slice(words.indexOf('--') + 1) : [];

/** `bun src/index.ts`, `bun run --hot index.ts`; `bun run serve` is a script. */
const runsFile = (words: readonly string[]): boolean => {
  const name = words[0] === 'run' ? words[1] : words[0];
  return /\.[cm]?[jt]sx?$|^-/.test(name ?? '');
};

/** `node --import tsx server.ts` is a start of TypeScript, too. */
function nodeOf(env: Variables, words: readonly string[]): Command {
  const run = readNode(words);
  const runner = loadedRunner(run.flags);
  if (runner === undefined || run.entry === undefined) return { kind: 'node', env, run };
  return { kind: 'typescript', env, run: { runner, entry: run.entry, args: run.args } };
}

/** `bun --hot run src/index.ts --port 1`: flags are Bun's own until the file is named (https://bun.com/docs/runtime). */
function readBun(words: readonly string[]): NodeRun {
  const run = readNode(
    words[0] === 'run' ? words.slice(1) : words.filter((word, index) => word !== 'run' || index > 2),
  );
  return { ...run, flags: run.flags.filter((flag) => !/^--hot$/.test(flag)) };
}

function binOf(env: Variables, [name, ...args]: readonly string[]): Command {
  if (name === undefined) return { kind: 'none', env };
  const run = readRunner(name.replace(/^(\.\/)?node_modules\/\.bin\//, ''), args);
  if (run) return { kind: 'typescript', env, run };
  return { kind: 'bin', env, name: name.replace(/^(\.\/)?node_modules\/\.bin\//, ''), args };
}

/** Splits the words after `node`. */
export function readNode(words: readonly string[]): NodeRun {
  const flags: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return { flags, entry: word, args: words.slice(index + 1) };
    if (/^(-e|-p|--eval|--print|-)$/.test(word)) return { flags: words, entry: undefined, args: [] };
    const both = withValue.has(word) ? [word, words[index + 1] ?? ''] : [word];
    index += both.length - 1;
    if (!forDevelopment.test(word) && !both.some((part) => plugAndPlay.test(part))) flags.push(...both);
  }
  return { flags, entry: undefined, args: [] };
}
