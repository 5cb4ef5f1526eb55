import { join, type Project, type Write } from '@msb/core';
import { withoutComments } from '../frameworks/config.ts';
import { constantsIn, expressionAt, type Named, pathIn } from './expressions.ts';
import { folderOfOutput, type OutputMap } from './outputs.ts';

/** What a call writes: the file or the folder that its argument names. */
interface Writer {
  readonly call: RegExp;
  readonly kind: Write['kind'];
  /** Whether only what serves, and so keeps running, is known to want it kept. */
  readonly served?: boolean;
}

/** Calls that make files or folders, and databases in a file; what follows names it. */
const writers: readonly Writer[] = [
  { call: /\bmkdir(?:Sync|p|pSync|s)?\(/, kind: 'folder', served: true },
  { call: /\b(?:ensureDir(?:Sync)?|mkdirp\.sync)\(/, kind: 'folder', served: true },
  { call: /\b(?:write|append)File(?:Sync)?\(/, kind: 'file', served: true },
  { call: /\b(?:writeJson|writeJSON|outputFile|outputJson)(?:Sync)?\(/, kind: 'file', served: true },
  { call: /\bcreateWriteStream\(/, kind: 'file', served: true },
  // https://github.com/expressjs/multer#multeropts
  { call: /\bmulter\(\s*\{[^}]*?\bdest\s*:/, kind: 'folder' },
  { call: /\bdestination\s*:(?=\s*['"])/, kind: 'folder' },
  // https://nodejs.org/api/sqlite.html, better-sqlite3, sqlite3, bun:sqlite
  { call: /\bnew (?:\w+\.)?Database(?:Sync)?\(/, kind: 'file' },
  // https://github.com/typicode/lowdb
  { call: /\b(?:new (?:JSONFile(?:Sync)?|FileSync|FileAsync)|JSONFile(?:Sync)?Preset)(?:<[^>]*>)?\(/, kind: 'file' },
  // Sequelize's storage; the filename of Knex, NeDB and winston
  { call: /\b(?:storage|filename|database|datastore|dbPath)\s*:/, kind: 'file' },
  { call: /\bdirname\s*:(?=\s*['"][^'"]*log)/, kind: 'folder' },
  { call: /\b(?:url|connectionString)\s*:(?=\s*['"\x60]file:)/, kind: 'file' },
];

/** Files that are databases or logs, whatever opens them. */
const kept = /\.(?:db3?|sqlite3?|nedb|log|jsonl)$/i;

/**
 * What a program writes next to itself. `map` says where its code lies in the image; `serves` whether it goes on running,
 * as a tool for the command line writes where people want it to.
 */
export function writesIn(
  project: Project,
  files: readonly string[],
  map: OutputMap | undefined,
  serves: boolean,
): readonly Write[] {
  const found = new Map<string, Write>();
  for (const file of files) {
    const source = project.text(file);
    if (source === undefined || source.length > 512 * 1024) continue;
    const text = withoutComments(source);
    const constants = constantsIn(text);
    for (const { call, kind, served } of writers) {
      if (served && !serves) continue;
      for (const match of text.matchAll(new RegExp(call.source, 'g'))) {
        const named = pathIn(expressionAt(text, match.index + match[0].length), constants);
        const path = named && placeOf(named, file, map);
        if (path === undefined || !isWritten(project, path, kind, match[0])) continue;
        const line = text.slice(0, match.index).split('\n').length;
        if (!found.has(path)) found.set(path, { path, kind, place: { file, line } });
      }
    }
  }
  return withoutNested([...found.values()]);
}

/** A path from the folder that the program starts in, or absolute. */
function placeOf({ text, base }: Named, file: string, map: OutputMap | undefined): string | undefined {
  if (/[*?[\]{}$%<>|"'`\s]|:\/\/|^https?:/.test(text) || text.startsWith('~')) return undefined;
  if (base === 'cwd' && text.startsWith('/')) return text;
  const folder = base === 'cwd' ? '' : map ? folderOfOutput(map, file) : join(file, '..');
  const path = join(folder, text);
  return path === '' || path.startsWith('..') ? undefined : path;
}

/** A word alone may be the name of a database on a server; what a build makes is written by no program. */
function isWritten(project: Project, path: string, kind: Write['kind'], call: string): boolean {
  if (/^(?:dist|build|node_modules|src|public\/build)(?:\/|$)/.test(path) && kind === 'folder')
    return /\/.+/.test(path);
  if (/\b(?:storage|filename|database|datastore|dbPath)\s*:/.test(call))
    return kept.test(path) || /^(?:\.\/|data\/|db\/)/.test(path);
  if (kind === 'file' && !/[./]/.test(path)) return false;
  return !/\.(?:[cm]?[jt]sx?)$/.test(path) || !project.exists(path);
}

const withoutNested = (writes: readonly Write[]): readonly Write[] =>
  writes.filter(({ path }) => !writes.some((other) => other.kind === 'folder' && path.startsWith(`${other.path}/`)));
