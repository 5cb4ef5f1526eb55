import { isKeyword, type Token, tokensOf } from './tokens.ts';

/** A function or method at the top of a file. */
export interface GoFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Its body, from the brace that opens it to the one that closes it. */
  readonly from: number;
  readonly to: number;
}

/** A Go file, as the words it is made of. */
export interface GoSource {
  readonly file: string;
  readonly folder: string;
  readonly tokens: readonly Token[];
  /** The index of the bracket that closes the one at an index. */
  readonly closing: ReadonlyMap<number, number>;
  readonly functions: readonly GoFunction[];
  /** Import paths by the name that the file uses. */
  readonly imports: ReadonlyMap<string, string>;
  /** Index of the first word behind the imports. */
  readonly start: number;
}

/** Some words of a source: those from `from` up to, and without, `to`. */
export interface Range {
  readonly source: GoSource;
  readonly from: number;
  readonly to: number;
}

const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function brackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, value }] of tokens.entries()) {
    if (kind !== 'other') continue;
    if (value === '(' || value === '[' || value === '{') open.push(index);
    else if (opening[value] !== undefined && tokens[open.at(-1) ?? -1]?.value === opening[value]) {
      closing.set(open.pop() ?? 0, index);
    }
  }
  return closing;
}

/** Reads a file of the project. */
export function readSource(file: string, text: string): GoSource {
  const tokens = tokensOf(text);
  const closing = brackets(tokens);
  const folder = file.split('/').slice(0, -1).join('/');
  const { imports, start } = importsIn(tokens, closing);
  return { file, folder, tokens, closing, functions: functionsIn(tokens, closing), imports, start };
}

function importsIn(tokens: readonly Token[], closing: ReadonlyMap<number, number>) {
  const imports = new Map<string, string>();
  let start = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const { kind, value } = tokens[index] ?? { kind: 'other', value: '' };
    if (kind === 'name' && /^(func|type|var|const)$/.test(value)) break;
    if (kind !== 'name' || value !== 'import') continue;
    const end = closing.get(index + 1) ?? tokens.findIndex((token, at) => at > index && token.kind === 'text');
    for (let at = index + 1; at <= end; at += 1) {
      const token = tokens[at];
      if (token?.kind !== 'text') continue;
      const alias = tokens[at - 1];
      const own = alias?.kind === 'name' && alias.value !== 'import' ? alias.value : lastName(token.value);
      imports.set(own, token.value);
    }
    index = Math.max(index, end);
    start = index + 1;
  }
  return { imports, start };
}

/** The name that a package most likely has: `github.com/acme/go-kit/v2` → `go-kit`. */
const lastName = (path: string): string => {
  const names = path.split('/').filter((name) => !/^v\d+$/.test(name));
  return (names.at(-1) ?? path).replace(/\.v\d+$/, '');
};

function functionsIn(tokens: readonly Token[], closing: ReadonlyMap<number, number>): readonly GoFunction[] {
  const found: GoFunction[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'name' && token.value === 'func') {
      const receiver = tokens[index + 1]?.value === '(' ? (closing.get(index + 1) ?? index) : index;
      const name = tokens[receiver + 1]?.value ?? '';
      const generic = tokens[receiver + 2]?.value === '[' ? (closing.get(receiver + 2) ?? receiver + 1) : receiver + 1;
      const list = generic + 1;
      const end = closing.get(list);
      if (tokens[list]?.value !== '(' || end === undefined) continue;
      let body = end + 1;
      while (body < tokens.length && tokens[body]?.value !== '{' && tokens[body]?.value !== ';') {
        const type = tokens[body]?.value;
        const braced = (type === 'struct' || type === 'interface') && tokens[body + 1]?.value === '{';
        body = braced
          ? (closing.get(body + 1) ?? body) + 1
          : tokens[body]?.value === '('
            ? (closing.get(body) ?? body) + 1
            : body + 1;
      }
      const to = closing.get(body);
      if (to === undefined) continue;
      found.push({ name, parameters: parametersIn(tokens, closing, list, end), from: body, to });
      index = to;
    } else if (closing.has(index)) index = closing.get(index) ?? index;
  }
  return found;
}

/** The names of parameters, by position; of a type alone its first word, which is nobody's name. */
function parametersIn(tokens: readonly Token[], closing: ReadonlyMap<number, number>, from: number, to: number) {
  const names: string[] = [];
  for (const [start] of split(tokens, closing, from + 1, to, ',')) names.push(tokens[start]?.value ?? '');
  return names;
}

/** Ranges between separators that stand in no brackets of their own. */
export function split(
  tokens: readonly Token[],
  closing: ReadonlyMap<number, number>,
  from: number,
  to: number,
  separator: string,
): readonly (readonly [from: number, to: number])[] {
  const found: (readonly [number, number])[] = [];
  let start = from;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (closing.has(index)) index = closing.get(index) ?? index;
    else if (token?.kind === 'other' && token.value === separator) {
      found.push([start, index]);
      start = index + 1;
    }
  }
  // the line's end behind a last comma is no item
  const rest = to > start && !(to === start + 1 && tokens[start]?.value === ';');
  return rest ? [...found, [start, to]] : found;
}

/** The names of a chain such as `cfg.Site.Folder` that ends before an index; a `''` in front stands for anything else. */
export function chainBefore({ tokens }: GoSource, end: number): readonly string[] {
  const names: string[] = [];
  let index = end - 1;
  while (index >= 0) {
    const token = tokens[index];
    if (token?.kind !== 'name' || isKeyword(token)) break;
    names.unshift(token.value);
    if (tokens[index - 1]?.value !== '.' || tokens[index - 1]?.kind !== 'other') return names;
    index -= 2;
  }
  return names.length === 0 ? [] : ['', ...names];
}
