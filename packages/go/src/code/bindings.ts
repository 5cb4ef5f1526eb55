import { type Call, callAt, calleeOf } from './calls.ts';
import { type GoSource, type Range, split } from './source.ts';
import { isKeyword } from './tokens.ts';

/** What a name stands for: words that say so, or a text that is known. */
export type Binding = Range | { readonly text: string };

/** Names of a program and what is assigned to them, by a key. */
export type Bindings = Map<string, Binding[]>;

/** The function that an index lies in; `undefined` at the top of a file. */
export const functionAt = ({ functions }: GoSource, index: number): number | undefined => {
  const found = functions.findIndex(({ from, to }) => index >= from && index <= to);
  return found < 0 ? undefined : found;
};

/** The keys under which a chain of names may be bound, the nearest first. */
export function keysOfChain(source: GoSource, chain: readonly string[], at: number): readonly string[] {
  const [first = '', second] = chain;
  if (chain.length > 1) {
    const field = `.${chain.at(-1)}`;
    return chain.length === 2 && source.imports.has(first) ? [`${source.imports.get(first)}:${second}`] : [field];
  }
  const inside = functionAt(source, at);
  return [...(inside === undefined ? [] : [`${source.file}#${inside}:${first}`]), `${source.folder}:${first}`];
}

/** Adds all that the words of a source assign. */
export function bindAll(source: GoSource, bindings: Bindings): void {
  const { tokens } = source;
  for (let index = source.start; index < tokens.length; index += 1) {
    const { kind, value } = tokens[index] ?? { kind: 'other', value: '' };
    if (kind === 'other' && (value === '=' || value === ':=')) bindAssignment(source, index, bindings);
    else if (kind === 'other' && value === ':') bindField(source, index, bindings);
    else if (kind === 'name' && value === 'return') bindResult(source, index, bindings);
    else if (kind === 'text') bindTag(source, index, bindings);
    else if (kind === 'other' && value === '(') {
      const call = callAt(source, index);
      if (call) bindCall(call, bindings);
    }
  }
}

function add(bindings: Bindings, key: string | undefined, binding: Binding | undefined): void {
  if (key === undefined || binding === undefined) return;
  const known = bindings.get(key);
  if (known === undefined) bindings.set(key, [binding]);
  else if (known.length < 24) known.push(binding);
}

/** Where the statement ends that an expression at an index is part of, or the brackets around it. */
function endOf({ tokens, closing }: GoSource, from: number): number {
  let index = from;
  while (index < tokens.length) {
    const { kind, value } = tokens[index] ?? { kind: 'other', value: ';' };
    if (kind === 'other' && /^[;)\]}]$/.test(value)) return index;
    index = (closing.get(index) ?? index) + 1;
  }
  return index;
}

/** Where the statement starts that an index lies in. */
function startOf({ tokens }: GoSource, end: number): number {
  let index = end - 1;
  while (index >= 0 && index > end - 60) {
    const token = tokens[index];
    if (token?.kind === 'other' && /^[;{}(:]$/.test(token.value)) break;
    if (token !== undefined && isKeyword(token) && !/^(map|chan|func|interface|struct)$/.test(token.value)) break;
    index -= 1;
  }
  return index + 1;
}

/** The chain of names that a range starts with, without a `*` or `&` in front. */
export function leadingChain({ tokens }: GoSource, from: number): readonly string[] {
  let index = /^[*&]$/.test(tokens[from]?.value ?? '') ? from + 1 : from;
  const names: string[] = [];
  while (tokens[index]?.kind === 'name') {
    names.push(tokens[index]?.value ?? '');
    if (tokens[index + 1]?.value !== '.') break;
    index += 2;
  }
  return names;
}

function bindAssignment(source: GoSource, at: number, bindings: Bindings): void {
  const { tokens, closing } = source;
  const targets = split(tokens, closing, startOf(source, at), at, ',').map(([from]) => leadingChain(source, from));
  const from = at + 1;
  const bind = (target: readonly string[] | undefined, range: Range): void => {
    if (target === undefined || target.length === 0 || target[0] === '_') return;
    const keys = keysOfChain(source, target, at);
    add(bindings, keys[0], range);
  };
  if (tokens[from]?.value === 'range') {
    const range = { source, from: from + 1, to: endOfRange(source, from + 1) };
    for (const target of targets) bind(target, range);
    return;
  }
  const values = split(tokens, closing, from, endOf(source, from), ',');
  const caller = /^Callers?$/.test(tokens[from + 2]?.value ?? '') && tokens[from]?.value === 'runtime';
  for (const [index, target] of targets.entries()) {
    const value = values.length === targets.length ? values[index] : index === (caller ? 1 : 0) ? values[0] : undefined;
    if (value) bind(target, { source, from: value[0], to: value[1] });
  }
}

/** Where the list behind `range` ends: before the loop's body. */
function endOfRange({ tokens, closing }: GoSource, from: number): number {
  const literal = /^(\[|map)$/.test(tokens[from]?.value ?? '');
  for (let index = from; index < tokens.length; index += 1) {
    if (tokens[index]?.value === '{') return literal ? (closing.get(index) ?? index) + 1 : index;
    if (tokens[index]?.value === ';') return index;
    if (tokens[index]?.value !== '{') index = closing.get(index) ?? index;
  }
  return from;
}

/** `Folder: "static"` of a composite literal. */
function bindField(source: GoSource, at: number, bindings: Bindings): void {
  const { tokens, closing } = source;
  const name = tokens[at - 1];
  if (!/^[{,]$/.test(tokens[at - 2]?.value ?? '') || name === undefined) return;
  const [value] = split(tokens, closing, at + 1, endOf(source, at + 1), ',');
  if (value && name.kind === 'name') add(bindings, `.${name.value}`, { source, from: value[0], to: value[1] });
}

function bindResult(source: GoSource, at: number, bindings: Bindings): void {
  const inside = functionAt(source, at);
  const name = inside === undefined ? undefined : source.functions[inside]?.name;
  const [value] = split(source.tokens, source.closing, at + 1, endOf(source, at + 1), ',');
  if (name && value) add(bindings, `${source.folder}:${name}()`, { source, from: value[0], to: value[1] });
}

/** Defaults in the tags of struct fields: kong, kelseyhightower's and caarlos0's env, cleanenv, urfave's and go-arg's. */
const tagDefault = /\b(?:default|envDefault|env-default):"([^"]*)"/;

function bindTag(source: GoSource, at: number, bindings: Bindings): void {
  const [, text] = tagDefault.exec(source.tokens[at]?.value ?? '') ?? [];
  if (text === undefined) return;
  const field = source.tokens[startOf(source, at)];
  if (field?.kind === 'name') add(bindings, `.${field.value}`, { text });
}

/** What a call assigns: a flag's default to its variable, a setting's to its key. */
function bindCall(call: Call, bindings: Bindings): void {
  const { source, args } = call;
  const { name } = calleeOf(call);
  const literal = (index: number): string | undefined => {
    const range = args[index];
    const token = range && range.to === range.from + 1 ? source.tokens[range.from] : undefined;
    return token?.kind === 'text' ? token.value : undefined;
  };
  const [first] = args;
  if (first && /VarP?F?$/.test(name) && source.tokens[first.from]?.value === '&') {
    const target = leadingChain(source, first.from);
    const [key] = target.length > 0 ? keysOfChain(source, target, call.at) : [];
    const value =
      args.length === 1 ? { source, from: first.from - 1, to: first.from - 1 } : args[name.endsWith('P') ? 3 : 2];
    // kingpin: Flag("x", "").Default("y").StringVar(&z) has its default in the chain in front
    add(bindings, key, args.length === 1 ? defaultBefore(call) : value);
    const flag = literal(1);
    if (flag !== undefined && args.length > 1) add(bindings, `setting:${flag}`, value);
  } else if (name === 'SetDefault') add(bindings, `setting:${literal(0)?.toLowerCase()}`, args[1]);
  else if (/^(String|Path|StringSlice)P?$/.test(name) && args.length >= 3) {
    const flag = literal(0);
    if (flag !== undefined) add(bindings, `setting:${flag.toLowerCase()}`, args[name.endsWith('P') ? 2 : 1]);
  }
}

/** The argument of `.Default(…)` in the chain of calls that ends in this one. */
export function defaultBefore({ source, at }: Pick<Call, 'source' | 'at'>): Range | undefined {
  const { tokens, closing } = source;
  for (let index = at - 1; index > 0 && index > at - 120; index -= 1) {
    const token = tokens[index];
    if (token?.kind === 'name' && token.value === 'Default' && tokens[index + 1]?.value === '(') {
      const to = closing.get(index + 1) ?? index;
      return to <= at ? { source, from: index + 2, to } : undefined;
    }
    if (token?.value === ';' || token?.value === '{' || token?.value === '}') return undefined;
  }
  return undefined;
}
