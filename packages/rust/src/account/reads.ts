import { posix } from 'node:path';
import { join, type Place, type Project } from '@msb/core';
import type { Sources } from '../sources.ts';
import { conventionsOf } from './conventions.ts';
import type { Base } from './expression.ts';
import type { Named } from './named.ts';

/** A file or folder that a program looks for while it runs. */
export interface RunRead {
  /** Where the project has it, from the folder of the workspace; a path that nothing has, where it has none. */
  readonly from: string;
  /** Where the program looks for it, in the image. */
  readonly at: string;
  readonly there: boolean;
  readonly place?: Place;
}

/** The working folder of a program that reads files of the project. */
export const workdir = '/app';

/** The folder in which the template `build` compiles. */
const compiledIn = '/src';

/** The folder of the programs in an image. */
const programs = '/usr/local/bin';

/** What only helps to develop, so that a word that names it says nothing. */
const development =
  /(^|\/)(?:src|target|tests?|benches|examples|\.git|\.github|\.cargo|node_modules)$|(^|\/)(?:Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|\.gitignore|Dockerfile|README(?:\.md)?|LICENSE\S*|CHANGELOG\.md|package\.json)$|\.rs$/;

/** What stands before the first glob or placeholder; a path that has none stays whole. */
export function fixedPart(path: string): string {
  const names = join(path).split('/');
  const glob = names.findIndex((name) => /[*?[{]/.test(name));
  return (glob < 0 ? names : names.slice(0, glob)).join('/');
}

/** Reads what a program reads: what its sources name and the project has, and what they must have. */
export function runReads(project: Project, sources: Sources, named: readonly Named[]): readonly RunRead[] {
  const written = new Set(named.flatMap(({ call, text }) => (call && call.does !== 'read' ? [fixedPart(text)] : [])));
  const reads = [...named, ...conventionsOf(sources)]
    .flatMap((item) => readOf(project, sources, item, written))
    .map((read) => withSiblings(read));
  const found = new Map<string, RunRead>();
  for (const read of reads) {
    const known = found.get(read.at);
    if (known === undefined || (!known.there && read.there)) found.set(read.at, read);
  }
  const covered = ({ at }: RunRead): boolean =>
    [...found.values()].some((other) => other.there && at.startsWith(`${other.at}/`));
  return [...found.values()].filter((read) => !covered(read)).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Templates take in one another, so that with one of them its folder is read. */
function withSiblings(read: RunRead): RunRead {
  const [, folder, rest] = /^((?:.*\/)?(?:templates|views|layouts|partials))\/(.+)$/.exec(read.from) ?? [];
  if (folder === undefined || rest === undefined || !read.there || !read.at.endsWith(`/${rest}`)) return read;
  return { ...read, from: folder, at: read.at.slice(0, -rest.length - 1) };
}

function readOf(project: Project, sources: Sources, item: Named, written: ReadonlySet<string>): readonly RunRead[] {
  const { base, text, place, call } = item;
  if (call && call.does !== 'read' && call.does !== 'database') return [];
  if (!isPath(text)) return [];
  const path = fixedPart(text);
  const open = path !== join(text);
  if (path === '' || path === '.' || /^(?:\.\.\/?)+$/.test(path)) return [];
  const settings = call?.name.source.includes('with_name') === true;
  const found = homesOf(sources, base, place.file)
    .flatMap((home) =>
      (settings ? settingsFiles(path) : [path]).map((looked) => ({ looked, from: join(home, looked) })),
    )
    .find(({ from }) => isInTree(project, from) && project.exists(from));
  if (found !== undefined) {
    const { from, looked } = found;
    return isMeant(project, item, from, path)
      ? [{ from, at: atOf(project, base, from, looked), there: true, place }]
      : [];
  }
  if (call?.does !== 'read' || !call.must || open || base === 'unknown' || item.oneOfSeveral) return [];
  const made = [...written].some((folder) => folder !== '' && `${path}/`.startsWith(`${folder}/`));
  const home = likeliest(project, homesOf(sources, base, place.file), path);
  return made ? [] : [{ from: join(home, path), at: atOf(project, base, path, path), there: false, place }];
}

/** Whether a text can be a path of the project: no address, no sentence, and not from the root. */
const isPath = (text: string): boolean =>
  text.length < 200 && !/[\n\0<>|"]|:\/\/|^[/~]|^[a-z]+:|\s{2}|, /.test(text) && /[\w*]/.test(text);

/** The folders that a path may begin in, the likeliest first: that of the program's package, the workspace's, its own. */
function homesOf({ packages }: Sources, base: Base, file: string): readonly string[] {
  const folders = packages.map(({ cargo }) => cargo.folder).sort((a, b) => b.length - a.length);
  const own = folders.find((folder) => folder === '' || file.startsWith(`${folder}/`)) ?? '';
  if (base === 'package') return [own];
  return [...new Set([packages[0]?.cargo.folder ?? '', '', own])];
}

/** Of the folders that a path may begin in, the one that has most of it. */
function likeliest(project: Project, homes: readonly string[], path: string): string {
  const names = path.split('/');
  const depth = (home: string): number =>
    names.findIndex((_, index) => {
      const part = join(home, ...names.slice(0, index + 1));
      return !isInTree(project, part) || !project.exists(part);
    });
  return [...homes].sort((a, b) => depth(b) - depth(a))[0] ?? '';
}

/** What the crate config reads for a name: its folder, which has those of other stages, too, or a file with an ending. */
const settingsFiles = (path: string): readonly string[] => [
  ...(path.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : []),
  ...['', '.toml', '.yaml', '.yml', '.json', '.json5', '.ron', '.ini'].map((ending) => `${path}${ending}`),
];

const isInTree = (project: Project, path: string): boolean => !join(project.folder, path).startsWith('..');

/** Where the program looks for it. */
function atOf(project: Project, base: Base, from: string, looked: string): string {
  if (base === 'package') return `${compiledIn}/${project.inContext(from)}`;
  return posix.join(base === 'program' ? programs : workdir, looked);
}

/**
 * Whether a path that is there is meant. A file with a name of its own is; a word that is a folder's name, too, where
 * something says that it is a path.
 */
function isMeant(project: Project, { call, aPath, text }: Named, from: string, path: string): boolean {
  if (call?.does === 'read') return !isSource(project, from);
  if (development.test(path)) return false;
  if (call?.does === 'database') return true;
  if (project.has(from)) return /\.\w+$/.test(path) || (aPath && path.includes('/'));
  if (isSource(project, from)) return false;
  return aPath || /^\.\.?\/|\/$/.test(text) || (path.includes('/') && !/\s/.test(text));
}

/** A folder with packages or modules in it is compiled, and not read. */
const isSource = (project: Project, from: string): boolean =>
  !project.has(from) && project.list(from).some((name) => name === 'Cargo.toml' || /^(?:main|lib|mod)\.rs$/.test(name));
