import { join, type Place, type Project } from '@msb/core';
import { type Code, matchesIn, readCode } from '../code.ts';
import type { Package } from '../package.ts';
import { looksSecret } from '../secrets.ts';
import { packageSources } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import { namedPaths } from './named.ts';
import { fixedPart } from './reads.ts';
import { tokensOf } from './tokens.ts';

/** A file or folder that is read while a package is compiled. */
export interface BuildRead {
  /** From the folder of the workspace. */
  readonly path: string;
  readonly place: Place;
  /** Whether nothing is compiled, or nothing embedded, without it. */
  readonly must: boolean;
  /** Whether no code names it, as it is the usual one. */
  readonly usual?: boolean;
}

/** A macro or an attribute that reads; group 1 of its pattern is the path. */
interface Reader {
  readonly code: RegExp;
  readonly from: 'file' | 'package' | 'templates';
  /** What it reads where it names nothing. */
  readonly unless?: string;
  /** The same words mean other things elsewhere, so that nothing is missed where nothing is there. */
  readonly maybe?: boolean;
}

const readers: readonly Reader[] = [
  { code: /\binclude(?:_str|_bytes|_flate)?!\s*[([{]\s*"([^"\n]+)"/, from: 'file' },
  {
    code: /\binclude(?:_str|_bytes)?!\s*\(\s*concat!\(\s*env!\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*,\s*"([^"\n]+)"/,
    from: 'package',
  },
  { code: /\binclude_dir!\s*\(\s*"(?:\$CARGO_MANIFEST_DIR)?([^"\n]+)"/, from: 'package' },
  // rust-embed (https://docs.rs/rust-embed): in release it embeds, from the folder of the package
  { code: /#\[folder\s*=\s*"(?:\$CARGO_MANIFEST_DIR)?([^"\n]+)"/, from: 'package' },
  // https://docs.rs/sqlx/latest/sqlx/macro.migrate.html, https://docs.rs/refinery, https://docs.rs/diesel_migrations
  { code: /\b(?:sqlx::)?migrate!\s*\(\s*(?:"([^"\n]+)")?\s*\)/, from: 'package', unless: 'migrations' },
  { code: /\bembed_migrations!\s*\(\s*(?:"([^"\n]+)")?\s*\)/, from: 'package', unless: 'migrations' },
  { code: /\bquery_file\w*!\s*\(\s*(?:\w+\s*,\s*)?"([^"\n]+)"/, from: 'package' },
  // https://docs.rs/rust-i18n, https://docs.rs/fluent-templates
  { code: /\bi18n!\s*\(\s*(?:"([^"\n]+)")?/, from: 'package', unless: 'locales' },
  { code: /\bstatic_loader!\s*\{[^"]*\blocales:\s*"([^"\n]+)"/, from: 'package' },
  // https://docs.rs/askama: paths in templates/, or in the folders of askama.toml
  { code: /#\[template\([^\]]*\bpath\s*=\s*"([^"\n]+)"/, from: 'templates' },
  { code: /\b(?:schema_path|query_path|schema)\s*=\s*"([^"\n]+)"/, from: 'package', maybe: true },
];

/** Files and folders that the packages of a workspace are compiled with, beside their own code. */
export function buildReads(project: Project, item: Package, workspace: Workspace): readonly BuildRead[] {
  const { folder } = item.cargo;
  const code = readCode(project, packageSources(project, item, workspace));
  const script = code.filter(({ file }) => file === item.script);
  const named = readers
    .flatMap((reader) => inMacros(folder, code, reader))
    // the folder that is usual may be the workspace's: diesel looks for it upwards
    .map((read) => (read.usual && !project.exists(read.path) ? { ...read, path: upwards(project, read.path) } : read));
  const read = namedPaths(script)
    .filter(({ base, text }) => base !== 'program' && isPath(text))
    .map(({ text, place }) => ({ path: join(folder, fixedPart(text)), place, must: false }));
  const rest = code.flatMap((one) => standing(one, folder));
  const found = new Map<string, BuildRead>();
  for (const one of [...named, ...read, ...rest].filter(
    ({ path, must }) => isMeant(project, path) && (must || !looksSecret(path)),
  )) {
    if (one.must || (!found.has(one.path) && isThere(project, one.path))) found.set(one.path, one);
  }
  return [...found.values()];
}

/** A folder of this name in the nearest folder above that has one, else where it was looked for. */
function upwards(project: Project, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const above = path.split('/').map((_, index, names) => join(...names.slice(0, names.length - 1 - index), name));
  return above.find((candidate) => isMeant(project, candidate) && project.exists(candidate)) ?? path;
}

const watched = /^cargo::?rerun-if-changed=/;

const isPath = (text: string): boolean => text.length < 200 && !/[\n\0<>|"]|:\/\/|^\//.test(text) && /\w/.test(text);

function inMacros(
  folder: string,
  code: readonly Code[],
  { code: pattern, from, unless, maybe = false }: Reader,
): readonly BuildRead[] {
  return [...matchesIn(code, pattern)].flatMap(({ match, place }) => {
    const text = match[1] ?? unless;
    if (text?.includes('$') !== false) return [];
    const home = from === 'file' ? join(place.file, '..') : join(folder, from === 'templates' ? 'templates' : '');
    // the folder of templates, as they include one another
    const path = from === 'templates' ? home : join(home, text.replace(/^\//, ''));
    return [{ path, place, must: from !== 'templates' && !maybe, usual: match[1] === undefined }];
  });
}

/** Paths that stand in any macro or attribute: many crates have one that reads. From the package, its src, or the file. */
function standing(code: Code, folder: string): readonly BuildRead[] {
  const homes = [folder, join(folder, 'src'), join(code.file, '..')];
  return tokensOf(code).flatMap(({ kind, value }) => {
    const text = value.replace(watched, '');
    if (kind !== 'text' || !isPath(text) || !/[./]/.test(text)) return [];
    return homes.map((home) => ({ path: join(home, fixedPart(text)), place: { file: code.file }, must: false }));
  });
}

/** Neither a whole folder of packages, nor what nothing may read. */
const isMeant = (project: Project, path: string): boolean =>
  !join(project.folder, path).startsWith('..') &&
  !/^(?:\.\.\/?)*$/.test(path) &&
  !/(^|\/)(?:\.git|target|node_modules)(\/|$)/.test(path) &&
  !project.has(join(path, 'Cargo.toml'));

const isThere = (project: Project, path: string): boolean => project.exists(path);

/** The files of paths that are read, where they are part of the build context: none of them may be ignored. */
export function filesOfReads(project: Project, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (project.inContext(path).startsWith('..')) return [];
    return project.has(path) ? [path] : filesIn(project, path).slice(0, most);
  });
}

/** A pattern that drops one of so many files most likely drops one of the first, too. */
const most = 2000;

/** All files in a folder, whatever its folders are called. */
function filesIn(project: Project, folder: string): readonly string[] {
  return project.list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (looksSecret(path) || name === '.git' || name === 'node_modules') return [];
    return project.has(path) ? [path] : filesIn(project, path);
  });
}
