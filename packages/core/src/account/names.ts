import { pathWord, printable } from '../dockerfile/quote.ts';
import { MsbError } from '../errors.ts';

const works = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof MsbError) return false;
    throw error;
  }
};

/** Whether a path can stand unquoted in every instruction. */
export const isPlain = (path: string): boolean => works(() => pathWord(path, 'A path'));

/** Whether COPY can name a path in its JSON form, where blanks may be, and `$`, quotes and globs still mean something. */
export const canBeNamed = (path: string): boolean =>
  works(() => printable(path, 'A path')) && path !== '' && !/["'`$*?<>[\]\\]|^[-~\s]|\s$/.test(path);
