import { MsbError } from '../errors.ts';

/**
 * Characters that could end a line or hide one: C0 and C1 controls (NEL among them), line and paragraph separators,
 * the byte order mark, and the marks that reorder text on screen (https://trojansource.codes).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function refuse(what: string, value: string, hint: string): never {
  throw new MsbError('unsafe-value', `${what} can't be written into a Dockerfile: ${JSON.stringify(value)}`, hint);
}

/**
 * A path as it stands, unquoted, in COPY, WORKDIR and `--mount`, where a blank, a quote, `$`, a glob or a comma would
 * mean something. `what` names it in the error (`unsafe-value`).
 */
export function pathWord(value: string, what: string): string {
  const safe = /^[\p{L}\p{N}._/@+~-]+$/u.test(value) && !value.startsWith('-') && !value.startsWith('~');
  if (!safe) refuse(what, value, 'Rename it: letters, digits and . _ - + @ / are safe in every instruction.');
  return value;
}

/** A pattern of `COPY --exclude`: a path that may have `*` and `?` in it. Throws `unsafe-value`. */
export function patternWord(value: string): string {
  if (!/^[\w./@+*?-]+$/.test(value)) refuse('A pattern', value, 'Letters, digits, * ? and . _ - + @ / are safe in it.');
  return value;
}

/** A name of ours, such as a binary's or an image's: a letter or digit, then also `.`, `_`, `-`. */
export function nameWord(value: string, what: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
    refuse(what, value, 'Rename it: letters, digits and . _ - are allowed.');
  }
  return value;
}

/** One word of a shell command (`RUN …`), quoted for `sh` where it needs to be. */
export function shellWord(value: string, what = 'A value'): string {
  printable(value, what);
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** A double-quoted value of ENV or LABEL, in which nothing is expanded. */
export function quoted(value: string, what = 'A value'): string {
  return `"${printable(value, what).replace(/[\\"$]/g, '\\$&')}"`;
}

/** The exec form of ENTRYPOINT and CMD, in which nothing is expanded. */
export function execArray(value: readonly string[]): string {
  const items = value.map((item) => JSON.stringify(printable(item, 'The start command')));
  return `[${items.join(', ')}]`;
}

/** Returns a value that stays on its line; throws `unsafe-value` for any other. */
export function printable(value: string, what: string): string {
  if (unprintable.test(value) || loneSurrogate.test(value)) {
    refuse(what, value, 'Remove the control characters and line breaks from it.');
  }
  return value;
}

/** One line of text for a label or a comment, whatever it was: unprintable characters become blanks. */
export function oneLine(text: string): string {
  const plain = [...text].map((char) => (unprintable.test(char) || loneSurrogate.test(char) ? ' ' : char)).join('');
  return plain.replace(/\s+/g, ' ').trim();
}
