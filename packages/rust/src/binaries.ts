import { at, itemsOf, join, type Place, type Project, textAt, type Value } from '@msb/core';
import { type CargoFile, textsOf } from './cargofile.ts';

/** A binary target (https://doc.rust-lang.org/cargo/reference/cargo-targets.html#binaries). */
export interface Binary {
  readonly name: string;
  /** The name of its package. */
  readonly package: string;
  /** Its main source file. */
  readonly file: string;
  readonly place: Place;
  /** Features without which Cargo leaves it out. */
  readonly features: readonly string[];
}

/** All binaries of a package: those of `[[bin]]`, then those that Cargo finds by their place. */
export function findBinaries(
  project: Project,
  cargo: CargoFile,
  packageName: string,
  edition: string,
): readonly Binary[] {
  const tables = itemsOf(at(cargo.value, 'bin'));
  const declared = tables.flatMap((table, nth) => declaredBinary(project, cargo, packageName, table, nth));
  const auto = at(cargo.value, 'package', 'autobins') ?? !(edition === '2015' && tables.length > 0);
  if (auto === false) return declared;
  const names = new Set(declared.map(({ name }) => name));
  const files = new Set(declared.map(({ file }) => file));
  const found = discovered(project, cargo.folder, packageName)
    .filter(({ name, file }) => !names.has(name) && !files.has(file))
    .map(({ name, file }) => ({ name, package: packageName, file, place: { file }, features: [] }));
  return [...declared, ...found];
}

function declaredBinary(
  project: Project,
  cargo: CargoFile,
  packageName: string,
  table: Value,
  nth: number,
): readonly Binary[] {
  const name = textAt(table, 'name');
  if (name === undefined) return [];
  const path = textAt(table, 'path');
  const usual = discovered(project, cargo.folder, packageName).find((candidate) => candidate.name === name)?.file;
  const file = path === undefined ? usual : join(cargo.folder, path);
  const features = textsOf(at(table, 'required-features'));
  const place = cargo.place('bin', 'name', nth);
  return [{ name, package: packageName, file: file ?? join(cargo.folder, 'src/main.rs'), place, features }];
}

/** `src/main.rs`, `src/bin/*.rs` and `src/bin/<name>/main.rs`. */
function discovered(
  project: Project,
  folder: string,
  packageName: string,
): readonly { readonly name: string; readonly file: string }[] {
  const main = join(folder, 'src/main.rs');
  const bin = join(folder, 'src/bin');
  const others = project.list(bin).flatMap((entry) => {
    const nested = join(bin, entry, 'main.rs');
    if (project.has(nested)) return [{ name: entry, file: nested }];
    return entry.endsWith('.rs') ? [{ name: entry.slice(0, -'.rs'.length), file: join(bin, entry) }] : [];
  });
  return [...(project.has(main) ? [{ name: packageName, file: main }] : []), ...others];
}
