import type { Code } from '../code.ts';
import { closing, isSign, type Token, tokensOf } from './tokens.ts';

/** Words of a source: from the first, and past the last. */
export interface Range {
  readonly code: Code;
  readonly from: number;
  readonly to: number;
}

/** What names of a program stand for: constants, variables, fields and functions without parameters. */
export interface Bindings {
  /** The expressions that a name may stand for, those of the same file where it has any. */
  of(name: string, code: Code): readonly Range[];
}

const none: readonly Binding[] = [];

/** Collects them from all sources of a program. A name that several have stands for all that they say. */
export function readBindings(codes: readonly Code[]): Bindings {
  const all = new Map<string, Binding[]>();
  for (const code of codes) {
    for (const found of bindingsIn(code)) all.set(found.name, [...(all.get(found.name) ?? []), found]);
  }
  return {
    of(name, code) {
      const found = all.get(name) ?? none;
      const here = found.filter((range) => range.code === code);
      return here.length > 0 ? here : found.filter(({ local }) => !local);
    },
  };
}

interface Binding extends Range {
  readonly name: string;
  /** Whether other files do not see it. */
  readonly local: boolean;
}

function* bindingsIn(code: Code): Generator<Binding> {
  const tokens = tokensOf(code);
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    const found = bound(tokens, index);
    if (found) yield { ...found, code, local: ['let', 'for'].includes(token.value) };
  }
}

interface Bound {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What the word at an index binds, if it is one that does. */
function bound(tokens: readonly Token[], index: number): Bound | undefined {
  const word = tokens[index]?.value ?? '';
  if (word === 'const' || word === 'static' || word === 'let') return declared(tokens, index);
  if (word === 'fn') return plainFunction(tokens, index);
  if (word === 'for') return looped(tokens, index);
  // a field of a struct that is made here: `content_path: PathBuf::from("./content"),`
  const before = tokens[index - 1];
  if (!isSign(tokens[index + 1], ':') || !(isSign(before, '{') || isSign(before, ','))) return undefined;
  return { name: word, from: index + 2, to: end(tokens, index + 2, [',', '}', ';']) };
}

/** `const X: &str = …;`, `let mut x = …;`, and `static ref X: String = …;` of lazy_static. */
function declared(tokens: readonly Token[], index: number): Bound | undefined {
  let at = index + 1;
  while (['mut', 'ref'].includes(tokens[at]?.value ?? '')) at += 1;
  const name = tokens[at];
  if (name?.kind !== 'name') return undefined;
  const equals = end(tokens, at + 1, ['=', ';', '{', '(']);
  if (!isSign(tokens[equals], '=')) return undefined;
  return { name: name.value, from: equals + 1, to: end(tokens, equals + 1, [';']) };
}

/** `fn templates() -> PathBuf { … }`; one with parameters says another thing at each call. */
function plainFunction(tokens: readonly Token[], index: number): Bound | undefined {
  const name = tokens[index + 1];
  if (name?.kind !== 'name' || !isSign(tokens[index + 2], '(') || !isSign(tokens[index + 3], ')')) return undefined;
  const open = end(tokens, index + 4, ['{', ';']);
  if (!isSign(tokens[open], '{')) return undefined;
  const close = closing(tokens, open);
  return close - open > 40 ? undefined : { name: name.value, from: open + 1, to: close };
}

/** `for dir in ["letters", "poems"] { … }` */
function looped(tokens: readonly Token[], index: number): Bound | undefined {
  const name = tokens[index + 1];
  if (name?.kind !== 'name' || tokens[index + 2]?.value !== 'in') return undefined;
  return { name: name.value, from: index + 3, to: end(tokens, index + 3, ['{']) };
}

/** The next of some signs that is not inside of brackets. */
function end(tokens: readonly Token[], from: number, signs: readonly string[]): number {
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    if (token.kind !== 'sign') continue;
    if (signs.includes(token.value)) return index;
    if ('([{'.includes(token.value)) index = closing(tokens, index);
    else if (')]}'.includes(token.value)) return index;
  }
  return tokens.length;
}
