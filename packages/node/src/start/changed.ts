import type { Place } from '@msb/core';
import type { Variables } from './command.ts';
import { line } from './shell.ts';
import type { Start } from './start.ts';

/** A start that has more variables; its own win. */
export const withEnv = (start: Start, env: Variables, place: Place | undefined): Start => ({
  ...start,
  env: { ...env, ...start.env },
  place: place ?? start.place,
});

/** A start that is given more words. */
export const withArgs = (start: Start, args: readonly string[]): Start => ({
  ...start,
  args: [...start.args, ...args],
  ...(start.shell && args.length > 0 && { shell: { ...start.shell, line: `${start.shell.line} ${line(args)}` } }),
});
