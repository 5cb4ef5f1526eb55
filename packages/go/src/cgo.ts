import { join, MsbError, type Note, type OptionValue, type Place, type Project } from '@msb/core';
import { entryFor, needsLibrary, selfContained } from './cmodules.ts';
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

/** Libraries that are part of musl's libc.a (https://wiki.musl-libc.org/roadmap); any other one has to be installed. */
const libc = new Set(['c', 'm', 'pthread', 'dl', 'rt', 'util', 'resolv', 'crypt']);

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
      const known = entryFor(selfContained, path) ?? entryFor(needsLibrary, path);
      if (known !== undefined) return { value: path, place: { file, line } };
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

/**
 * The error (`unsupported`) for C that needs more than libc and a C compiler; `undefined` when none does. `packages` are
 * those of a build with cgo.
 */
export function neededLibrary(project: Project, packages: readonly GoPackage[]): MsbError | undefined {
  for (const { files, folder } of packages) {
    const imports = importsOf(project, files);
    for (const { path, file, line } of imports) {
      const instead = entryFor(needsLibrary, path);
      if (instead !== undefined) return refusal(`${path} needs a C library`, `${instead}.`, { file, line });
    }
    const calling = imports.filter(({ path }) => path === 'C').map(({ file }) => file);
    for (const { file, line, match } of project.matches(calling, /^\s*(?:\/\/|\*)?\s*#cgo\s(.*)$/)) {
      const library = libraryIn(match[1] ?? '');
      if (library !== undefined) return refusal(`This links ${library}`, handWritten, { file, line });
    }
    const cxx = project.list(folder).find((name) => calling.length > 0 && /\.(cc|cpp|cxx)$/.test(name));
    if (cxx !== undefined) return refusal('This is C++', handWritten, { file: join(folder, cxx) });
  }
  return undefined;
}

const handWritten = 'Write the Dockerfile by hand, on a base that has the library, or move this part to a service.';

const refusal = (what: string, hint: string, place: Place): MsbError =>
  new MsbError(
    'unsupported',
    `${what}, and only C that needs nothing but libc is built into a static program`,
    hint,
    place,
  );

/** The first library of `LDFLAGS: -lfoo` or `pkg-config: foo` that has to be installed; other systems' lines do not count. */
function libraryIn(directive: string): string | undefined {
  const [, conditions = '', flags = ''] = /^(.*?)(?:LDFLAGS|pkg-config):(.*)$/.exec(directive) ?? [];
  if (/\b(darwin|windows|freebsd|openbsd|netbsd|android|solaris)\b/.test(conditions) && !/linux/.test(conditions)) {
    return undefined;
  }
  if (/pkg-config:/.test(directive)) return flags.trim().split(/\s+/)[0];
  return [...flags.matchAll(/(?:^|\s)-l(\S+)/g)].flatMap(([, name = '']) => (libc.has(name) ? [] : [name]))[0];
}

/** Build tags of a program with C: Go's own resolver and accounts as without, and what modules ask for. */
export function cgoTags(project: Project, packages: readonly GoPackage[], mod: ModFile): readonly string[] {
  const files = packages.flatMap((item) => item.files);
  const paths = [...importsOf(project, files).map(({ path }) => path), ...mod.requires.map(({ value }) => value)];
  return [...new Set([...paths.flatMap((path) => entryFor(selfContained, path) ?? []), 'netgo', 'osusergo'])];
}

/** C and assembler files of packages that call C: the compiler reads them, so nothing may ignore them. */
export const nativeSources = (project: Project, packages: readonly GoPackage[]): readonly string[] =>
  packages
    .filter(({ files }) => importsOf(project, files).some(({ path }) => path === 'C'))
    .flatMap(({ folder }) => project.list(folder).map((name) => join(folder, name)))
    .filter((path) => /\.[chsS]$/.test(path) && project.has(path));

/** A note for a C module that only other modules ask for: no import of the project's own says whether it is used. */
export const unseenC = (mod: ModFile): readonly Note[] =>
  mod.requires
    .filter(({ value, indirect }) => indirect && entryFor(selfContained, value) !== undefined)
    .map(({ value, line }) => ({
      message: `${value} is made of C code; only other modules ask for it, so the program is built without`,
      hint: 'If the program uses it, say --cgo true.',
      place: { file: 'go.mod', line },
    }));
