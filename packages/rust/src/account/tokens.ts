import type { Code } from '../code.ts';

/** A word of Rust: a text in quotes, a name or number, or one sign. */
export interface Token {
  readonly kind: 'text' | 'name' | 'sign';
  /** A text's content, else the word itself. */
  readonly value: string;
  /** Where it begins in the source. */
  readonly offset: number;
}

/** Comments, raw texts, texts, characters, names and numbers, and signs; what remains is white space. */
const words =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"([\s\S]*?)"\1|[bc]?"((?:[^"\\]|\\[\s\S])*)"|b?'(?:[^'\\\n]|\\(?:[^u\n]|u\{[^}]*\}))'|'?[A-Za-z_]\w*|\d[\w.]*|::|->|=>|\S/g;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** What an escaped text stands for; a line that ends with a backslash goes on after the blanks of the next. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:\n\s*|(.))/g, (_, char: string | undefined) => (char ? (escapes[char] ?? char) : ''));

const read = new WeakMap<Code, readonly Token[]>();

/** Splits a source into its words, without comments; each source once. */
export function tokensOf(code: Code): readonly Token[] {
  const known = read.get(code);
  if (known) return known;
  const tokens: Token[] = [];
  for (const match of code.text.matchAll(words)) {
    const [word, , raw, text] = match;
    if (word.startsWith('//') || word.startsWith('/*')) continue;
    const literal = raw ?? (text === undefined ? undefined : unescaped(text));
    if (literal !== undefined) tokens.push({ kind: 'text', value: literal, offset: match.index });
    else tokens.push({ kind: /^[A-Za-z_]/.test(word) ? 'name' : 'sign', value: word, offset: match.index });
  }
  read.set(code, tokens);
  return tokens;
}

const openers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const closers: ReadonlySet<string> = new Set(Object.values(openers));

/** Whether a word is this very sign. */
export const isSign = (token: Token | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.value === sign;

/** The index of the sign that closes what opens at `start`; the end of the source where none does. */
export function closing(tokens: readonly Token[], start: number): number {
  const known = pairs.get(tokens) ?? pairsIn(tokens);
  pairs.set(tokens, known);
  return known.get(start) ?? (isOpener(tokens[start]) ? tokens.length : start);
}

const isOpener = (token: Token | undefined): boolean => token?.kind === 'sign' && token.value in openers;

/** The closing sign of each opening one; each source once, as functions are asked for from within. */
const pairs = new WeakMap<readonly Token[], ReadonlyMap<number, number>>();

function pairsIn(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isOpener(token)) open.push(index);
    else if (token.kind === 'sign' && closers.has(token.value)) {
      const start = open.pop();
      if (start !== undefined) found.set(start, index);
    }
  }
  return found;
}

/** The ranges of the arguments in the parentheses that open at `start`, each as its first and past its last word. */
export function argumentsAt(tokens: readonly Token[], start: number): readonly (readonly [from: number, to: number])[] {
  const end = closing(tokens, start);
  const ranges: [number, number][] = [];
  let from = start + 1;
  for (let index = from; index < end; index += 1) {
    const token = tokens[index] as Token;
    if (token.kind === 'sign' && token.value in openers) index = closing(tokens, index);
    else if (isSign(token, ',')) {
      ranges.push([from, index]);
      from = index + 1;
    }
  }
  if (from < end) ranges.push([from, end]);
  return ranges;
}

/** The line of a word, from 1. */
export const lineAt = ({ text }: Code, { offset }: Token): number => text.slice(0, offset).split('\n').length;
