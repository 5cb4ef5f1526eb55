import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './ecosystem.ts';
import { templateFolder } from './render/templates.ts';

/**
 * Finds the template folder of an ecosystem and reads its manifest. `moduleUrl` is the `import.meta.url` of the
 * ecosystem's package.
 */
export function loadManifest(moduleUrl: string, id: string): { manifest: Manifest; folder: string } {
  const folder = templateFolder(moduleUrl, id);
  const { $schema: _, ...manifest } = JSON.parse(readFileSync(join(folder, 'ecosystem.json'), 'utf8'));
  return { manifest, folder };
}
