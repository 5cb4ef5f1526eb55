import type { Dockerfile, Instruction } from './parse.ts';
import { rawWords } from './words.ts';

/** Variables by name; one that is declared but has no value is `undefined`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The value of `ARG NAME=value`, without the quotes around it. */
const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2');

/** What one ARG declares: several names are allowed, each with a default or without. */
export const declared = ({ args }: Instruction): Variables =>
  Object.fromEntries(
    rawWords(args).map((word) => {
      const at = word.indexOf('=');
      return at < 0 ? [word, undefined] : [word.slice(0, at), unquoted(word.slice(at + 1))];
    }),
  );

/**
 * Arguments that BuildKit declares for every FROM
 * (https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope); their values are those of
 * the machine, so that they stay open.
 */
export const automatic: readonly string[] = ['TARGET', 'BUILD'].flatMap((side) =>
  ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((part) => `${side}${part}`),
);

/** The ARGs before the first FROM, with their defaults: what FROM can refer to. */
export const globalArgs = ({ preamble }: Dockerfile): Variables =>
  Object.assign({}, ...preamble.filter(({ keyword }) => keyword === 'ARG').map(declared));

const reference = /\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g;

/** The names that a text refers to as `$NAME`, `${NAME}` or `${NAME:-default}`, and whether each brings a default. */
export const references = (text: string): readonly { readonly name: string; readonly hasDefault: boolean }[] =>
  [...text.matchAll(reference)].map(([, plain, braced, operator]) => ({
    name: plain ?? braced ?? '',
    hasDefault: operator !== undefined,
  }));

/** Puts values in the place of variables; one that has none stays as it is written, `$` included. */
export const expand = (text: string, variables: Variables): string =>
  text.replace(reference, (whole: string, plain?: string, braced?: string, operator?: string, other?: string) => {
    const value = variables[plain ?? braced ?? ''];
    if (operator === '+') return value ? (other ?? '') : '';
    return value || (operator === '-' ? (other ?? '') : undefined) || whole;
  });
