import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, loadManifest, textAt, type Value } from '@msb/core';

let known: Value;

/** The release of a package manager that is used where the project names none: templates/python/managers.json. */
export function usualVersion(id: string): string {
  known ??= JSON.parse(readFileSync(join(loadManifest(import.meta.url, 'python').folder, 'managers.json'), 'utf8'));
  return textAt(at(known, id), 'default') ?? '';
}

/** The release that a text names exactly: `==0.9.1`, `2.1.3`. */
export const exactVersion = (text: string | undefined): string | undefined =>
  /^\s*(?:==)?\s*v?(\d+\.\d+(?:\.\d+)?)\s*$/.exec(text ?? '')?.[1];
