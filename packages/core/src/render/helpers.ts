import { execArray, quoted, shellWord } from '../dockerfile/quote.ts';

/** What templates may call: `{{exec list}}`, `{{quoted text}}`, `{{shell word}}`. */
export const helpers = {
  exec: (value: readonly string[]): string => execArray(value),
  quoted: (value: string): string => quoted(value),
  shell: (value: string): string => shellWord(value),
} as const;

/** Templates of the run half that others include: `{{> inputs}}` where a stage compiles, `{{> ship}}` in the last one. */
export const partialNames = ['inputs', 'ship'] as const;

/** The options of every compilation: text is no HTML, and an unknown name inside a block is an error. */
export const compileOptions = { noEscape: true, strict: true, preventIndent: true } as const;
