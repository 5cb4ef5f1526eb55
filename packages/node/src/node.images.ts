import { imageTests } from '@msb/core/testing';
import { node } from './index.ts';

await imageTests(node, {
  // npm and what it adds (the other managers); pnpm; Yarn 1 and what is newer; Bun
  dependencyWork:
    /added \d+ packages?|Packages: \+\d|Building fresh packages|YN0000.*Completed|\d+ packages? installed/,
  sources: /^app\/(?!node_modules\/).*\.[cm]?tsx?$/,
  artifacts: [/^app\//],
});
