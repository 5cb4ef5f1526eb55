import { type Ecosystem, loadManifest } from '@msb/core';
import { detectGo } from './detect.ts';
import { goWorkspace } from './members.ts';
import { contextOf } from './scope.ts';

/** Go: one static program, built by cross-compilation. */
export const go: Ecosystem = {
  ...loadManifest(import.meta.url, 'go'),
  detect: detectGo,
  workspace: goWorkspace,
  context: contextOf,
};
