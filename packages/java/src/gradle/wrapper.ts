import type { Project } from '@msb/core';
import type { Wrapper } from '../build.ts';

const file = 'gradle/wrapper/gradle-wrapper.properties';

/** The version that the wrapper names, and whether the wrapper is complete: some teams ignore all jars, its own too. */
export function gradleWrapper(project: Project): (Wrapper & { readonly complete: boolean }) | undefined {
  const hit = project.search([file], [/^\s*distributionUrl\s*=.*gradle-(\d[\w.-]*?)-(?:bin|all)\.zip/]);
  if (!hit) return undefined;
  const complete = project.has('gradlew') && project.has('gradle/wrapper/gradle-wrapper.jar');
  return { version: hit.match[1] ?? '', place: { file, line: hit.line }, complete };
}
