import { join, type Project } from '@msb/core';
import { buildReads } from './account/compiled.ts';
import { namedPaths } from './account/named.ts';
import { fixedPart } from './account/reads.ts';
import { readCode } from './code.ts';
import type { Package } from './package.ts';
import { packageSources } from './sources.ts';
import type { Workspace } from './workspace.ts';

/**
 * What packages read outside of the workspace, by a path that goes up: `include_str!("../../shared/words.txt")`, a proto
 * file, a folder that is served. The build context has to hold it.
 */
export function readsBeyond(project: Project, packages: readonly Package[], workspace: Workspace): readonly string[] {
  const found = packages.flatMap((item) => {
    const files = packageSources(project, item, workspace).filter((file) => project.text(file)?.includes('../'));
    if (files.length === 0) return [];
    const { folder } = item.cargo;
    const compiled = buildReads(project, item, workspace)
      .filter(({ must, place }) => must || place.file === item.script)
      .map(({ path }) => path);
    const run = namedPaths(readCode(project, files)).flatMap(({ base, text, call, aPath }) =>
      base === 'program' || !text.includes('../') || text.startsWith('/') || !(call || aPath)
        ? []
        : [join(folder, fixedPart(text))],
    );
    return [...compiled, ...run];
  });
  return [...new Set(found)].filter(
    (path) =>
      path.startsWith('../') &&
      !/^(?:\.\.\/?)+$/.test(path) &&
      !join(project.folder, path).startsWith('..') &&
      project.exists(path),
  );
}
