import { join, Project, textAt } from '@msb/core';
import type { Binary } from './binaries.ts';
import { type Code, readCode } from './code.ts';
import { moduleFiles } from './modules.ts';
import type { Package } from './package.ts';
import { closure, type Workspace } from './workspace.ts';

/** Rust sources, nearest to the chosen binary first. */
export interface Sources {
  /** Those that the binary alone has. */
  readonly own: readonly Code[];
  /** The rest of its package. */
  readonly shared: readonly Code[];
  /** Packages of the project that it depends on. */
  readonly locals: readonly Code[];
  /** The packages in question. */
  readonly packages: readonly Package[];
}

const aside = /(^|\/)(tests?|benches|examples|fuzz)\/|(^|\/)tests?\.rs$/;

/** The sources of a package, without tests, benchmarks, examples and packages inside of it. */
export function packageSources(project: Project, { cargo }: Package, workspace: Workspace): readonly string[] {
  const start = cargo.folder === '' ? '' : `${cargo.folder}/`;
  const nested = workspace.packages
    .map((other) => `${other.cargo.folder}/`)
    .filter((folder) => folder !== '/' && folder !== start && folder.startsWith(start));
  return filesOf(project, cargo.folder)
    .filter((path) => path.startsWith(start) && path.endsWith('.rs') && !aside.test(path.slice(start.length)))
    .filter((path) => !nested.some((folder) => path.startsWith(folder)));
}

/** Files in a folder of the project, or in one beside it; modules may be in folders that are named like an output. */
function filesOf(project: Project, folder: string): readonly string[] {
  const modules = outputsIn(project, join(folder, 'src'));
  if (!folder.startsWith('..')) return [...project.sources(), ...modules];
  const beside = new Project(project.tree, join(project.folder, folder));
  return [...beside.sources().map((path) => join(folder, path)), ...modules];
}

const outputs = new Set(['target', 'build', 'dist', 'vendor', 'coverage', 'testdata']);

/** Sources in folders that no walk of the project enters: `src/target/mod.rs`, `src/build/steps.rs`. */
function outputsIn(project: Project, folder: string, inside = false): readonly string[] {
  return project.list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (project.has(path)) return inside ? [path] : [];
    return name.startsWith('.') || name === 'node_modules' ? [] : outputsIn(project, path, inside || outputs.has(name));
  });
}

/**
 * Reads what a binary is compiled from; sources of other binaries are left out, as are packages that `takesIn` says no of:
 * those of features that are off, and of other platforms.
 */
export function binarySources(
  project: Project,
  workspace: Workspace,
  owner: Package,
  binary: Binary,
  takesIn: (name: string) => boolean = () => true,
): Sources {
  const files = packageSources(project, owner, workspace);
  const home = binary.file.endsWith('/main.rs') ? binary.file.slice(0, -'main.rs'.length) : undefined;
  const isOwn = (path: string): boolean =>
    path === binary.file || (home !== undefined && !home.endsWith('src/') && path.startsWith(home));
  const bin = join(owner.cargo.folder, 'src/bin/');
  const others = new Set(owner.binaries.map(({ file }) => file));
  const elsewhere = modulesOfOthers(project, owner, binary);
  const shared = files.filter(
    (path) => !isOwn(path) && !others.has(path) && !path.startsWith(`${bin}/`) && !elsewhere.has(path),
  );
  const packages = closure(workspace, owner).filter((item) => item === owner || takesIn(item.name));
  const locals = packages.slice(1).flatMap((item) => {
    const mains = new Set(item.binaries.map(({ file }) => file));
    return packageSources(project, item, workspace).filter((path) => !mains.has(path) && !/\/src\/bin\//.test(path));
  });
  return {
    own: readCode(project, files.filter(isOwn)),
    shared: readCode(project, shared),
    locals: readCode(project, locals),
    packages,
  };
}

/** Modules that other binaries of a package declare, and neither this one nor the library. */
function modulesOfOthers(project: Project, { binaries, cargo }: Package, binary: Binary): ReadonlySet<string> {
  const library = textAt(cargo.value, 'lib', 'path') ?? 'src/lib.rs';
  const here = [binary.file, join(cargo.folder, library)].map((root) => moduleFiles(project, root));
  const theirs = binaries.filter((other) => other !== binary).flatMap(({ file }) => [...moduleFiles(project, file)]);
  return new Set(theirs.filter((file) => !here.some((files) => files.has(file))));
}
