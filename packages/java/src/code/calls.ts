/** A call in a text of code, as it is spelled. */
export interface Call {
  /** What is called: `Files.write`, `new File`, `File`. */
  readonly name: string;
  readonly args: readonly string[];
  /** Where the name begins, and where the closing parenthesis is. */
  readonly start: number;
  readonly end: number;
}

/** All calls of functions, methods and constructors whose names match, in their order. `names` is without groups. */
export function callsIn(text: string, names: RegExp): readonly Call[] {
  const all = new RegExp(String.raw`(?<![\w.$])(?:${names.source})\s*(?:<[\w.,\s?]*>\s*)?\(`, 'g');
  return [...text.matchAll(all)].map((match) => {
    const open = match.index + match[0].length;
    const end = closingOf(text, open);
    return {
      name: match[0].replace(/\s*(<[^(]*>)?\s*\($/, '').replace(/\s+/g, ' '),
      args: split(text.slice(open, end), ',').map((arg) => arg.trim()),
      start: match.index,
      end,
    };
  });
}

/** Where the parenthesis that was opened before `from` is closed. */
export function closingOf(text: string, from: number): number {
  let depth = 1;
  for (const { index, text: token } of punctuation(text, from)) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token) && --depth === 0) return index;
  }
  return text.length;
}

/** The parts of an expression between separators that stand in no parentheses and in no string. */
export function split(text: string, separator: ',' | '+'): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (const { index, text: token } of punctuation(text, 0)) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    else if (token === separator && depth === 0) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  const last = text.slice(from);
  return parts.length === 0 && last.trim() === '' ? [] : [...parts, last];
}

/** Parentheses, commas and plus signs outside of strings. */
function* punctuation(text: string, from: number): Generator<{ readonly index: number; readonly text: string }> {
  const tokens = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()[\]{},+]/g;
  tokens.lastIndex = from;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    if (match[0].length === 1) yield { index: match.index, text: match[0] };
  }
}

/** The call that has a place among its arguments, and which of them it is in. */
export interface Enclosing {
  /** `Files.write`, `new FileWriter`. */
  readonly name: string;
  /** From 0. */
  readonly argument: number;
}

/** The innermost call that has the place `at` among its arguments. */
export function enclosing(text: string, at: number): Enclosing | undefined {
  let [depth, argument] = [0, 0];
  for (let index = at - 1; index >= Math.max(0, at - 400); index--) {
    const letter = text[index];
    if (letter === ')') depth++;
    else if (letter === ';' || letter === '{' || letter === '}') return undefined;
    else if (letter === ',' && depth === 0) argument++;
    else if (letter === '(' && depth-- === 0) {
      const before = text.slice(Math.max(0, index - 80), index);
      const name = /((?:new\s+)?@?[\w.]+)\s*(?:<[\w.,\s?]*>)?\s*$/.exec(before)?.[1];
      return name === undefined ? undefined : { name: name.replace(/\s+/g, ' '), argument };
    }
  }
  return undefined;
}
