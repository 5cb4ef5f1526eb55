import { at, join, keysOf, MsbError, type Place, type Project, textAt, type Value } from '@msb/core';
import { type Binary, findBinaries } from './binaries.ts';
import { type CargoFile, dependencyNames, pathDependencies } from './cargofile.ts';

/** A `[package]`, with what it inherits from its workspace filled in. */
export interface Package {
  readonly cargo: CargoFile;
  readonly name: string;
  readonly place: Place;
  readonly edition: string;
  readonly rustVersion: { readonly value: string; readonly place: Place } | undefined;
  readonly description: string | undefined;
  readonly license: string | undefined;
  readonly repository: string | undefined;
  readonly defaultRun: string | undefined;
  readonly binaries: readonly Binary[];
  /** Its build script, from the folder of the workspace; a file that need not be there. */
  readonly script: string;
  /** Crates it depends on, by name. */
  readonly dependencies: readonly string[];
  /** Folders of this project that it is compiled with. */
  readonly locals: readonly string[];
}

/** Reads the package of a Cargo.toml; `undefined` for a virtual manifest. Throws `broken-file` or `unsupported`. */
export function readPackage(project: Project, cargo: CargoFile, root: CargoFile): Package | undefined {
  const table = at(cargo.value, 'package');
  if (table === undefined) return undefined;
  const name = textAt(table, 'name');
  if (name === undefined) {
    throw new MsbError(
      'broken-file',
      `${cargo.file} has a [package] without a name`,
      'Add name = "…".',
      cargo.place('package'),
    );
  }
  refuseOutside(cargo, root, table);
  const field = (key: string): string | undefined => inherited(root, table, key);
  const rustVersion = field('rust-version');
  const edition = field('edition') ?? '2015';
  return {
    cargo,
    name,
    place: cargo.place('package', 'name'),
    edition,
    rustVersion:
      rustVersion === undefined ? undefined : { value: rustVersion, place: versionPlace(cargo, root, table) },
    description: field('description'),
    license: field('license'),
    repository: field('repository'),
    defaultRun: textAt(table, 'default-run'),
    script: join(cargo.folder, textAt(table, 'build') ?? 'build.rs'),
    binaries: findBinaries(project, cargo, name, edition),
    dependencies: dependencyNames(cargo),
    locals: pathDependencies(cargo, root).flatMap(({ folder, dev }) => (dev ? [] : [folder])),
  };
}

const versionPlace = (cargo: CargoFile, root: CargoFile, table: Value): Place =>
  textAt(table, 'rust-version') === undefined
    ? root.place('workspace.package', 'rust-version')
    : cargo.place('package', 'rust-version');

/** A field's text; `field.workspace = true` takes it from `[workspace.package]` of the root. */
const inherited = (root: CargoFile, table: Value, key: string): string | undefined =>
  at(table, key, 'workspace') === true ? textAt(root.value, 'workspace', 'package', key) : textAt(table, key);

/** Throws `unsupported` for a package whose workspace lies outside of the project. */
function refuseOutside(cargo: CargoFile, root: CargoFile, table: Value): void {
  if (at(root.value, 'workspace') !== undefined) return;
  const key = keysOf(table).find((name) => name === 'workspace' || at(table, name, 'workspace') === true);
  if (key === undefined) return;
  throw new MsbError(
    'unsupported',
    `This package takes its ${key} from a workspace that is not there`,
    'Add this package to the members of its workspace, in a folder above this one.',
    cargo.place('package', key),
  );
}
