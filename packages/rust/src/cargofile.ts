import { at, itemsOf, join, keysOf, MsbError, type Place, type Project, readToml, textAt, type Value } from '@msb/core';

/** A Cargo.toml (https://doc.rust-lang.org/cargo/reference/manifest.html) that knows its lines. */
export interface CargoFile {
  readonly file: string;
  /** The folder it lies in; `''` is the project's root. */
  readonly folder: string;
  /** The folder of the workspace in the tree, from which `folder` is seen. */
  readonly top: string;
  readonly value: Value;
  readonly text: string;
  /** The place of `key` in `[table]`; the table's own line, or the file alone, when the key is not there. */
  place(table: string, key?: string, nth?: number): Place;
}

/** A folder that a Cargo.toml refers to by `path = …`. */
export interface PathDependency {
  readonly name: string;
  readonly folder: string;
  readonly dev: boolean;
}

/** Reads `<folder>/Cargo.toml`. Throws `broken-file`. */
export function readCargoFile(project: Project, folder: string): CargoFile {
  const file = join(folder, 'Cargo.toml');
  const value = readToml(project, file);
  const text = project.mustText(file);
  const place = (table: string, key?: string, nth = 0): Place => {
    const line = keyLine(text, table, key, nth);
    return line === undefined ? { file } : { file, line };
  };
  return { file, folder: join(folder), top: project.folder, value, text, place };
}

const unquoted = (header: string): string => header.replace(/["']/g, '');

/** The line of `key` in the `nth` table of this name, from 1; the line of the table's header when the key is absent. */
export function keyLine(text: string, table: string, key?: string, nth = 0): number | undefined {
  let header: number | undefined;
  let seen = -1;
  let inside = table === '';
  for (const [index, line] of text.split('\n').entries()) {
    const [, name] = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    if (name !== undefined) {
      const same = unquoted(name) === unquoted(table);
      if (same) seen += 1;
      inside = same && seen === nth;
      if (inside) header = index + 1;
    } else if (inside && key !== undefined && /^\s*"?([\w-]+)/.exec(line)?.[1] === key) return index + 1;
  }
  return header;
}

const kinds = ['dependencies', 'build-dependencies', 'dev-dependencies'] as const;

/** A table of dependencies; `target` is the platform that it is for. */
interface DependencyTable {
  readonly kind: (typeof kinds)[number];
  readonly target: string | undefined;
  readonly table: Value;
}

/** Every table of dependencies in a Cargo.toml, those of platforms too. */
export function dependencyTables(value: Value): readonly DependencyTable[] {
  const targets = [undefined, ...keysOf(at(value, 'target'))];
  return targets.flatMap((target) => {
    const holder = target === undefined ? value : at(value, 'target', target);
    return kinds.map((kind) => ({ kind, target, table: at(holder, kind) }));
  });
}

/** Names of the crates that a package depends on when it is built, as crates.io knows them. */
export function dependencyNames({ value }: CargoFile): readonly string[] {
  const tables = dependencyTables(value).filter(({ kind }) => kind === 'dependencies');
  return tables.flatMap(({ table }) => keysOf(table).map((name) => textAt(table, name, 'package') ?? name));
}

/** Names of the dependencies that are features, too, as they are optional. */
export const optionalDependencies = ({ value }: CargoFile): readonly string[] =>
  dependencyTables(value).flatMap(({ table }) => keysOf(table).filter((name) => at(table, name, 'optional') === true));

/**
 * Folders that a Cargo.toml depends on, also those it takes from its workspace. Cargo reads the manifests of all of
 * them, whatever is built. Throws `unsupported` for one outside of the project.
 */
export function pathDependencies(cargo: CargoFile, root: CargoFile): readonly PathDependency[] {
  const tables = dependencyTables(cargo.value);
  const own = tables.flatMap(({ kind, table }) => localsOf(cargo, table, kind === 'dev-dependencies'));
  const inherited = tables.flatMap(({ kind, table }) => {
    const names = keysOf(table).filter((name) => at(table, name, 'workspace') === true);
    const shared = at(root.value, 'workspace', 'dependencies');
    return localsOf(root, Object.fromEntries(names.map((name) => [name, at(shared, name)])), kind === kinds[2]);
  });
  return [...own, ...inherited];
}

/** Folders that `[workspace.dependencies]` of the root names. Throws `unsupported`. */
export const sharedPaths = (root: CargoFile): readonly PathDependency[] =>
  localsOf(root, at(root.value, 'workspace', 'dependencies'), false);

/** Folders that stand in for crates from elsewhere, by `[patch]` or `[replace]` of the root. Throws `unsupported`. */
export function patchedPaths(root: CargoFile): readonly PathDependency[] {
  const patches = keysOf(at(root.value, 'patch')).map((source) => at(root.value, 'patch', source));
  return [at(root.value, 'replace'), ...patches].flatMap((table) => localsOf(root, table, false));
}

function localsOf(cargo: CargoFile, table: Value, dev: boolean): readonly PathDependency[] {
  return keysOf(table).flatMap((name) => {
    const path = textAt(table, name, 'path');
    return path === undefined ? [] : [{ name, folder: inside(cargo, path), dev }];
  });
}

/** A folder that `cargo` names, seen from its workspace. Throws `unsupported` when it lies outside of the tree. */
export function inside(cargo: CargoFile, path: string): string {
  const folder = join(cargo.folder, path);
  if (!/^([\\/]|[A-Za-z]:)/.test(path) && !`${join(cargo.top, folder)}/`.startsWith('../')) return folder;
  const line = cargo.text.split('\n').findIndex((text) => text.includes(`"${path}"`) || text.includes(`'${path}'`)) + 1;
  throw new MsbError(
    'unsupported',
    `${JSON.stringify(path)} lies outside of the repository`,
    'Put both packages into one repository, or depend on a published version.',
    { file: cargo.file, ...(line > 0 && { line }) },
  );
}

/** The texts of an array. */
export const textsOf = (value: Value): readonly string[] =>
  itemsOf(value).filter((item): item is string => typeof item === 'string');
