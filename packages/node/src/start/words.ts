/** A shell command, as far as it can be understood without a shell. */
export interface ShellSteps {
  /** The words of each command between `&&`. */
  readonly steps: readonly (readonly string[])[];
  /** What only a shell can do, and the characters that ask for it; `undefined` for a plain command. */
  readonly needsShell: { readonly what: string; readonly part: string } | undefined;
}

const operators: Readonly<Record<string, string>> = {
  '|': 'a pipe or an alternative',
  '&': 'a command in the background',
  ';': 'a second command',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a subshell',
  ')': 'a subshell',
  '\n': 'a second line',
  '*': 'a glob',
  '?': 'a glob',
  '[': 'a glob',
  $: 'a variable',
  '`': 'a command substitution',
  '\u0001': 'a control character',
  '\u0002': 'a control character',
};

/** Around a variable that a shell fills in: characters that no text of a project gets into a Dockerfile with. */
const [open, close] = ['\u0001', '\u0002'];

/** `$NAME`, `${NAME}` and `${NAME:-default}`, the variables that are understood. */
const variable = /^\$(?:(\w+)|\{(\w+(?::-[\w./:-]*)?)\})/;

/** Whether a word has a variable in it. */
export const hasVariable = (word: string): boolean => word.includes(open);

/** The word for `sh`, in double quotes, in which only its variables mean anything. */
export const withVariables = (word: string): string =>
  `"${word
    .replace(/[\\"$`]/g, '\\$&')
    .replaceAll(open, '${')
    .replaceAll(close, '}')}"`;

/** Names of the variables in a word that have no default. */
export const variablesOf = (word: string): readonly string[] =>
  [...word.matchAll(new RegExp(`${open}(\\w+)${close}`, 'g'))].flatMap(([, name]) => name ?? []);

/**
 * Splits the text of a script into words, with the quoting of `sh`
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html). Stops at the first thing that needs a
 * shell; with `variables`, those are understood and stay in their words.
 */
export function shellSteps(text: string, variables = false): ShellSteps {
  const steps: string[][] = [];
  let step: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) step.push(word);
    word = undefined;
  };
  const stop = (part: string): ShellSteps => {
    endWord();
    const what = operators[part.charAt(0)] ?? 'an open quote';
    return { steps: [...steps, step], needsShell: { what, part } };
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    const found = variables && char === '$' ? variable.exec(text.slice(index)) : null;
    if (found) {
      word = (word ?? '') + open + (found[1] ?? found[2]) + close;
      index += found[0].length - 1;
      continue;
    }
    if (char === '#' && word === undefined) break; // a comment, to the end of the line
    const isEnd = char === ' ' || char === '\t';
    if (isEnd) endWord();
    else if (text.startsWith('&&', index)) {
      endWord();
      steps.push(step);
      step = [];
      index += 1;
    } else if (char === "'" || char === '"') {
      const quote = readQuoted(text, index, variables);
      if (quote.stop !== undefined) return stop(quote.stop);
      word = (word ?? '') + quote.text;
      index = quote.end;
    } else if (char === '\\') {
      index += 1;
      word = (word ?? '') + text.charAt(index);
    } else if (operators[char] !== undefined) {
      return stop(/^(\|\||\$\{?\w*\}?|.)/s.exec(text.slice(index))?.[0] ?? char);
    } else word = (word ?? '') + char;
  }
  endWord();
  return { steps: [...steps, step].filter((words) => words.length > 0), needsShell: undefined };
}

interface Quoted {
  readonly text: string;
  /** Index of the closing quote. */
  readonly end: number;
  /** What in the quotes needs a shell. */
  readonly stop?: string;
}

/** Nothing means anything in single quotes; in double ones variables and backslashes do. */
function readQuoted(text: string, start: number, variables: boolean): Quoted {
  const quote = text.charAt(start);
  let inner = '';
  for (let index = start + 1; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === quote) return { text: inner, end: index };
    const found = variables && quote === '"' && char === '$' ? variable.exec(text.slice(index)) : null;
    if (found) {
      inner += open + (found[1] ?? found[2]) + close;
      index += found[0].length - 1;
      continue;
    }
    if (quote === '"' && '$`\u0001\u0002'.includes(char)) return { text: inner, end: index, stop: char };
    const escapes = quote === '"' && char === '\\' && '"\\$`'.includes(text.charAt(index + 1) || ' ');
    if (escapes) index += 1;
    inner += text.charAt(index);
  }
  return { text: inner, end: text.length, stop: quote };
}
