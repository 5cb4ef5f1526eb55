import { join, type Note, type OptionValue, type Place, type Project } from '@msb/core';
import { entryFor, linked, needsMore, selfContained } from './cmodules.ts';
import { constraint } from './constraints.ts';
import type { ModFile } from './modfile.ts';
import { type GoPackage, importsOf } from './packages.ts';

/** The C in a program, and what shows it. */
export interface Cgo {
  /** What is made of C, in words. */
  readonly value: string;
  readonly place?: Place;
}

/** A constraint of files for builds without cgo. */
const withoutCgo = /!\s*cgo\b/;

/**
 * Whether a program needs a C compiler (https://go.dev/wiki/cgo): a package of its own or of a known module calls C and
 * has no variant for builds without cgo (`!cgo`). `given` is `--cgo`, which decides.
 */
export function findCgo(
  project: Project,
  packages: readonly GoPackage[],
  given: OptionValue | undefined,
): Cgo | undefined {
  if (given !== undefined) return given === true ? { value: 'as --cgo says' } : undefined;
  for (const { files } of packages) {
    for (const { path, file, line } of importsOf(project, files)) {
      const known = [selfContained, linked, needsMore].some((table) => entryFor<unknown>(table, path) !== undefined);
      if (known) return { value: path, place: { file, line } };
      const without = files.some((other) => withoutCgo.test(constraint(project.text(other) ?? '')));
      if (path === 'C' && !without) return { value: 'the program calls C', place: { file, line } };
    }
  }
  return undefined;
}

/**
 * The C that files for builds with cgo bring in (`//go:build cgo`) where nothing stands in for them: without it the
 * program builds, but lacks what `go build` gives on a machine with a C compiler. `packages` are those with cgo.
 */
export function findOptionalCgo(project: Project, packages: readonly GoPackage[]): Cgo | undefined {
  for (const { files, folder } of packages) {
    const found = importsOf(project, files).find(({ path }) => entryFor(selfContained, path) !== undefined);
    const all = project.list(folder).map((name) => project.text(join(folder, name)) ?? '');
    if (found && !all.some((text) => withoutCgo.test(constraint(text)))) {
      return { value: found.path, place: { file: found.file, line: found.line } };
    }
  }
  return undefined;
}

/** Whether go.mod itself asks for a module that is made of C. */
export const requiresC = (mod: ModFile): boolean =>
  mod.requires.some(({ value, indirect }) => !indirect && entryFor(selfContained, value) !== undefined);

/** Build tags of a program with C: Go's own resolver and accounts as without, and what modules ask for. */
export function cgoTags(project: Project, packages: readonly GoPackage[], mod: ModFile): readonly string[] {
  const files = packages.flatMap((item) => item.files);
  const paths = [...importsOf(project, files).map(({ path }) => path), ...mod.requires.map(({ value }) => value)];
  return [...new Set([...paths.flatMap((path) => entryFor(selfContained, path) ?? []), 'netgo', 'osusergo'])];
}

/** SQLite up to here names functions that musl hides (https://github.com/mattn/go-sqlite3/issues/1164). */
const oldSqlite = /\/mattn\/go-sqlite3 v(?:1\.(?:\d|1[0-3])\.|1\.14\.(?:1?\d|2[0-2])\b|2\.)|\/mutecomm\/go-sqlcipher/;

/** What C code has to be compiled with against musl. */
export const muslFlags = (mod: ModFile): readonly string[] =>
  mod.requires.some(({ value, version }) => oldSqlite.test(`${value} ${version}`)) ? ['-D_LARGEFILE64_SOURCE'] : [];

/** C and assembler files of packages that call C: the compiler reads them, so nothing may ignore them. */
export const nativeSources = (project: Project, packages: readonly GoPackage[]): readonly string[] =>
  packages
    .filter(({ files }) => importsOf(project, files).some(({ path }) => path === 'C'))
    .flatMap(({ folder }) => project.list(folder).map((name) => join(folder, name)))
    .filter((path) => /\.(?:[chsS]|cc|cpp|cxx|hh|hpp|hxx)$/.test(path) && project.has(path));

/** A note for a C module that only other modules ask for: no import of the project's own says whether it is used. */
export const unseenC = (mod: ModFile): readonly Note[] =>
  mod.requires
    .filter(({ value, indirect }) => indirect && entryFor(selfContained, value) !== undefined)
    .map(({ value, line }) => ({
      message: `${value} is made of C code; only other modules ask for it, so the program is built without`,
      hint: 'If the program uses it, say --cgo true.',
      place: { file: 'go.mod', line },
    }));
