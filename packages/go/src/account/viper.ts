import type { Place } from '@msb/core';
import { type Call, calleeOf } from '../code/calls.ts';
import { valuesOf } from '../code/values.ts';
import { locationsOf } from './location.ts';
import { settle } from './settle.ts';
import type { ProgramCode, RunRead } from './types.ts';

/** What viper takes for settings (https://pkg.go.dev/github.com/spf13/viper, `SupportedExts`). */
const extensions = [
  'json',
  'toml',
  'yaml',
  'yml',
  'properties',
  'props',
  'prop',
  'hcl',
  'tfvars',
  'dotenv',
  'env',
  'ini',
];

/** The files that viper looks for: each name in each folder with each extension, and the bare name. */
export function viperReads(program: ProgramCode): {
  readonly reads: readonly RunRead[];
  readonly missing: readonly RunRead[];
} {
  const values = (name: string): readonly { readonly call: Call; readonly text: string }[] =>
    (program.code.callsOf.get(name) ?? []).flatMap((call) =>
      (call.args[0] ? valuesOf(program.code, call.args[0]) : []).map((text) => ({ call, text })),
    );
  const folders = values('AddConfigPath').map(({ text }) => text);
  const reads: RunRead[] = [];
  const missing: RunRead[] = [];
  for (const { call, text } of values('SetConfigName')) {
    const place = { file: call.source.file, line: call.line };
    const names = [...extensions.map((extension) => `${text}.${extension}`), text];
    const found = folders.flatMap((folder) =>
      names.flatMap((name) => settle(program, `${folder}/${name}`, place, 'file')),
    );
    reads.push(...found);
    if (found.length > 0 || !mustBeThere(program)) continue;
    const relative = folders.find((folder) => /^[\w.]/.test(folder));
    const name = text.includes('.') ? text : `${text}.${values('SetConfigType')[0]?.text ?? 'yaml'}`;
    if (relative !== undefined) missing.push(...whereMissing(program, `${relative}/${name}`, place));
  }
  return { reads, missing };
}

/** The place where a file is looked for that is not there. */
const whereMissing = ({ project, main, modules }: ProgramCode, path: string, place: Place): readonly RunRead[] =>
  locationsOf(project, path, main, modules)
    .slice(0, 1)
    .map((location) => ({ ...location, place }));

/** Whether the program ends where viper finds no file. */
const mustBeThere = ({ code }: ProgramCode): boolean =>
  (code.callsOf.get('ReadInConfig') ?? []).some((call) => endsWithout(call));

/** Whether the program ends, or hands the error on, when a call fails; without a word on files that are not there. */
export function endsWithout({ source, at }: Pick<Call, 'source' | 'at'>): boolean {
  const { tokens, closing } = source;
  const end = closing.get(at) ?? at;
  const behind = tokens.slice(end, end + 16).findIndex(({ value }) => value === '{');
  if (behind < 0) return false;
  const words = tokens.slice(end, (closing.get(end + behind) ?? end) + 1).map(({ value }) => value);
  return (
    /!= nil/.test(words.join(' ')) &&
    words.some((word) => /^(?:[Ff]atal\w*|[Pp]anic\w*|Exit|return)$/.test(word)) &&
    !words.some((word) => /NotFound|NotExist/.test(word))
  );
}

/** `.env`, which godotenv reads unless told otherwise, where the program ends without it. */
export function dotenvReads(program: ProgramCode): {
  readonly reads: readonly RunRead[];
  readonly missing: readonly RunRead[];
} {
  const reads: RunRead[] = [];
  const missing: RunRead[] = [];
  for (const name of ['Load', 'Overload', 'Read']) {
    for (const call of program.code.callsOf.get(name) ?? []) {
      if (calleeOf(call).full !== `godotenv.${name}`) continue;
      const place = { file: call.source.file, line: call.line };
      const texts = call.args.length === 0 ? ['.env'] : call.args.flatMap((range) => valuesOf(program.code, range));
      for (const text of texts) {
        const found = settle(program, text, place, 'file');
        if (found.length > 0) reads.push(...found.filter(({ path }) => !isDotenv(path) || endsWithout(call)));
        else if (endsWithout(call)) missing.push(...whereMissing(program, text, place));
      }
    }
  }
  return { reads, missing };
}

/** A file of a developer's own settings, which is a secret. */
const isDotenv = (path: string): boolean => /(^|\/)\.env(?:\.(?!example|sample|template|dist)[\w.]*)?$/.test(path);
