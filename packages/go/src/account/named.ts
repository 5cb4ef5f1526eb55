import type { Place } from '@msb/core';
import { type Call, calleeOf } from '../code/calls.ts';
import { asGlob, valuesOf } from '../code/values.ts';
import { fixedPart, locationsOf } from './location.ts';
import { type PathCall, readers } from './readers.ts';
import { settle, type Wanted } from './settle.ts';
import type { ProgramCode, RunRead } from './types.ts';

/** What the calls say that read files by their paths. */
export interface NamedReads {
  readonly reads: readonly RunRead[];
  /** Paths that the program insists on, and that are not there. */
  readonly missing: readonly RunRead[];
  /** Where the program reads the very folder that it runs in. */
  readonly everything: Place | undefined;
}

/** Calls of those that only a file makes sense for, so that a folder of that name is another thing. */
const ofFile = /File|TLS|^LoadX509KeyPair$|^Open$/;
const ofFolder = /^(ReadDir|DirFS|OpenRoot|Walk|WalkDir|Dir|Static|HandleDir|SetViewsPath|SetStaticPath)$/;
const wantedBy = (name: string): Wanted => (ofFolder.test(name) ? 'folder' : ofFile.test(name) ? 'file' : 'any');

/** Finds what a program reads through calls that are known to read. */
export function namedReads(program: ProgramCode): NamedReads {
  const reads: RunRead[] = [];
  const missing: RunRead[] = [];
  let everything: Place | undefined;
  for (const call of program.code.calls) {
    const { name } = calleeOf(call);
    const reader = readerOf(call);
    if (reader === undefined) continue;
    const place = { file: call.source.file, line: call.line };
    for (const text of textsOf(program, call, reader)) {
      const found = settle(program, text, place, wantedBy(name));
      reads.push(...found);
      if (found.length > 0) continue;
      if (/^\.?\/?$/.test(text) && text !== '/' && text !== '' && ofFolder.test(name)) everything ??= place;
      const absent = reader.optional || isOptional(call) ? undefined : absentPath(program, text);
      if (absent !== undefined) missing.push({ ...absent, place });
    }
  }
  return { reads, missing, everything };
}

/** The row of the table that a call is in. */
export function readerOf({ chain }: Call): PathCall | undefined {
  const rows = Object.hasOwn(readers, chain.at(-1) ?? '') ? readers[chain.at(-1) ?? ''] : undefined;
  return rows?.find(({ of }) => of === undefined || of.test(chain.at(-2) ?? ''));
}

/** The texts of the arguments that are paths. */
export function textsOf({ code }: ProgramCode, { args }: Call, { args: wanted }: PathCall): readonly string[] {
  const indices = wanted === 'all' ? args.keys() : typeof wanted === 'number' ? [wanted] : wanted;
  return [...indices].flatMap((index) => {
    const range = args[index];
    return range ? valuesOf(code, range) : [];
  });
}

/** A path in the project's own folder that a program insists on. */
function absentPath({ project, main, modules }: ProgramCode, value: string): RunRead | undefined {
  const text = asGlob(value);
  const name = fixedPart(text);
  if (name === '' || /^[/*]|^\.\.|^[a-z]+:|[\s<>"']|^\W+$/.test(text) || !/[./]|^[\w-]{3,}$/.test(name))
    return undefined;
  const [first] = locationsOf(project, name, main, modules);
  return first?.path === '' ? undefined : first;
}

/** Whether the words behind a call say that the file need not be there. */
function isOptional({ source, at }: Call): boolean {
  const end = source.closing.get(at) ?? at;
  const behind = source.tokens.slice(end, end + 40).map(({ value }) => value);
  const words = behind.join(' ');
  return /NotExist/.test(words) || /^\)+ ; \w+ == nil/.test(words) || /^\)+ ; if \w+ == nil/.test(words);
}
