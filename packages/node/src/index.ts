import { type Ecosystem, loadManifest } from '@msb/core';
import { detectNode } from './detect.ts';

/** Node.js: JavaScript or TypeScript, with production dependencies only and no package manager in the image. */
export const node: Ecosystem = { ...loadManifest(import.meta.url, 'node'), detect: detectNode };
