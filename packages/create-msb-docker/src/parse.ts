import { parseArgs } from 'node:util';
import { MsbError } from '@msb/core';
import { nearest } from './nearest.ts';

/** What a command line says: the values of flags, and the rest. */
export interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** Reads a command line; `hint` tells where its flags are listed. Throws `bad-option` for one that is not known. */
export function parse(
  args: readonly string[],
  options: NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>,
  hint: string,
): Parsed {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error;
    const message = error.message.split(/[.\n]/)[0] ?? error.message;
    const [, unknown = ''] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
    const meant = nearest(unknown, Object.keys(options));
    throw new MsbError('bad-option', message, meant === undefined ? hint : `Did you mean --${meant}? ${hint}`);
  }
}
