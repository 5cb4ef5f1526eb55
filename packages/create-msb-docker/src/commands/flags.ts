import { MsbError } from '@msb/core';
import type { Flag } from '../flags.ts';
import { parse } from '../parse.ts';

/** A flag of a command; `many` may be given more than once, and the value of `anyValue` may begin with a dash. */
export interface CommandFlag extends Flag {
  readonly many?: boolean;
  readonly anyValue?: boolean;
}

/** A command's words, read. */
export interface Words {
  readonly paths: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
  has(name: string): boolean;
  text(name: string): string | undefined;
  all(name: string): readonly string[];
  /** A whole number of at least 0. Throws `bad-option`. */
  number(name: string): number | undefined;
}

/** The flags that every command has. */
export const commonFlags: readonly CommandFlag[] = [
  { name: 'json', about: 'print one JSON object instead of text' },
  { name: 'debug', about: 'show the stack trace of an error' },
  { name: 'help', short: 'h', about: 'print this' },
];

/** Reads the words of a command. Throws `bad-option`. */
export function readWords(args: readonly string[], flags: readonly CommandFlag[]): Words {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const options = Object.fromEntries(
    flags.map(({ name, short, value, many }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short && { short }),
        ...(many && { multiple: true }),
      },
    ]),
  );
  const { values, positionals } = parse(joined(own, flags), options, 'See --help.');
  const all = (name: string): readonly string[] =>
    [values[name] ?? []].flat().filter((value) => typeof value === 'string');
  const text = (name: string): string | undefined => all(name).at(-1);
  return {
    paths: positionals,
    rest: end < 0 ? [] : args.slice(end + 1),
    has: (name) => values[name] === true,
    text,
    all,
    number: (name) => {
      const given = text(name);
      if (given === undefined || /^\d{1,9}$/.test(given)) return given === undefined ? undefined : Number(given);
      throw new MsbError('bad-option', `--${name} must be a whole number`, 'See --help.');
    },
  };
}

/** `--command --version` → `--command=--version`, which no reader takes for two flags. */
function joined(args: readonly string[], flags: readonly CommandFlag[]): readonly string[] {
  const names = flags.filter(({ anyValue }) => anyValue).map(({ name }) => `--${name}`);
  const takes = (index: number): boolean => names.includes(args[index] ?? '') && index + 1 < args.length;
  return args.flatMap((arg, index) => (takes(index - 1) ? [] : [takes(index) ? `${arg}=${args[index + 1]}` : arg]));
}

const row = ({ name, short, value, about }: CommandFlag): string =>
  `  ${`${short ? `-${short}, ` : '    '}--${name}${value ? ` <${value}>` : ''}`.padEnd(32)}${about}`;

/** The text of a command's `--help`. */
export const helpOf = (usage: string, about: string, flags: readonly CommandFlag[]): string =>
  `create-msb-docker ${usage}\n\n${about}\n\nFlags\n${flags.map(row).join('\n')}\n`;
