import { MsbError, type Project } from '@msb/core';
import type { BuildTool } from './build.ts';
import { gradle } from './gradle/gradle.ts';
import { maven } from './maven/maven.ts';

/** All build tools. Where a project can be built with several, the first is suggested. */
export const tools: readonly BuildTool[] = [maven, gradle];

/** The tools that a folder has a build file of. */
export const toolsOf = (project: Project): readonly BuildTool[] =>
  tools.filter(({ markers }) => markers.some((marker) => project.has(marker)));

/** The tool that `--build-tool` names, or the first that there is one of. Throws `bad-option`. */
export function chooseTool(project: Project, asked: string | undefined): BuildTool {
  const found = toolsOf(project);
  const [first] = found;
  if (asked === undefined && first) return first;
  const chosen = found.find(({ id }) => id === asked);
  if (chosen) return chosen;
  throw new MsbError(
    'bad-option',
    `There is no build file of ${asked ?? 'Maven or Gradle'} here`,
    `Choose ${found.map(({ id }) => `--build-tool ${id}`).join(' or ') || 'another folder'}.`,
  );
}
