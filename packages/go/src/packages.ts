import { join, lineOf, type Project } from '@msb/core';
import { type Conditions, isBuilt } from './constraints.ts';

/**
 * Import paths of modules whose sources are at hand, and their folders as the project sees them: the module itself,
 * those that a folder replaces, and those of its workspace.
 */
export type ModuleFolders = ReadonlyMap<string, string>;

/** A package that a program is made of. */
export interface GoPackage {
  readonly folder: string;
  /** Its files that take part in the build. */
  readonly files: readonly string[];
}

/** An import and the line it stands on. */
export interface Import {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}

/** A line of an import declaration, alone or in a block. Elsewhere, a string never stands alone on a line. */
const importLine = /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\s]+)"\s*(?:\/\/.*)?$/;

/** What a file imports. What stands in front of its package clause is documentation, with examples perhaps. */
function importsIn(project: Project, file: string): readonly Import[] {
  const found = [...project.matches([file], importLine)].map(({ line, match }) => ({
    path: match[1] ?? '',
    file,
    line,
  }));
  const clause = found.length === 0 ? 0 : (lineOf(project.text(file) ?? '', /^package\s/) ?? 0);
  return found.filter(({ line }) => line > clause);
}

/** What files import. */
export const importsOf = (project: Project, files: readonly string[]): readonly Import[] =>
  files.flatMap((file) => importsIn(project, file));

/** The folder of a file; `''` is the project's own. */
export const parentOf = (file: string): string => file.split('/').slice(0, -1).join('/');

/** The Go files of this module; those of nested modules and those that `./...` leaves out are none. */
export function moduleFiles(project: Project): readonly string[] {
  const sources = project.sources();
  const nested = sources.filter((path) => path.endsWith('/go.mod')).map((path) => `${parentOf(path)}/`);
  const files = sources.filter((path) => path.endsWith('.go') && !/(^|\/)_/.test(path));
  return files.filter((path) => !nested.some((folder) => path.startsWith(folder)));
}

/** The package in a folder, as a build under some conditions sees it. */
export function packageIn(project: Project, folder: string, conditions: Conditions = {}): GoPackage {
  const all = project.list(folder).map((name) => join(folder, name));
  const files = all.filter((path) => path.endsWith('.go') && isBuilt(path, project.text(path) ?? '', conditions));
  return { folder, files };
}

/** The folder of an import path, the longest module path first; `undefined` for other people's packages. */
export function folderOfImport(modules: ModuleFolders, path: string): string | undefined {
  const owner = [...modules.keys()]
    .filter((module) => path === module || path.startsWith(`${module}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (owner === undefined || path.split('/').includes('..')) return undefined;
  return join(modules.get(owner) ?? '', path.slice(owner.length));
}

/**
 * The project's own packages that go into a program, as the compiler finds them: by imports, nearest to `folders` (of
 * main packages) first. So neither tests nor other programs of the module count.
 */
export function packagesOf(
  project: Project,
  modules: ModuleFolders,
  folders: readonly string[],
  conditions: Conditions = {},
): readonly GoPackage[] {
  const found = new Map<string, GoPackage>();
  const queue = [...folders];
  for (const folder of queue) {
    if (found.has(folder)) continue;
    const item = packageIn(project, folder, conditions);
    found.set(folder, item);
    for (const { path } of importsOf(project, item.files)) {
      const next = folderOfImport(modules, path);
      if (next !== undefined) queue.push(next);
    }
  }
  return [...found.values()];
}
