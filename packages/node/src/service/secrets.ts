import type { Place, Project } from '@msb/core';
import { isSecret } from '../start/env.ts';
import { placeOf } from './service.ts';

interface Missing {
  readonly name: string;
  readonly place: Place;
}

/** A variable, and what follows it on the line. */
const reads = /\bprocess\.env\.([A-Z][A-Z0-9_]*)\b(.*)/;

/** A value for the case that it is not set, or a question whether it is. */
const optional = /^\s*(?:as \w+\s*)?[)!]*\s*(?:\|\||\?|&&|[!=]==?|\)\s*[{?&|]|=(?!=|>))/;

/**
 * Secrets that the program takes from the environment and has no default for: no image has them, and many a program ends
 * without them.
 */
export function missingSecrets(project: Project, files: readonly string[]): readonly Missing[] {
  const needed = new Map<string, Place>();
  const spared = new Set<string>();
  for (const hit of project.matches(files, reads)) {
    const [, name = '', after = ''] = hit.match;
    if (/^\s*(?:\*|\/\/)/.test(hit.match.input) || !isSecret(name)) continue;
    if (optional.test(after) || /\bif\s*\(|\?\?=|\|\|=/.test(hit.match.input)) spared.add(name);
    else if (!needed.has(name)) needed.set(name, placeOf(hit));
  }
  return [...needed].filter(([name]) => !spared.has(name)).map(([name, place]) => ({ name, place }));
}
