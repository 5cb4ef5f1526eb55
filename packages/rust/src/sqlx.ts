import { type Fact, join, MsbError, type Project } from '@msb/core';
import { searchCode } from './code.ts';
import type { LockedCrate } from './lock.ts';
import type { Program } from './programs.ts';

/** Macros that check a query while they are compiled (https://docs.rs/sqlx/latest/sqlx/macro.query.html). */
const checked = /\bquery(?:_as|_scalar|_file|_file_as|_file_scalar)?!\s*[({[]/;

/** What `cargo sqlx prepare` writes: a folder, or one file before sqlx 0.7. */
const prepared = ['.sqlx', 'sqlx-data.json'];

/**
 * Whether queries are checked against what was prepared, as no database is there when an image is built. Throws
 * `unsupported` where nothing was.
 */
export function queryFacts(
  project: Project,
  programs: readonly Program[],
  lock: readonly LockedCrate[],
): readonly Fact[] {
  if (!lock.some(({ name }) => name === 'sqlx-macros')) return [];
  const sources = programs.flatMap(({ sources: { own, shared, locals } }) => [...own, ...shared, ...locals]);
  const hit = searchCode(sources, [checked]);
  if (hit === undefined) return [];
  const packages = programs.flatMap(({ sources }) => sources.packages);
  const folders = new Set(['', ...packages.map(({ cargo }) => cargo.folder)]);
  const found = [...folders].flatMap((folder) => prepared.map((name) => join(folder, name)));
  const there = found.find((path) => project.exists(path));
  if (there !== undefined) return [{ name: 'queries', value: `checked against ${there}`, place: hit.place }];
  throw new MsbError(
    'unsupported',
    'sqlx checks this query against a database while it compiles, and there is none when an image is built',
    'Run cargo sqlx prepare --workspace and commit the folder .sqlx, which then takes its place.',
    hit.place,
  );
}
