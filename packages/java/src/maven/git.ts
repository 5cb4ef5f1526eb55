import type { Project } from '@msb/core';
import type { Located } from '../build.ts';
import { eachOnce, startedByPom } from '../started.ts';
import type { Pom } from './pom.ts';

/** What calls Git in a step of the build: a program that is executed, a script, a plugin that can't be told to leave it. */
const calls = [
  /<executable>\s*git\s*<\/executable>/,
  /<exec\s[^>]*executable="git"/,
  /["'](?:git (?:rev-parse|describe|log|show|branch|tag|status)\b[^"']*)["']/,
  /<artifactId>\s*(git-build-hook-maven-plugin|buildversion-plugin|git-versioner-maven-plugin|git-timestamp-plugin)\s*</,
];

/** Where the pom.xml files of a build, or the extensions of Maven itself, ask Git. */
export function mavenGit(project: Project, poms: readonly Pom[]): Located | undefined {
  const files = [...new Set(poms.map(({ file }) => file))];
  const hit =
    project.search(files, calls) ??
    project.search(['.mvn/extensions.xml'], [/<artifactId>\s*(git-version(?:er)?-(?:maven-)?extension)\s*</]);
  return hit && { value: hit.match[1] ?? 'git', place: { file: hit.file, line: hit.line } };
}

/** Programs that steps of the build start. */
export const mavenStarts = (project: Project, poms: readonly Pom[]): readonly Located[] => {
  const files = [...new Set(poms.map(({ file }) => file))];
  return eachOnce(
    [...project.matches(files, startedByPom)].map(({ file, line, match }) => ({ match, place: { file, line } })),
  );
};
