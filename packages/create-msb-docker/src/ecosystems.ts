import type { Ecosystem } from '@msb/core';
import { go } from '@msb/go';
import { node } from '@msb/node';
import { rust } from '@msb/rust';

/** Every ecosystem that ships with the tool, in the order of `--list`. To add one, add it here. */
export const ecosystems: readonly Ecosystem[] = [go, node, rust];
