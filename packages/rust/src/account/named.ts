import type { Place } from '@msb/core';
import type { Code } from '../code.ts';
import { type Bindings, readBindings } from './bindings.ts';
import { compiles, holdsPaths, type PathCall, pathCalls, speaks } from './calls.ts';
import { Expressions, type PathText } from './expression.ts';
import { argumentsAt, closing, isSign, lineAt, type Token, tokensOf } from './tokens.ts';

/** A path that code names. */
export interface Named extends PathText {
  readonly place: Required<Place>;
  /** What the call that has it does; absent where it only stands there. */
  readonly call?: PathCall;
  /** Whether what stands around it says that it is a path. */
  readonly aPath: boolean;
  /** Whether it is one of several that may be meant. */
  readonly oneOfSeveral?: boolean;
}

/** All paths that a program's sources name, in the order of their files. Paths of macros that read in the build are not among them. */
export function namedPaths(codes: readonly Code[]): readonly Named[] {
  const bindings: Bindings = readBindings(codes);
  const expressions = new Expressions(bindings);
  return codes.flatMap((code) => {
    const known = new Set<number>();
    return [...inCalls(code, expressions, known), ...standing(code, expressions, known)];
  });
}

/** The name of what is called at an opening bracket: `fs::read`, `.join`, `format!`. */
export function calleeAt(tokens: readonly Token[], open: number): string {
  let at = open - 1;
  const macro = isSign(tokens[at], '!') ? '!' : '';
  if (macro) at -= 1;
  // a turbofish: `query_as::<_, User>(…)`
  if (isSign(tokens[at], '>')) {
    while (at > 0 && !isSign(tokens[at], '<')) at -= 1;
    at -= isSign(tokens[at - 1], '::') ? 2 : 1;
  }
  if (tokens[at]?.kind !== 'name') return '';
  let name = tokens[at]?.value ?? '';
  while (isSign(tokens[at - 1], '::') && tokens[at - 2]?.kind === 'name') {
    at -= 2;
    name = `${tokens[at]?.value}::${name}`;
  }
  return `${isSign(tokens[at - 1], '.') ? '.' : ''}${name}${macro}`;
}

/** Paths in the arguments of calls that read or write; `known` gets the brackets of those whose paths are known. */
function* inCalls(code: Code, expressions: Expressions, known: Set<number>): Generator<Named> {
  const tokens = tokensOf(code);
  for (const [index, token] of tokens.entries()) {
    if (!isSign(token, '(')) continue;
    const callee = calleeAt(tokens, index);
    const call = opened(tokens, index, callee) ?? pathCalls.find(({ name }) => name.test(callee));
    if (call === undefined || isDefinition(tokens, index)) continue;
    const ranges = argumentsAt(tokens, index);
    const wanted = call.argument === undefined ? ranges : ranges.slice(call.argument, call.argument + 1);
    for (const [from, to] of wanted) {
      const values = expressions.valuesOf({ code, from, to });
      if (values.length > 0) known.add(index);
      const oneOfSeveral = values.length > 1;
      const place = placeOf(code, literalIn(tokens, from, to));
      for (const value of values) yield { ...value, place, call, aPath: true, oneOfSeveral };
    }
  }
}

const appends: PathCall = { name: /^\.open$/, does: 'write', argument: 0 };
const opens: PathCall = { name: /^\.open$/, does: 'read', argument: 0, must: false };

/** `OpenOptions::new().append(true).open(…)` writes; with `read(true)` alone it reads. */
function opened(tokens: readonly Token[], index: number, callee: string): PathCall | undefined {
  if (callee !== '.open') return undefined;
  const before = tokens.slice(Math.max(0, index - 40), index).map(({ value }) => value);
  const start = Math.max(before.lastIndexOf('OpenOptions'), before.lastIndexOf('options'));
  if (start < 0) return undefined;
  return before.slice(start).some((word) => /^(?:write|append|create|create_new|truncate)$/.test(word))
    ? appends
    : opens;
}

const isDefinition = (tokens: readonly Token[], open: number): boolean => tokens[open - 2]?.value === 'fn';

/** The first literal of an argument, else its first word: where a reader looks for it. */
function literalIn(tokens: readonly Token[], from: number, to: number): Token {
  const literal = tokens.slice(from, to).find(({ kind }) => kind === 'text');
  return literal ?? (tokens[from] as Token);
}

const placeOf = (code: Code, token: Token): Required<Place> => ({ file: code.file, line: lineAt(code, token) });

/** Paths that stand anywhere else: in constants, defaults, arguments of other calls. */
function* standing(code: Code, expressions: Expressions, known: ReadonlySet<number>): Generator<Named> {
  const tokens = tokensOf(code);
  const calls: { readonly callee: string; readonly end: number }[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    while (calls.length > 0 && index >= (calls.at(-1)?.end ?? 0)) calls.pop();
    if (isSign(token, '#') && isSign(tokens[index + 1], '[')) {
      const end = closing(tokens, index + 1);
      yield* defaults(code, index + 2, end);
      index = end;
      continue;
    }
    if (token.kind === 'sign') {
      if (!'([{'.includes(token.value)) continue;
      const callee = calleeAt(tokens, index);
      const end = closing(tokens, index);
      if (known.has(index) || compiles.test(callee)) index = end;
      else calls.push({ callee, end });
      continue;
    }
    if (isSign(tokens[index - 1], '.') || isSign(tokens[index - 1], '::')) continue;
    const callee = calls.at(-1)?.callee ?? '';
    if (!hasTextSoon(tokens, index)) continue;
    const parsed = expressions.parse({ code, from: index, to: tokens.length });
    if (parsed === undefined || parsed.values.length === 0) continue;
    const literal = tokens.slice(index, parsed.next).find(({ kind }) => kind === 'text');
    if (literal === undefined || isCall(tokens, index, parsed.next)) continue;
    if (!speaks.test(callee)) {
      const aPath = parsed.next - index > 1 || holdsPaths.test(callee) || holdsPaths.test(statement(tokens, index));
      for (const value of parsed.values) yield { ...value, place: placeOf(code, literal), aPath };
    }
    index = parsed.next - 1;
  }
}

/** Whether a text follows before the statement ends: an expression without one names nothing. */
function hasTextSoon(tokens: readonly Token[], index: number): boolean {
  for (let at = index; at < Math.min(index + 40, tokens.length); at += 1) {
    const { kind, value } = tokens[at] as Token;
    if (kind === 'text') return true;
    if (kind === 'sign' && (value === ';' || value === '{' || value === '}')) return false;
  }
  return false;
}

/** Whether an expression is a call or a macro whose arguments are yet to be looked at. */
function isCall(tokens: readonly Token[], index: number, next: number): boolean {
  const plain = tokens[index]?.kind === 'name' && /^(?:vec|Some|Ok)$/.test(tokens[index]?.value ?? '');
  return plain && next > index + 1;
}

/** The names around a word, from the begin of its statement. */
function statement(tokens: readonly Token[], index: number): string {
  const names: string[] = [];
  for (let at = index - 1; at >= 0 && names.length < 16; at -= 1) {
    const { kind, value } = tokens[at] as Token;
    if (kind === 'sign' && (value === ';' || value === '}')) break;
    if (kind === 'sign' && value === '{' && !names.includes('fn')) {
      // the head of a function whose last expression this is
      const head = tokens.slice(Math.max(0, at - 12), at).map((token) => token.value);
      const fn = head.lastIndexOf('fn');
      if (fn >= 0 && !head.slice(fn).includes('{')) names.push(head[fn + 1] ?? '');
      break;
    }
    if (kind !== 'sign') names.push(value);
  }
  return names.join('::');
}

/** Defaults in attributes: `#[arg(default_value = "config.toml")]`. */
function* defaults(code: Code, from: number, to: number): Generator<Named> {
  const tokens = tokensOf(code);
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    if (token.kind !== 'text') continue;
    const before = tokens.slice(Math.max(from, index - 3), index).map(({ value }) => value);
    if (!before.some((word) => /^(?:default_value\w*|default)$/.test(word))) continue;
    if (before.includes('serde')) continue;
    yield { base: 'working', text: token.value, place: placeOf(code, token), aPath: true };
  }
}
