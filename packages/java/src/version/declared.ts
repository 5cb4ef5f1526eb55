import type { Project } from '@msb/core';
import type { Located } from '../build.ts';

/** Files in which a team names the JDK that it works with; the first group is the version. */
const files: readonly (readonly [file: string, pattern: RegExp])[] = [
  ['.java-version', /^\s*(?:[a-z]\w*-)?(?:jdk-?)?(\d[\w.]*)/],
  ['.sdkmanrc', /^\s*java\s*=\s*(\d[\w.]*)/],
  ['.tool-versions', /^\s*java\s+(?:[a-z][a-z_-]*-)*(\d[\w.]*)/],
  ['mise.toml', /^\s*java\s*=\s*["'](?:[a-z][a-z_-]*-)*(\d[\w.]*)/],
  ['.mise.toml', /^\s*java\s*=\s*["'](?:[a-z][a-z_-]*-)*(\d[\w.]*)/],
  ['system.properties', /^\s*java\.runtime\.version\s*=\s*(\d[\w.]*)/], // Heroku's
];

/** The JDK that one of the files of version managers names. */
export function declaredJdk(project: Project): Located | undefined {
  for (const [file, pattern] of files) {
    const hit = project.search([file], [pattern]);
    if (hit) return { value: hit.match[1] ?? '', place: { file: hit.file, line: hit.line } };
  }
  return undefined;
}

/** `21.0.5` → 21, `1.8` → 8; nothing for what is no version. */
export function majorOf(version: string): number | undefined {
  const [, old, major] = /^(?:(1\.)(?=\d))?(\d{1,3})(?![\d])/.exec(version.trim()) ?? [];
  if (major === undefined) return undefined;
  return old === undefined && version.trim() === '1' ? undefined : Number(major);
}
