import { type Ecosystem, loadManifest } from '@msb/core';
import { detectNode } from './detect.ts';
import { contextOf, workspaceOf } from './workspaces/hooks.ts';

const { manifest, folder } = loadManifest(import.meta.url, 'node');

/** Node.js: JavaScript or TypeScript, with production dependencies only and no package manager in the image. */
export const node: Ecosystem = {
  manifest,
  folder,
  workspace: workspaceOf,
  context: contextOf,
  detect: (project, given) => detectNode(project, given, manifest.runtimes),
};
