import type { Place } from '@msb/core';
import type { Located } from './build.ts';

/** Programs that builds start, and that an image with a JDK and the build tool has not. */
const programs = '(npm|npx|yarn|pnpm|bun|node|docker|docker-compose|make|cmake|gcc|python3?|protoc|buf|sass|hugo)';

/** A step of Maven that starts one: exec-maven-plugin, antrun. */
export const startedByPom = new RegExp(
  String.raw`(?:<executable>\s*|<exec\s[^>]*executable=")${programs}(?:\.cmd)?(?:\s*<|")`,
);

/** A task of Gradle that starts one. */
export const startedByScript = new RegExp(
  String.raw`\b(?:commandLine|executable|args)\s*[=(]?\s*\(?\s*["']${programs}["']|["']${programs}["']\s*\.execute\(`,
);

/** Each program once, by the first place that starts it. */
export function eachOnce(
  hits: readonly { readonly match: RegExpExecArray; readonly place: Place }[],
): readonly Located[] {
  const found = new Map<string, Located>();
  for (const { match, place } of hits) {
    const value = match.slice(1).find((name) => name !== undefined) ?? '';
    if (!found.has(value)) found.set(value, { value, place });
  }
  return [...found.values()];
}
