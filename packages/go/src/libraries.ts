import {
  type Detection,
  type Fact,
  type GivenOptions,
  givenText,
  join,
  MsbError,
  type Place,
  type Project,
} from '@msb/core';
import { debianPackages, entryFor, linked, needsMore } from './cmodules.ts';
import { type GoPackage, importsOf } from './packages.ts';

/** What keeps a program from being static against musl: it is built with glibc then, and ships with what it is linked with. */
export interface Libraries {
  /** Debian packages to build with; none for C++, whose library the base has. */
  readonly packages: readonly string[];
  /** What shows it, in words: `links libsodium`. */
  readonly value: string;
  readonly place?: Place;
}

/** Libraries that are part of musl's libc.a (https://wiki.musl-libc.org/roadmap); any other one has to be installed. */
const libc = new Set(['c', 'm', 'pthread', 'dl', 'rt', 'util', 'resolv', 'crypt']);

/** What comes with a C++ compiler. */
const cxx = new Set(['stdc++', 'gcc', 'gcc_s']);

/** Something that needs glibc. */
interface Need extends Omit<Libraries, 'packages'> {
  /** Undefined for a library that nothing is known of. */
  readonly packages?: readonly string[];
  /** Set for a module that a library alone does not help: a way out. */
  readonly instead?: string;
  readonly place: Place;
}

/** Whether packages, of a build with cgo, can be linked into a static program. */
export const isStatic = (project: Project, packages: readonly GoPackage[]): boolean =>
  packages.every((item) => needsOf(project, item).length === 0);

/**
 * The C libraries that a program is linked with beyond libc, and the Debian packages that have them: those known, and
 * those that `--packages` names. `undefined` when it needs none. `packages` are those of a build with cgo. Throws
 * `unsupported` for what needs more than a library, or one that nothing is known of.
 */
export function findLibraries(
  project: Project,
  packages: readonly GoPackage[],
  given: GivenOptions,
): Libraries | undefined {
  const asked = (givenText(given, 'packages') ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const needs = packages.flatMap((item) => needsOf(project, item));
  for (const need of needs) refuse(need, asked.length > 0);
  const [first] = needs;
  const all = [...new Set([...needs.flatMap((need) => need.packages ?? []), ...asked])].sort();
  if (first) return { packages: all, value: first.value, place: first.place };
  return asked.length > 0 ? { packages: all, value: 'links what --packages has' } : undefined;
}

function needsOf(project: Project, { files, folder }: GoPackage): readonly Need[] {
  const imports = importsOf(project, files);
  const calling = imports.filter(({ path }) => path === 'C').map(({ file }) => file);
  return [
    ...imports.flatMap(({ path, file, line }) => ofModule(path, { file, line })),
    ...[...project.matches(calling, /^\s*(?:\/\/|\*)?\s*#cgo\s(.*)$/)].flatMap(({ file, line, match }) =>
      librariesIn(match[1] ?? '').map((name) => ofLibrary(name, { file, line })),
    ),
    ...(calling.length > 0 ? project.list(folder) : [])
      .filter((name) => /\.(cc|cpp|cxx)$/.test(name))
      .map((name): Need => ({ packages: [], value: 'has C++ in it', place: { file: join(folder, name) } })),
  ];
}

/** Throws `unsupported` for what can't be built, which for an unknown library is so unless packages were named. */
function refuse({ value, place, packages, instead }: Need, named: boolean): void {
  if (instead !== undefined) {
    throw new MsbError('unsupported', `The program ${value}, which needs more than a library`, `${instead}.`, place);
  }
  if (packages !== undefined || named) return;
  const hint = `Name the Debian package that has its headers, such as --packages ${value.split(' ').at(-1)}-dev.`;
  throw new MsbError('unsupported', `The program ${value}, a C library that is not known here`, hint, place);
}

function ofModule(path: string, place: Place): readonly Need[] {
  const value = `uses ${path}`;
  const instead = entryFor(needsMore, path);
  if (instead !== undefined) return [{ value, instead, place }];
  const packages = entryFor(linked, path);
  return packages === undefined ? [] : [{ value, packages, place }];
}

function ofLibrary(name: string, place: Place): Need {
  const known = debianPackages[name];
  const packages = cxx.has(name) ? [] : known && [known];
  return { value: `links ${name}`, ...(packages && { packages }), place };
}

/** What `LDFLAGS: -lfoo` and `pkg-config: foo` name beyond libc; lines for other systems do not count. */
function librariesIn(directive: string): readonly string[] {
  const [, conditions = '', kind, flags = ''] = /^(.*?)(LDFLAGS|pkg-config):(.*)$/.exec(directive) ?? [];
  if (/\b(darwin|windows|freebsd|openbsd|netbsd|android|solaris)\b/.test(conditions) && !/linux/.test(conditions)) {
    return [];
  }
  const words = flags.trim().split(/\s+/);
  if (kind === 'pkg-config') return words.filter((word) => /^[^-<>=\d]/.test(word));
  return words.flatMap((word) => (word.startsWith('-l') && !libc.has(word.slice(2)) ? [word.slice(2)] : []));
}

/** The packages, and the line that asks for the first of them. */
export function factsOfLibraries(libraries: Libraries | undefined): readonly Fact[] {
  if (libraries === undefined) return [];
  const { packages, place } = libraries;
  return [{ name: 'libraries', value: packages.join(', ') || 'C++', ...(place && { place }) }];
}

/** What is left to ship on. */
export function runtimesOf(libraries: Libraries | undefined): Pick<Detection, 'runtimes'> {
  if (libraries === undefined) return {};
  const { value, place } = libraries;
  const message = `The program ${value}, so that it can't be static: it is built with glibc`;
  const hint = 'It ships on distroless, together with the libraries that it is linked with.';
  return { runtimes: { families: ['distroless'], reason: { message, hint, ...(place && { place }) } } };
}
