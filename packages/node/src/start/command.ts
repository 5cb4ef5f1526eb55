/**
 * One command of a script, understood: what `node` is to run, another script, a program from node_modules, or what Bun
 * itself is to run.
 */
export type Command =
  | { readonly kind: 'node'; readonly env: Variables; readonly run: NodeRun }
  | { readonly kind: 'script'; readonly env: Variables; readonly name: string }
  | { readonly kind: 'bin'; readonly env: Variables; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'bun'; readonly env: Variables }
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

/** Takes `VAR=x`, `cross-env`, `env` and `exec` off the front of a command. */
function peel(words: readonly string[]): { readonly env: Variables; readonly rest: readonly string[] } {
  const env: Record<string, string> = {};
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, name, value = ''] = assignment.exec(word) ?? [];
    if (name !== undefined) env[name] = value;
    else if (!['cross-env', 'env', 'exec'].includes(word)) break;
  }
  return { env, rest: words.slice(index) };
}

/** Reads one plain command. */
export function readCommand(words: readonly string[]): Command {
  const { env, rest } = peel(words);
  const [program, first, second] = rest;
  if (program === undefined) return { kind: 'none', env };
  if (program === 'yarn' && first === 'node') return { kind: 'node', env, run: readNode(rest.slice(2)) };
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) {
    const name = first === 'run' || first === 'run-script' ? second : first;
    if (program === 'bun' && /\.[cm]?[jt]sx?$|^-/.test(name ?? '')) return { kind: 'bun', env };
    return name === undefined ? { kind: 'none', env } : { kind: 'script', env, name };
  }
  if (program === 'bunx') return { kind: 'bun', env };
  if (program === 'npx')
    return binOf(
      env,
      rest.slice(1).filter((word) => !/^(--no-install|--no|-y|--yes)$/.test(word)),
    );
  if (!/^(?:.*\/)?(node|nodejs)$/.test(program)) return binOf(env, rest);
  if (first === '--run' && second !== undefined) return { kind: 'script', env, name: second };
  return { kind: 'node', env, run: readNode(rest.slice(1)) };
}

function binOf(env: Variables, [name, ...args]: readonly string[]): Command {
  if (name === undefined) return { kind: 'none', env };
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
