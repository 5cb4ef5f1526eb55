import { posix } from 'node:path';
import { type Binding, defaultBefore, functionAt, keysOfChain } from './bindings.ts';
import { type Call, callAt, calleeOf } from './calls.ts';
import type { Code } from './program.ts';
import { chainBefore, type GoSource, type Range, split } from './source.ts';

/** What stands for a part of a text that only a run knows. */
export const unknown = '\u0003';
/** A text with a star for each part that only a run knows. */
export const asGlob = (text: string): string => text.replaceAll(unknown, '*');
/** In front of a path: the folder of the program's own file. */
export const programFolder = '\u0001';
/** In front of a path: that of a source file, as the compiler was told it. */
export const sourceFolder = '\u0002';

/** How many values one expression is followed to, and how far. */
const most = 12;
const deepest = 40;

/** The texts that an expression may stand for; none where nothing is known of it. Each is followed once. */
export function valuesOf(code: Code, range: Range, depth = 0): readonly string[] {
  if (depth > deepest || range.to <= range.from) return [];
  const known = code.values.get(range.source) ?? new Map<number, readonly string[]>();
  code.values.set(range.source, known);
  const key = range.from * 2 ** 24 + range.to;
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, []); // until it is known: what leads back to itself stands for nothing
  const found = evaluate(code, range, depth);
  known.set(key, found);
  return found;
}

function evaluate(code: Code, range: Range, depth: number): readonly string[] {
  const { source } = range;
  const { tokens, closing } = source;
  let { from, to } = range;
  while (from < to && /^[&*]$/.test(tokens[from]?.value ?? '') && tokens[from]?.kind === 'other') from += 1;
  // a list handed on whole: `files...`
  while (/^(?:;|\.\.\.)$/.test(tokens[to - 1]?.value ?? '') && tokens[to - 1]?.kind === 'other') to -= 1;
  const parts = split(tokens, closing, from, to, '+');
  if (parts.length > 1) {
    return product(
      parts.map(([start, end]) => valuesOf(code, { source, from: start, to: end }, depth + 1)),
      (texts) => texts.join(''),
    );
  }
  const first = tokens[from];
  if (first?.kind === 'text' && to === from + 1) return [first.value];
  if (first?.value === '(' && closing.get(from) === to - 1) {
    return valuesOf(code, { source, from: from + 1, to: to - 1 }, depth + 1);
  }
  if (tokens[to - 1]?.value === '}') return listed(code, { source, from, to }, depth);
  if (tokens[to - 1]?.value === ')') {
    const call = lastCall(source, from, to);
    return call ? called(code, call, depth) : [];
  }
  const index = indexed(source, from, to);
  const chain = chainBefore(source, index);
  const whole = chain.length * 2 - 1 === index - from;
  return whole ? lookup(code, source, chain, from, depth) : [];
}

/** The end of the name in `names[0]`; that of the range where there is no index. */
function indexed({ tokens, closing }: GoSource, from: number, to: number): number {
  if (tokens[to - 1]?.value !== ']') return to;
  for (let index = from; index < to; index += 1) {
    if (tokens[index]?.value === '[' && closing.get(index) === to - 1) return index;
  }
  return to;
}

/** The call that ends an expression. */
function lastCall(source: GoSource, from: number, to: number): Call | undefined {
  for (let index = from; index < to; index += 1) {
    if (source.closing.get(index) === to - 1) return callAt(source, index);
    index = source.closing.get(index) ?? index;
  }
  return undefined;
}

const known = (values: Iterable<string>): readonly string[] => [...new Set(values)].slice(0, most);

/** Every combination of the parts' values; a part that is not known stands for any text. */
function product(parts: readonly (readonly string[])[], make: (texts: readonly string[]) => string): readonly string[] {
  if (parts.every((values) => values.length === 0)) return [];
  let rows: readonly (readonly string[])[] = [[]];
  for (const values of parts) {
    const options = values.length === 0 ? [unknown] : values;
    rows = rows.flatMap((row) => options.map((value) => [...row, value])).slice(0, most);
  }
  return known(rows.map(make));
}

/** The items of a list, and the keys and values of a map. */
function listed(code: Code, { source, from, to }: Range, depth: number): readonly string[] {
  const { tokens, closing } = source;
  let open = from;
  while (open < to && !(tokens[open]?.value === '{' && closing.get(open) === to - 1)) open += 1;
  const items = split(tokens, closing, open + 1, to - 1, ',').slice(0, 64);
  const values = items.flatMap(([start, end]) =>
    split(tokens, closing, start, end, ':').flatMap(([a, b]) => valuesOf(code, { source, from: a, to: b }, depth + 1)),
  );
  return [...new Set(values)];
}

/** Calls whose value is that of an argument. */
const passing =
  /^(?:filepath\.(?:Abs|Clean|FromSlash|ToSlash|EvalSymlinks)|path\.Clean|strings\.Trim\w*|os\.ExpandEnv|string|\w*[mM]ust\w*|http\.Dir|iris\.Dir|os\.DirFS|http\.FS|filepath\.Glob|os\.ReadDir|NoError|url\.PathEscape)$/;

function called(code: Code, call: Call, depth: number): readonly string[] {
  const { name, full } = calleeOf(call);
  const at = (index: number): readonly string[] => {
    const range = call.args[index];
    return range ? valuesOf(code, range, depth + 1) : [];
  };
  if (full === 'filepath.Join' || full === 'path.Join') {
    return product(
      call.args.map((_, index) => at(index)),
      (texts) => texts.filter((text) => text !== '').join('/'),
    );
  }
  if (full === 'fmt.Sprintf') return formatted(call.args.map((_, index) => at(index)));
  if (full === 'filepath.Dir' || full === 'path.Dir') return known(at(0).map((path) => posix.dirname(path)));
  if (full === 'os.Getwd') return ['.'];
  if (full === 'os.Executable') return [`${programFolder}/program`];
  if (full === 'runtime.Caller') return [`${sourceFolder}/${call.source.file}`];
  if (passing.test(full) || passing.test(name)) return at(0);
  if (full === 'cmp.Or' || name === 'append' || /^(?:Coalesce|FirstNonEmpty|firstNonEmpty)\w*$/.test(name)) {
    return known(call.args.flatMap((_, index) => at(index)));
  }
  if (/[eE]nv|ENV/.test(name) && call.args.length > 1) return at(call.args.length - 1);
  if (/^(?:String|Path)P?$/.test(name) && call.args.length > 2) return at(name.endsWith('P') ? 2 : 1);
  const fallback = defaultBefore(call);
  if (fallback !== undefined) return valuesOf(code, fallback, depth + 1);
  if (/^(?:Get)?String$/.test(name) && call.args.length === 1) {
    return known(at(0).flatMap((key) => bound(code, [`setting:${key.toLowerCase()}`], depth)));
  }
  return bound(
    code,
    keysOfChain(call.source, call.chain, call.at).map((key) => `${folderKey(code, key)}()`),
    depth,
  );
}

/** A text with its verbs replaced (https://pkg.go.dev/fmt). */
const formatted = ([formats = [], ...args]: readonly (readonly string[])[]): readonly string[] =>
  formats.length === 0
    ? []
    : product(
        args.length === 0 ? [['']] : args.map((values) => (values.length === 0 ? [unknown] : values)),
        (texts) => {
          let next = 0;
          return (formats[0] ?? '').replace(/%(?:%|[-+# 0]*[\d.*]*[a-zA-Z])/g, (verb) =>
            verb === '%%' ? '%' : (texts[next++] ?? unknown),
          );
        },
      );

/** A key of another package of the project's, as that package itself writes it. */
function folderKey(code: Code, key: string): string {
  const colon = key.lastIndexOf(':');
  const folder = key.includes('#') || key.startsWith('.') ? undefined : code.folderOf(key.slice(0, colon));
  return folder === undefined ? key : `${folder}${key.slice(colon)}`;
}

/** What is bound to the first of some keys that anything is bound to. */
function bound(code: Code, keys: readonly string[], depth: number): readonly string[] {
  for (const key of keys) {
    const all = code.bindings.get(key);
    if (all !== undefined) return known(all.flatMap((item) => valueOfBinding(code, item, depth)));
  }
  return [];
}

const valueOfBinding = (code: Code, item: Binding, depth: number): readonly string[] =>
  'text' in item ? [item.text] : valuesOf(code, item, depth + 1);

function lookup(code: Code, source: GoSource, chain: readonly string[], at: number, depth: number): readonly string[] {
  if (chain.join('.') === 'os.Args') return [`${programFolder}/program`];
  const parameter = chain.length === 1 ? argumentsOf(code, source, chain[0] ?? '', at, depth) : [];
  const keys = keysOfChain(source, chain, at).map((key) => folderKey(code, key));
  return known([...parameter, ...bound(code, keys, depth)]);
}

/** What the calls of a function hand to one of its parameters. */
function argumentsOf(code: Code, source: GoSource, name: string, at: number, depth: number): readonly string[] {
  const inside = functionAt(source, at);
  const owner = inside === undefined ? undefined : source.functions[inside];
  const position = owner?.parameters.indexOf(name) ?? -1;
  if (owner === undefined || position < 0) return [];
  const calls = (code.callsOf.get(owner.name) ?? []).filter((call) => mayCall(code, call, source.folder)).slice(0, 64);
  return calls.flatMap(({ args }) => {
    const rest = position === owner.parameters.length - 1 ? args.slice(position) : args.slice(position, position + 1);
    return rest.flatMap((range) => valuesOf(code, range, depth + 1));
  });
}

/** Whether a call may be of a function or method of a package. */
function mayCall(code: Code, { chain, source }: Call, folder: string): boolean {
  const [first = ''] = chain;
  if (chain.length === 1) return source.folder === folder;
  const path = chain.length === 2 ? source.imports.get(first) : undefined;
  return path === undefined || code.folderOf(path) === folder;
}
