import { type Detection, foldersAbove, join, type Note, Project, relative } from '@msb/core';
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
  return [project.folder, ...folders].reduce(common);
}

function parentsFolder({ tree }: Project, root: Project): string {
  const whole = new Project(tree, '');
  return lineage(readPom(whole, root.folder))
    .map((pom) => pom.folder)
    .reduce(common);
}

const common = (one: string, other: string): string =>
  [one, ...foldersAbove(one)].find((path) => path === '' || `${other}/`.startsWith(`${path}/`)) ?? '';

/** A detection whose places are seen from the project's folder, where they were from that of its build. */
export function seenFrom(project: Project, root: Project, detection: Detection): Detection {
  if (project.folder === root.folder) return detection;
  const seen = (file: string): string => relative(project.folder, join(root.folder, file));
  const moved = <T extends Pick<Note, 'place'>>(item: T): T =>
    item.place ? { ...item, place: { ...item.place, file: seen(item.place.file) } } : item;
  const { assumptions = {} } = detection;
  return {
    ...detection,
    facts: detection.facts.map(moved),
    notes: detection.notes.map(moved),
    assumptions: Object.fromEntries(Object.entries(assumptions).map(([name, note]) => [name, moved(note)])),
  };
}
