import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, loadManifest, textAt, type Value } from '@msb/core';

let known: Value;

/** The release of a package manager that is used where the project names none: templates/python/managers.json. */
export function usualVersion(id: string): string {
  known ??= JSON.parse(readFileSync(join(loadManifest(import.meta.url, 'python').folder, 'managers.json'), 'utf8'));
  return textAt(at(known, id), 'default') ?? '';
}

/** A release of a package manager: what people read, and what pip is told. */
export interface ToolVersion {
  readonly text: string;
  readonly specifier: string;
}

/**
 * The release to install: the one that the project requires, the newest in a range that it requires, else that which
 * wrote the lockfile, else the usual one.
 */
export function toolVersion(id: string, required: string | undefined, writer?: string): ToolVersion {
  const exact = exactVersion(required);
  const range = required !== undefined && /^(?:\s*(?:[<>!=~]=?|===)\s*[\d.*]+\s*,?)+$/.test(required);
  if (exact === undefined && range) {
    const specifier = required.replace(/\s+/g, '');
    return { text: specifier, specifier };
  }
  const version = exact ?? writer ?? usualVersion(id);
  return { text: version, specifier: `==${version}` };
}

/** The release that a text names exactly: `==0.9.1`, `2.1.3`. */
export const exactVersion = (text: string | undefined): string | undefined =>
  /^\s*(?:==)?\s*v?(\d+\.\d+(?:\.\d+)?)\s*$/.exec(text ?? '')?.[1];
