import { imageTests } from '@msb/core/testing';
import { node } from './index.ts';
import { traits } from './node.images.kit.ts';

await imageTests(node, traits, [1, 2]);
