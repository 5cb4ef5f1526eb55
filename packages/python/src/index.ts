import { type Ecosystem, loadManifest } from '@msb/core';
import { detectPython } from './detect.ts';
import { contextOf } from './local/context.ts';
import { workspaceOf } from './workspace.ts';

/** Python: an environment with production dependencies only, and no installer or compiler in the image. */
export const python: Ecosystem = {
  ...loadManifest(import.meta.url, 'python'),
  workspace: workspaceOf,
  context: contextOf,
  detect: detectPython,
};
