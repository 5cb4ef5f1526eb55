import { commonFolder, foldersAbove, join, Project, relative } from '@msb/core';
import { accountOf } from './account/account.ts';
import type { Build, BuildTool } from './build.ts';
import { sourcesOf } from './mains.ts';
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

/**
 * The build context: the folder that holds the build, what it takes from folders next to it (modules, included builds,
 * parents, files), and what the program reads there.
 */
export function contextOf(project: Project): string {
  const folders = toolsOf(project).flatMap((tool) => {
    const root = buildView(project, tool);
    const build = tool.read(root);
    const parts = [...outsideOf(build), ...readsAbove(project, root, build)].map((path) => join(root.folder, path));
    const parents = tool.id === 'maven' && root.has('pom.xml') ? parentFolders(root, build) : [];
    return [root.folder, ...parts.filter((path) => !path.startsWith('..')), ...parents];
  });
  return commonFolder([project.folder, ...folders]);
}

/** Folders that a build names outside of its own, from its root. */
const outsideOf = ({ modules, plugins, files }: Build): readonly string[] =>
  [...modules.map(({ folder }) => folder), ...plugins, ...files.map(({ path }) => join(path, '..'))].filter((folder) =>
    folder.startsWith('..'),
  );

/** Folders of files that the code finds by a way up: `../shared/rates.json`. */
function readsAbove(project: Project, root: Project, build: Build): readonly string[] {
  const home = relative(root.folder, project.folder);
  const module = build.modules.find(({ folder }) => folder === home);
  if (module === undefined) return [];
  const sources = sourcesOf(root, module, build.modules).filter((file) => /\.(java|kt|properties|ya?ml)$/.test(file));
  if (root.search(sources, [/\.\.\//]) === undefined) return [];
  return accountOf(root, build, module).reads.flatMap(({ path }) => (path.startsWith('..') ? [join(path, '..')] : []));
}

function parentFolders(root: Project, { modules }: Build): readonly string[] {
  const whole = new Project(root.tree, '');
  const files = modules.map(({ place }) => join(root.folder, place.file));
  return files.flatMap((file) => lineage(readPom(whole, file)).map((pom) => pom.folder));
}
