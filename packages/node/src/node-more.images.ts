import { imageTests } from '@msb/core/testing';
import { node } from './index.ts';
import { traits } from './node.images.kit.ts';

await imageTests(node, traits, [2, 2]);
