import { posix } from 'node:path';
import { join, type Place, type Project } from '@msb/core';
import { type Code, matchesIn } from '../code.ts';
import type { Named } from './named.ts';
import { fixedPart, type RunRead, workdir } from './reads.ts';

/** A file or folder that a program writes. */
export interface RunWrite {
  /** From the working folder, or from the image's root. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly place?: Place;
}

/** Names that only a database has, which is written wherever it is named. */
const database = /[\w*-]\.(?:db3?|sqlite3?|redb)$/i;

/** Addresses of databases that are a file or a folder: `sqlite://app.db?mode=rwc`, `rocksdb://data`, `surrealkv:…`. */
const address = /^(sqlite|rocksdb|surrealkv|speedb|sled|file|libsql):(?:\/\/)?(?!\/\/)([^?#]+)/;

/** What needs no place of its own, as there is one, or as nothing can be written there. */
const elsewhere = /^\/(?:tmp|dev|proc|sys|run\/secrets)(?:\/|$)|:memory:|^memory$|^~|mode=memory/;

/** Reads what a program writes beside itself. */
export function runWrites(
  project: Project,
  named: readonly Named[],
  reads: readonly RunRead[],
  examples: readonly Code[],
): readonly RunWrite[] {
  const found = new Map<string, RunWrite>();
  for (const write of [...named.flatMap((item) => writeOf(project, item, reads)), ...inExamples(examples)]) {
    const known = found.get(write.path);
    if (known === undefined || (known.kind === 'file' && write.kind === 'folder')) found.set(write.path, write);
  }
  const all = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const covered = ({ path }: RunWrite): boolean =>
    all.some((other) => other.kind === 'folder' && path.startsWith(`${other.path}/`));
  return all.filter((write) => !covered(write));
}

function writeOf(project: Project, item: Named, reads: readonly RunRead[]): readonly RunWrite[] {
  const { text, base, place, call } = item;
  const [, , inAddress] = address.exec(text) ?? [];
  if (inAddress !== undefined)
    return placed(inAddress, address.exec(text)?.[1] === 'sqlite' ? 'file' : kindOf(inAddress), place);
  if (base !== 'working' || /:\/\//.test(text)) return [];
  const does = call?.does;
  if (does === undefined || does === 'read') return database.test(text) ? placed(text, 'file', place) : [];
  if (does === 'database') return placed(text, 'file', place);
  // a folder that ships is made where it is missing: `if !path.exists() { create_dir(…) }`
  const shipped = does === 'folder' || isOpen(text) ? shippedFolder(project, text, reads) : undefined;
  if (shipped !== undefined && (does === 'folder' || !isWhole(text, reads))) return [];
  return placed(text, does === 'folder' ? 'folder' : 'file', place);
}

/** The folder of the project that ships as this one, where it does, and has files. */
export function shippedFolder(project: Project, text: string, reads: readonly RunRead[]): string | undefined {
  const at = posix.join(workdir, fixedPart(text));
  const read = reads.find((one) => one.there && `${at}/`.startsWith(`${one.at}/`));
  const from = read && join(read.from, at.slice(read.at.length));
  return from !== undefined && project.list(from).some((name) => !name.startsWith('.')) ? from : undefined;
}

/** Whether a run tells the name of what is written. */
const isOpen = (text: string): boolean => /[*?[]/.test(text);

/** Folders that a new release changes: a volume over one would keep those of the first. */
const released = /(?:^|\/)(?:migrations|templates|views|static|public|assets|locales|config)$/;

/** Whether a folder ships by itself: its files are what its volume starts with, then. */
const isWhole = (text: string, reads: readonly RunRead[]): boolean =>
  !released.test(fixedPart(text)) &&
  reads.some(({ at, there }) => there && at === posix.join(workdir, fixedPart(text)));

/** Where files are written into a part of a folder that ships, which belongs to nobody that runs. */
export function writesIntoShipped(
  project: Project,
  named: readonly Named[],
  reads: readonly RunRead[],
): readonly { readonly folder: string; readonly place: Place }[] {
  return named.flatMap(({ call, text, base, place }) => {
    if (call?.does !== 'write' || base !== 'working' || !isOpen(text)) return [];
    const folder = shippedFolder(project, text, reads);
    return folder === undefined || isWhole(text, reads) ? [] : [{ folder, place }];
  });
}

const kindOf = (path: string): 'file' | 'folder' => (/\.\w{1,6}$/.test(path) ? 'file' : 'folder');

function placed(text: string, kind: 'file' | 'folder', place: Place | undefined): readonly RunWrite[] {
  if (elsewhere.test(text) || /[\n\0<>|"{}]/.test(text)) return [];
  const fixed = fixedPart(text);
  const whole = posix.normalize(text.startsWith('/') ? `/${fixed}` : fixed);
  const isWhole = !/[*?[]/.test(text);
  const path = whole.replace(/\/$/, '');
  // a name that only a run tells: its folder is what has to be writable
  const folder = isWhole ? path : path === '' ? '.' : path;
  if (folder === '' || folder === '.' || folder === '/' || folder.startsWith('..')) return [];
  return [{ path: folder, kind: isWhole ? kind : 'folder', ...(place && { place }) }];
}

/** `DATABASE_URL=sqlite:app.db` in an example of the environment is where a database will be. */
const inExamples = (examples: readonly Code[]): readonly RunWrite[] =>
  [...matchesIn(examples, /^\s*(?:export\s+)?\w+\s*=\s*["']?(sqlite:[^\s"'#]+)/m)].flatMap(({ match, place }) => {
    const [, , path] = address.exec(match[1] ?? '') ?? [];
    return path === undefined ? [] : placed(path, 'file', place);
  });
