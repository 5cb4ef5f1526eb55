import type { Note, Project } from '@msb/core';
import { isSecret } from '../start/env.ts';
import { placeOf } from './service.ts';

/** A variable, and what follows it on the line. */
const reads = /\bprocess\.env\.([A-Z][A-Z0-9_]*)\b(.*)/;

/** A value for the case that it is not set, or a question whether it is. */
const optional = /^\s*(?:as \w+\s*)?[)!]*\s*(?:\|\||\?|&&|[!=]==?|\)\s*[{?&|]|=(?!=|>))/;

/** Names that are told. */
const most = 3;

/**
 * Secrets that the program takes from the environment and has no default for: no image has them, and many a program ends
 * without them.
 */
export function secretNotes(project: Project, files: readonly string[]): readonly Note[] {
  const needed = new Map<string, Note['place']>();
  const spared = new Set<string>();
  for (const hit of project.matches(files, reads)) {
    const [, name = '', after = ''] = hit.match;
    if (/^\s*(?:\*|\/\/)/.test(hit.match.input) || !isSecret(name)) continue;
    if (optional.test(after) || /\bif\s*\(|\?\?=|\|\|=/.test(hit.match.input)) spared.add(name);
    else if (!needed.has(name)) needed.set(name, placeOf(hit));
  }
  const names = [...needed.keys()].filter((name) => !spared.has(name));
  const place = needed.get(names[0] ?? '');
  if (place === undefined) return [];
  const rest = names.length - most;
  const shown = names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const it = names.length > 1 ? 'them' : 'it';
  return [
    {
      message: `The program takes ${shown} from the environment, and has no default for ${it}`,
      hint: `Set what it needs when the container runs: docker run --env ${names[0]}${names.length > 1 ? ' and so on' : ''}.`,
      place,
    },
  ];
}
