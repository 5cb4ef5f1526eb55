import { shellWord } from '@msb/core';

/** The command that takes out of a folder what a compiler writes for editors and debuggers. */
export const withoutExtras = (folder: string): string =>
  `find ${shellWord(folder, 'The folder that the build makes')} \\( -name '*.map' -o -name '*.d.ts' -o -name '*.tsbuildinfo' \\) -exec rm {} +`;
