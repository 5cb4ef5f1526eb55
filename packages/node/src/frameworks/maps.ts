import { shellWord } from '@msb/core';

/**
 * Takes away the source maps that a framework writes for its server unasked: they hold the sources, and node reads
 * them with --enable-source-maps only. `wanted` tells whether the project asks for them.
 */
export const withoutMaps = (folder: string, wanted: boolean): readonly string[] =>
  wanted ? [] : [`find ${shellWord(folder, 'A folder')} -name '*.map' -exec rm {} +`];

/** Whether a script that starts the program reads source maps. */
export const readsMaps = (start: string | undefined): boolean => /--enable-source-maps\b/.test(start ?? '');
