import { at, join, MsbError, type Place, type Project } from '@msb/core';
import { type CargoFile, patchedPaths, pathDependencies, readCargoFile, sharedPaths, textsOf } from './cargofile.ts';
import { expandGlob } from './glob.ts';
import { type Package, readPackage } from './package.ts';

/** A workspace (https://doc.rust-lang.org/cargo/reference/workspaces.html); a single package is one of its own. */
export interface Workspace {
  readonly root: CargoFile;
  /** Packages that can be built here, the root's first. */
  readonly members: readonly Package[];
  /** What `cargo build` builds when no package is named. */
  readonly defaults: readonly Package[];
  /** Every package whose files Cargo reads: the members, and what they depend on by path. */
  readonly packages: readonly Package[];
}

/** Reads the project's Cargo.toml and those of all members. Throws `broken-file` or `unsupported`. */
export function readWorkspace(project: Project): Workspace {
  const root = readCargoFile(project, '');
  const table = at(root.value, 'workspace');
  const listed = folders(project, root, 'members').filter((folder) => !isExcluded(root, folder));
  const packages = collect(project, root, listed);
  const own = packages.filter(({ cargo }) => cargo.folder === '');
  const members =
    table === undefined ? own : packages.filter(({ cargo }) => cargo.folder === '' || !isExcluded(root, cargo.folder));
  const named = folders(project, root, 'default-members');
  const chosen = members.filter(({ cargo }) => named.includes(cargo.folder));
  if (members.length === 0) throw noPackage(root);
  return { root, members, defaults: chosen.length > 0 ? chosen : own.length > 0 ? own : members, packages };
}

const noPackage = (root: CargoFile): MsbError =>
  new MsbError(
    'broken-file',
    `${root.file} has neither a [package] nor members of a workspace`,
    'Add a [package], or members = ["…"] to [workspace].',
    root.place('workspace', 'members'),
  );

/** The packages in these folders and in all that they depend on by path, in that order; each once. */
function collect(project: Project, root: CargoFile, listed: readonly string[]): readonly Package[] {
  const found = new Map<string, Package>();
  const visit = (folder: string, from: Place): void => {
    if (found.has(folder)) return;
    if (!project.has(join(folder, 'Cargo.toml'))) throw missing(folder, from);
    const cargo = folder === '' ? root : readCargoFile(project, folder);
    const read = readPackage(project, cargo, root);
    if (read) found.set(folder, read);
    for (const path of pathDependencies(cargo, root)) visit(path.folder, lineNaming(cargo, path.name));
  };
  visit('', { file: root.file });
  for (const folder of listed) visit(folder, root.place('workspace', 'members'));
  for (const { folder, name } of [...sharedPaths(root), ...patchedPaths(root)]) visit(folder, lineNaming(root, name));
  return [...found.values()];
}

/** A package and those it depends on by path, each once. */
export function closure(workspace: Workspace, owner: Package): readonly Package[] {
  const found = new Set([owner]);
  for (const item of found) {
    for (const folder of item.locals) {
      const local = workspace.packages.find(({ cargo }) => cargo.folder === folder);
      if (local) found.add(local);
    }
  }
  return [...found];
}

/**
 * The folders of packages that crates from elsewhere are compiled with, as `[patch]` puts them in the place of crates
 * that those depend on; what they depend on themselves is among them.
 */
export function patchedFolders(workspace: Workspace): readonly string[] {
  const named = new Set(patchedPaths(workspace.root).map(({ folder }) => folder));
  const patched = workspace.packages.filter(({ cargo }) => named.has(cargo.folder));
  const folders = patched.flatMap((item) => closure(workspace, item).map(({ cargo }) => cargo.folder));
  return [...new Set(folders)].filter((folder) => folder !== '').sort();
}

const missing = (folder: string, place: Place): MsbError =>
  new MsbError(
    'broken-file',
    `${folder}/Cargo.toml is missing`,
    `Add the package ${folder}, or remove it here. Is it a git submodule that is not checked out?`,
    place,
  );

function lineNaming({ file, text }: CargoFile, name: string): Place {
  const line = text.split('\n').findIndex((candidate) => candidate.includes(name) && /path\s*=/.test(candidate)) + 1;
  return line > 0 ? { file, line } : { file };
}

/** The folders that a list of globs names. Like Cargo, a glob skips folders without a Cargo.toml. */
function folders(project: Project, root: CargoFile, list: string): readonly string[] {
  const patterns = textsOf(at(root.value, 'workspace', list));
  return [...new Set(patterns.flatMap((pattern) => expandGlob(project, pattern)))];
}

const isExcluded = (root: CargoFile, folder: string): boolean =>
  textsOf(at(root.value, 'workspace', 'exclude')).some((path) => `${folder}/`.startsWith(`${join(path)}/`));
