import { imageTests } from '@msb/core/testing';
import { node } from './index.ts';

await imageTests(node, {
  dependencyWork: /added \d+ packages?/,
  sources: /^app\/(?!node_modules\/).*\.[cm]?tsx?$/,
  artifacts: [/^app\//],
});
