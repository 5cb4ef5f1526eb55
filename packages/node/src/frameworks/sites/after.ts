import { shellWord } from '@msb/core';
import { withoutMaps } from '../maps.ts';

/** What asks for source maps: a setting of the configuration that is neither false nor absent, or words of the command. */
export interface MapSetting {
  readonly key?: string;
  readonly flag?: RegExp;
}

/** Files that get much smaller. */
const compressed = 'css html js json map mjs svg txt wasm webmanifest xml'.split(' ');

/**
 * What is done to the site's folder when it is built: source maps that nobody asked for are dropped, and what shrinks
 * gets a compressed copy, so that the server compresses nothing while it serves.
 */
export function afterBuild(folder: string, maps: boolean): readonly string[] {
  const where = shellWord(folder, 'The folder that the build makes');
  return [
    ...withoutMaps(folder, maps),
    String.raw`find ${where} -type f -size +1k -regex '.*\.\(${compressed.join(String.raw`\|`)}\)' -exec gzip -9kn {} +`,
  ];
}
