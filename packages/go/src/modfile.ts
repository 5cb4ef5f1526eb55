import { MsbError, type Project } from '@msb/core';

/** A word of go.mod and its line, from 1. */
export interface Word {
  readonly value: string;
  readonly line: number;
}

/** What a go.mod says (https://go.dev/ref/mod#go-mod-file). */
export interface ModFile {
  readonly module: Word;
  /** The `go` directive, such as 1.24.2; Go reads a file without one as 1.16. */
  readonly go: Word | undefined;
  /** The `toolchain` directive without its `go` in front, such as 1.25.1. */
  readonly toolchain: Word | undefined;
  readonly requires: readonly (Word & { readonly version: string; readonly indirect: boolean })[];
  /** Import paths of `tool` directives, which `go tool` runs. */
  readonly tools: readonly string[];
  /** Folders that `replace` directives put in the place of modules. */
  readonly localReplaces: readonly (Word & { readonly module: string })[];
}

/** A directive of go.mod: its verb, what follows, and its line. */
export interface Directive {
  readonly verb: string;
  readonly words: readonly string[];
  readonly line: number;
  readonly comment: string;
}

const broken = (file: string, line: number, reason: string): MsbError =>
  new MsbError('broken-file', `${file} is not valid: ${reason}`, `Mend line ${line} of ${file}.`, { file, line });

/** Splits go.mod or go.work into directives; a block `require ( … )` becomes one directive a line. */
export function directives(file: string, text: string): readonly Directive[] {
  const found: Directive[] = [];
  let block: { readonly verb: string; readonly line: number } | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const [code = '', ...comments] = raw.split('//');
    const words = code.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|[()]|[^\s()]+/g) ?? [];
    const [first] = words;
    const line = index + 1;
    if (first === undefined) continue;
    if (first === ')') block = undefined;
    else if (words.at(-1) === '(') block = { verb: first, line };
    else {
      const verb = block?.verb ?? first;
      const rest = (block === undefined ? words.slice(1) : words).map((word) => word.replace(/^["`]|["`]$/g, ''));
      found.push({ verb, words: rest, line, comment: comments.join('//').trim() });
    }
  }
  if (block !== undefined) throw broken(file, block.line, `the block ${block.verb} ( … ) is not closed`);
  return found;
}

const verbs = new Set([
  'module',
  'go',
  'toolchain',
  'require',
  'replace',
  'exclude',
  'retract',
  'godebug',
  'tool',
  'ignore',
]);

/** The `go` and the `toolchain` line of go.mod or go.work. Throws `broken-file` for one that names nothing. */
export function versionsOf(file: string, all: readonly Directive[]): Pick<ModFile, 'go' | 'toolchain'> {
  const toolchain = wordOf(file, all, 'toolchain');
  return {
    go: wordOf(file, all, 'go'),
    toolchain: toolchain && { ...toolchain, value: toolchain.value.replace(/^go/, '') },
  };
}

function wordOf(file: string, all: readonly Directive[], verb: string): Word | undefined {
  const directive = all.find((candidate) => candidate.verb === verb);
  if (directive === undefined) return undefined;
  const [value] = directive.words;
  if (value === undefined) throw broken(file, directive.line, `${verb} names nothing`);
  return { value, line: directive.line };
}

/** Reads the project's go.mod. Throws `broken-file`. */
export function readModFile(project: Project): ModFile {
  const file = 'go.mod';
  const all = directives(file, project.mustText(file));
  const stray = all.find(({ verb }) => !verbs.has(verb));
  if (stray) throw broken('go.mod', stray.line, `unknown directive ${JSON.stringify(stray.verb)}`);
  const module = wordOf(file, all, 'module');
  if (module === undefined) throw broken('go.mod', 1, 'it has no module line');
  return {
    module,
    ...versionsOf(file, all),
    requires: all
      .filter(({ verb }) => verb === 'require')
      .map(({ words, line, comment }) => ({
        value: words[0] ?? '',
        version: words[1] ?? '',
        line,
        indirect: comment.startsWith('indirect'),
      })),
    tools: all.flatMap(({ verb, words: [path] }) => (verb === 'tool' && path !== undefined ? [path] : [])),
    localReplaces: all
      .filter(({ verb }) => verb === 'replace')
      .map(({ words, line }) => ({ module: words[0] ?? '', value: words[words.indexOf('=>') + 1] ?? '', line }))
      // a folder must start like this: https://go.dev/ref/mod#go-mod-file-replace
      .filter(({ value }) => /^\.{0,2}\//.test(value) || value === '.' || value === '..'),
  };
}

/** `github.com/acme/orders/v2` → `orders`, `gopkg.in/yaml.v3` → `yaml`. */
export function moduleName(path: string): string {
  const names = path.split('/').filter((name) => !/^v\d+$/.test(name));
  return (names.at(-1) ?? path).replace(/\.v\d+$/, '');
}

/** The modules that have to be downloaded: required, and no folder of the project stands in for them. */
export const downloads = ({ requires, localReplaces }: ModFile): ModFile['requires'] =>
  requires.filter(({ value }) => !localReplaces.some(({ module }) => module === value));
