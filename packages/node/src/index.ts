import { type Ecosystem, loadManifest } from '@msb/core';
import { detectNode } from './detect.ts';

const { manifest, folder } = loadManifest(import.meta.url, 'node');

/** Node.js: JavaScript or TypeScript, with production dependencies only and no package manager in the image. */
export const node: Ecosystem = {
  manifest,
  folder,
  detect: (project, given) => detectNode(project, given, manifest.runtimes),
};
