import type { Project } from '@msb/core';
import type { Wrapper } from '../build.ts';

const file = '.mvn/wrapper/maven-wrapper.properties';

/** The version that the wrapper names (https://maven.apache.org/wrapper/); `undefined` where its script is missing. */
export function mavenWrapper(project: Project): Wrapper | undefined {
  if (!project.has('mvnw')) return undefined;
  const hit = project.search([file], [/^\s*distributionUrl\s*=.*maven-(?:mvnd-)?(\d[\w.-]*?)-bin\.\w+/]);
  return hit && { version: hit.match[1] ?? '', place: { file, line: hit.line } };
}
