/** Stands in a word for the port, which is known once all options are. */
export const portMark = '\u0001';

/** A command as a person writes it, split into words. */
export interface Command {
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  /** Commands before it, behind which `&&` or `;` stands. */
  readonly before: readonly string[];
  /** What only a shell can do. */
  readonly needsShell: string | undefined;
  /** The port that it takes where the variable is not set. */
  readonly port: number | undefined;
}

const portVariable = /\$(?:PORT\b|\{PORT(?::?-(\d+))?\})/g;

/**
 * Splits a command, with the quoting of `sh`
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html); `$PORT` is understood, as no shell will.
 */
export function readCommand(text: string): Command {
  const port = [...text.matchAll(portVariable)].flatMap(([, digits]) =>
    digits === undefined ? [] : [Number(digits)],
  )[0];
  const plain = text.replaceAll(portMark, '').replace(portVariable, portMark);
  const steps = stepsOf(plain);
  const last = steps.at(-1) ?? '';
  const { words, needsShell } = split(last);
  const moves = steps.slice(0, -1).some((step) => /^(?:cd|export|source|\.)\s/.test(step));
  const env: Record<string, string> = {};
  let start = 0;
  for (; start < words.length; start += 1) {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[start] ?? '') ?? [];
    if (name === undefined) break;
    env[name] = value;
  }
  if (words[start] === 'exec') start += 1;
  return {
    env,
    words: words.slice(start),
    before: steps.slice(0, -1),
    needsShell: moves ? (steps[0]?.split(' ')[0] ?? needsShell) : needsShell,
    port,
  };
}

/** The commands of `one && two; three`; what stands in quotes is no end of one. */
function stepsOf(text: string): readonly string[] {
  const quoted = /'[^']*'|"[^"]*"/g;
  if (/['"]/.test(text.replace(quoted, ''))) return [text];
  const steps = text.match(/(?:'[^']*'|"[^"]*"|\\.|[^'"\\;&]|(?<!&)&(?!&))+/g) ?? [text];
  return steps.map((step) => step.trim()).filter((step) => step !== '');
}

function split(text: string): { readonly words: readonly string[]; readonly needsShell: string | undefined } {
  const words: string[] = [];
  let word: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === "'" || char === '"') {
      const end = text.indexOf(char, index + 1);
      const inner = end < 0 ? text.slice(index + 1) : text.slice(index + 1, end);
      const [special] = char === '"' ? (/[$`]/.exec(inner) ?? []) : [];
      if (end < 0 || special !== undefined) return { words, needsShell: special ?? 'an open quote' };
      word = (word ?? '') + inner;
      index = end;
    } else if (char === '\\') {
      index += 1;
      word = (word ?? '') + text.charAt(index);
    } else {
      const [special] = /^(?:\$\{?\w*\}?|[|&;<>()`*?\n])/.exec(text.slice(index)) ?? [];
      if (special !== undefined) return { words, needsShell: special };
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return { words, needsShell: undefined };
}

/** Commands that run another in the environment of a project, which the image has on its own. */
const wrappers: readonly (readonly string[])[] = [
  ['uv', 'run'],
  ['poetry', 'run'],
  ['pdm', 'run'],
  ['pipenv', 'run'],
  ['hatch', 'run'],
];

/** `uv run --no-sync uvicorn shop:app` → `uvicorn shop:app`. */
export function unwrapped(words: readonly string[]): readonly string[] {
  const found = wrappers.find((wrapper) => wrapper.every((word, index) => words[index] === word));
  if (found === undefined) return words;
  const rest = words.slice(found.length);
  const first = rest.findIndex((word) => !word.startsWith('-'));
  return first < 0 ? [] : rest.slice(first);
}
