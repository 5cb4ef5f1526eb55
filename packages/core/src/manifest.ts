import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { addProducts } from './images.ts';
import { templateFolder } from './render/templates.ts';

/**
 * The contract between core and ecosystems: what `ecosystem.json` may say, what a detection and a plan are, and what
 * templates may call. It grows without a new number; a change that breaks an ecosystem gets one.
 */
export const contract = 1;

/**
 * Finds the template folder of an ecosystem and reads its manifest. `moduleUrl` is the `import.meta.url` of the
 * ecosystem's package.
 */
export function loadManifest(moduleUrl: string, id: string): { manifest: Manifest; folder: string } {
  const folder = templateFolder(moduleUrl, id);
  return { manifest: readManifest(folder), folder };
}

/**
 * Reads the manifest of a template folder, and makes the images that it brings known. Throws `unsupported` for one
 * that was made for another contract.
 */
export function readManifest(folder: string): Manifest {
  const {
    $schema: _,
    contract: made,
    images,
    ...manifest
  } = JSON.parse(readFileSync(join(folder, 'ecosystem.json'), 'utf8'));
  if (made !== contract) throw otherContract(join(folder, 'ecosystem.json'), made);
  if (images !== undefined) addProducts(images);
  return manifest;
}

function otherContract(file: string, made: unknown): MsbError {
  const newer = typeof made === 'number' && made > contract;
  return new MsbError(
    'unsupported',
    made === undefined
      ? 'ecosystem.json does not say which contract it was made for'
      : `The ecosystem was made for contract ${String(made)}, and this create-msb-docker has contract ${contract}`,
    newer
      ? 'Update create-msb-docker.'
      : `Look up in templates/README.md what changed, then write "contract": ${contract}.`,
    { file },
  );
}
