import { commonFolder, foldersAbove, Project, relative } from '@msb/core';
import type { BuildTool } from './build.ts';
import { lineage, readPom } from './maven/pom.ts';
import { toolsOf } from './tools.ts';

/** The project as its build tool sees it: from the root of the build that it is a module of. Throws `broken-file`. */
export const buildView = (project: Project, tool: BuildTool): Project =>
  new Project(project.tree, rootFolder(project, tool), project.context);

function rootFolder({ tree, folder }: Project, tool: BuildTool): string {
  const above = foldersAbove(folder).findLast((path) => {
    const root = new Project(tree, path);
    return tool.markers.some((marker) => root.has(marker)) && tool.includes(root, relative(path, folder));
  });
  return above ?? folder;
}

/** The build context: the folder that holds the build, and parents that its pom.xml inherits from. */
export function contextOf(project: Project): string {
  const folders = toolsOf(project).map((tool) => {
    const root = buildView(project, tool);
    return tool.id === 'maven' && root.has('pom.xml') ? parentsFolder(project, root) : root.folder;
  });
  return commonFolder([project.folder, ...folders]);
}

function parentsFolder({ tree }: Project, root: Project): string {
  const whole = new Project(tree, '');
  return commonFolder(lineage(readPom(whole, root.folder)).map((pom) => pom.folder));
}
