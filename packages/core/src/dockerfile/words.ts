import type { Flag, Instruction } from './parse.ts';

/** What blanks separate; a quoted or escaped blank separates nothing. Quotes and backslashes stay where they are. */
export const rawWords = (text: string): readonly string[] =>
  text.match(/(?:[^\s'"\\]|\\[\s\S]?|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?)+/g) ?? [];

/**
 * The here-documents that a line starts: the line that ends each, and whether tabs in front of it count. As in BuildKit
 * `<<` must begin a word, and the rest of that word is the name, `;` included.
 */
export function heredocMarks(text: string): readonly { readonly end: string; readonly tabs: boolean }[] {
  return rawWords(text).flatMap((word) => {
    const [, dash, name] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    return name === undefined ? [] : [{ end: name.replace(/["']/g, ''), tabs: dash === '-' }];
  });
}

/** The names that ENV or ARG sets: `A=1 B="x y"`, `ARG A B`, or the old form `ENV A any text`. */
export function assignedNames({ keyword, args }: Instruction): readonly string[] {
  const pairs = rawWords(args);
  const old = keyword === 'ENV' && pairs[0]?.includes('=') === false;
  return (old ? pairs.slice(0, 1) : pairs).map((pair) => pair.replace(/=[\s\S]*/, ''));
}

/** The words of an instruction's arguments: a JSON array's items, or what blanks separate. */
export function words(instruction: Instruction): readonly string[] {
  return execForm(instruction) ?? instruction.args.split(/\s+/).filter((word) => word !== '');
}

/** The items of the JSON form; `undefined` when the instruction is in shell form. */
export function execForm(instruction: Instruction): readonly string[] | undefined {
  if (!instruction.args.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(instruction.args);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined; // BuildKit, too, reads a malformed array as shell form
  }
}

/** The fields of a `--mount` flag: `type=bind,source=a` → `{ type: 'bind', source: 'a' }`; aliases are spelled out. */
export function mountFields(flag: Flag): Readonly<Record<string, string>> {
  const aliases: Readonly<Record<string, string>> = { src: 'source', dst: 'target', destination: 'target' };
  const fields = flag.value.split(',').map((field): [string, string] => {
    const [key = '', ...value] = field.split('=');
    return [aliases[key] ?? key, value.join('=')];
  });
  return { type: 'bind', ...Object.fromEntries(fields) };
}
