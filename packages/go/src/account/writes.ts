import { posix } from 'node:path';
import type { Place } from '@msb/core';
import { type Call, calleeOf } from '../code/calls.ts';
import { split } from '../code/source.ts';
import { asGlob, valuesOf } from '../code/values.ts';
import { embeddedIn } from './embedded.ts';
import { ofFrameworks } from './frameworks.ts';
import { workingFolder } from './location.ts';
import { textsOf } from './named.ts';
import type { ProgramCode } from './types.ts';
import { databaseFile, fileDriver, type WriteCall, writers, writingFields } from './writers.ts';

/** What a program writes while it runs. */
export interface RunWrite {
  /** From the working folder, or absolute in the image. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly place: Place;
}

/** Finds what a program writes by a path that its sources name: files, databases, logs, uploads, certificates. */
export function findWrites(program: ProgramCode): readonly RunWrite[] {
  const { code } = program;
  const found = code.calls.flatMap((call) => writesOf(program, call));
  const all = [...found, ...fieldWrites(program), ...databaseTexts(program), ...ofFrameworks(program).writes];
  return withoutInner([...new Map([...all].reverse().map((write) => [write.path, write])).values()].reverse());
}

function writesOf(program: ProgramCode, call: Call): readonly RunWrite[] {
  const rows = Object.hasOwn(writers, calleeOf(call).name) ? (writers[calleeOf(call).name] ?? []) : [];
  const writer = rows.find(({ of }) => of === undefined || of.test(call.chain.at(-2) ?? ''));
  if (writer === undefined || !hasFlags(call, writer) || !isFileDriver(program, call, writer)) return [];
  const place = { file: call.source.file, line: call.line };
  return textsOf(program, call, writer).flatMap((text) => written(text, writer.kind, place, writer.address));
}

const hasFlags = ({ source, args: [, flags] }: Call, { flags: wanted }: WriteCall): boolean =>
  wanted === undefined ||
  (flags !== undefined && source.tokens.slice(flags.from, flags.to).some(({ value }) => wanted.test(value)));

/** Whether the driver in front of an address is one for files; where there is none, the call is of such a library. */
function isFileDriver({ code }: ProgramCode, { args }: Call, { address, args: index }: WriteCall): boolean {
  if (address === undefined || typeof index !== 'number' || index === 0) return true;
  const driver = args[index - 1];
  return driver !== undefined && valuesOf(code, driver).some((name) => fileDriver.test(name));
}

/** Folders of the base that can't be anybody's. */
const ofSystem = /^\/(?:etc|usr|usr\/\w+|bin|lib|var|home|root)?$/;

/** The folder or file that a text names, if that is not only for a moment or somebody else's. */
function written(text: string, kind: RunWrite['kind'], place: Place, address = false): readonly RunWrite[] {
  const path = address ? fileOfAddress(asGlob(text)) : asGlob(text);
  if (path === undefined || path === '' || /[\p{Cc}$~]|^\*|^[a-z]+:\/\//u.test(path) || path.length > 300) return [];
  const clean = posix.normalize(path).replace(/\/$/, '');
  if (/^\/(?:tmp|dev|proc|sys|var\/tmp)(?:\/|$)/.test(clean) || /^(?:stdout|stderr|-)$/.test(clean)) return [];
  const absolute = clean.startsWith('..') ? posix.resolve(workingFolder, clean) : clean;
  const fixed = absolute.split('/').findIndex((name) => /[*%{]/.test(name));
  const whole = fixed < 0 ? absolute : absolute.split('/').slice(0, fixed).join('/');
  const parent = fixed < 0 && kind === 'file' ? posix.dirname(whole) : whole;
  if (fixed < 0 && kind === 'file' && parent === '.') return [{ path: whole, kind: 'file', place }];
  // a file of no known name, or many, need the folder that they are in
  const folder = parent === '' ? '.' : parent;
  return ofSystem.test(folder) ? [] : [{ path: folder, kind: 'folder', place }];
}

/** The file of an address such as `file:data/app.db?_fk=1`; `undefined` for one in memory or for readers only. */
function fileOfAddress(text: string): string | undefined {
  const [path = '', query = ''] = text.replace(/^(?:sqlite3?:(?:\/\/)?|file:)/, '').split('?');
  if (/:memory:|^\*?$/.test(path) || /mode=(?:memory|ro)\b|immutable=(?:1|true)/.test(query)) return undefined;
  return /^[\w]+:\/\/|@tcp\(|\s/.test(text) ? undefined : path.replace(/^\/\/(?=[^/])/, '/');
}

/** `lumberjack.Logger{Filename: "logs/app.log"}` and its like. */
function fieldWrites({ code }: ProgramCode): readonly RunWrite[] {
  return code.sources.flatMap((source) =>
    source.tokens.flatMap(({ value, kind }, index): readonly RunWrite[] => {
      const to = kind === 'other' && value === '{' ? source.closing.get(index) : undefined;
      const type = source.tokens[index - 1];
      const rows = type?.kind === 'name' ? writingFields.filter((row) => row.type.test(type.value)) : [];
      if (to === undefined || rows.length === 0) return [];
      return split(source.tokens, source.closing, index + 1, to, ',').flatMap(([from, end]) => {
        const row = rows.find(
          ({ field }) => field === source.tokens[from]?.value && source.tokens[from + 1]?.value === ':',
        );
        const place = { file: source.file, line: source.tokens[from]?.line ?? 0 };
        if (row === undefined) return [];
        return valuesOf(code, { source, from: from + 2, to: end }).flatMap((text) => written(text, row.kind, place));
      });
    }),
  );
}

/** Texts that are the file of a database by themselves, in a setting or a call that nothing is known of. */
function databaseTexts(program: ProgramCode): readonly RunWrite[] {
  const embedded = embeddedIn(program.project, program.packages);
  return program.code.sources.flatMap((source) =>
    source.tokens.slice(source.start).flatMap(({ kind, value, line }, index) => {
      const before = source.tokens[source.start + index - 1]?.value ?? '';
      if (kind !== 'text' || value.length > 200 || !databaseFile.test(value) || embedded(value)) return [];
      if (/^(?:\+|==|!=|case)$/.test(before) || value.startsWith('.db') || value.startsWith('/')) return [];
      return written(value, 'file', { file: source.file, line }, true);
    }),
  );
}

/** Writes without those in a folder that is written as a whole. */
const withoutInner = (writes: readonly RunWrite[]): readonly RunWrite[] =>
  writes
    .filter(({ path }) => !writes.some((other) => other.kind === 'folder' && isInside(path, other.path)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

const isInside = (path: string, folder: string): boolean =>
  path !== folder && (folder === '.' ? !path.startsWith('/') : path.startsWith(`${folder}/`));
