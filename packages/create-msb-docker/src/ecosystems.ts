import type { Ecosystem } from '@msb/core';
import { go } from '@msb/go';

/** Every ecosystem that ships with the tool, in the order of `--list`. To add one, add it here. */
export const ecosystems: readonly Ecosystem[] = [go];
