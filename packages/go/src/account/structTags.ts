import type { GoSource } from '../code/source.ts';
import { valuesOf } from '../code/values.ts';
import type { RequiredSetting } from './settings.ts';
import type { ProgramCode } from './types.ts';

/** A field of a struct with a tag (https://pkg.go.dev/reflect#StructTag). */
interface TaggedField {
  readonly name: string;
  /** The type as it is written, without `*` and `[]`. */
  readonly type: string;
  readonly tag: ReadonlyMap<string, string>;
  readonly struct: string;
  /** What the tag of an unnamed struct puts in front. */
  readonly inside: string;
  readonly line: number;
}

/** The variables that fields of structs insist on: caarlos0's and sethvargo's env, envconfig, cleanenv, kong, go-arg. */
export function taggedSettings(program: ProgramCode): readonly RequiredSetting[] {
  const fields = program.code.sources.flatMap((source) => fieldsIn(source).map((field) => ({ source, field })));
  const prefixes = prefixesOf(fields.map(({ field }) => field));
  const processed = envconfigPrefix(program);
  return fields.flatMap(({ source, field }) => {
    const name = requiredName(field, processed);
    if (name === undefined) return [];
    const place = { file: source.file, line: field.line };
    const all = prefixes.get(field.struct) ?? [''];
    return all.map((prefix) => ({ name: `${prefix}${field.inside}${name}`, place }));
  });
}

const words = (text = ''): readonly string[] => text.split(',').map((word) => word.trim());

/** The variable of a field that has to be set; `undefined` for one that has a default or may be empty. */
function requiredName({ name, tag }: TaggedField, prefix: string | undefined): string | undefined {
  if (['default', 'envDefault', 'env-default'].some((key) => tag.has(key))) return undefined;
  const [variable = '', ...flags] = words(tag.get('env'));
  if (
    flags.some((flag) => flag === 'required' || flag === 'notEmpty') &&
    !flags.some((flag) => flag.startsWith('default='))
  ) {
    return variable === '' ? undefined : variable;
  }
  const required = tag.get('required');
  const must = required === 'true' || (required === '' && tag.has('env')) || tag.get('env-required') === 'true';
  if (!must) return undefined;
  if (variable !== '') return variable.replace(/^env:/, '');
  const configured = tag.get('envconfig');
  if (prefix === undefined && configured === undefined) return undefined;
  const own = (configured ?? (tag.get('split_words') === 'true' ? splitWords(name) : name)).toUpperCase();
  return prefix ? `${prefix.toUpperCase()}_${own}` : own;
}

/** `HTTPPort` → `HTTP_Port`, as envconfig does it. */
const splitWords = (name: string): string =>
  name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2');

/** The prefix of `envconfig.Process("app", &cfg)`; `''` for none, `undefined` where it is not used. */
function envconfigPrefix({ code }: ProgramCode): string | undefined {
  const calls = [...(code.callsOf.get('Process') ?? []), ...(code.callsOf.get('MustProcess') ?? [])];
  const call = calls.find(({ chain }) => chain.at(-2) === 'envconfig');
  const [first] = call?.args ?? [];
  if (call === undefined || first === undefined) return undefined;
  return valuesOf(code, first)[0] ?? '';
}

/** What a field puts in front of the variables of its struct: caarlos0's `envPrefix`, go-flags' `env-namespace`. */
function prefixIn(tag: ReadonlyMap<string, string>): string | undefined {
  const namespace = tag.get('env-namespace');
  return tag.get('envPrefix') ?? (namespace === undefined ? undefined : `${namespace}_`);
}

/** The prefixes that a struct's variables get, where a field of its type has one. */
function prefixesOf(fields: readonly TaggedField[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { type, tag } of fields) {
    const prefix = prefixIn(tag);
    if (prefix !== undefined) found.set(type, [...(found.get(type) ?? []), prefix]);
  }
  return found;
}

/** The fields with tags of the structs in a source. */
function fieldsIn({ tokens, closing }: GoSource): readonly TaggedField[] {
  const found: TaggedField[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens[index]?.value !== 'struct' || tokens[index]?.kind !== 'name' || tokens[index + 1]?.value !== '{')
      continue;
    const struct = tokens[index - 1]?.value ?? '';
    const end = closing.get(index + 1) ?? index;
    const behind = tokens[end + 1];
    const inside = behind?.kind === 'text' ? (prefixIn(tagOf(behind.value)) ?? '') : '';
    let start = index + 2;
    for (let at = start; at < end; at += 1) {
      const token = tokens[at];
      if (token?.value === '{' && closing.has(at)) {
        at = closing.get(at) ?? at; // a struct of its own
        start = tokens[at + 1]?.kind === 'text' ? at + 2 : at + 1;
        if (start === at + 2) at += 1;
        continue;
      }
      if (token?.kind === 'other' && /^[;}]$/.test(token.value)) start = at + 1;
      if (token?.kind !== 'text' || !/^\w[\w-]*:"/.test(token.value)) continue;
      const type =
        tokens
          .slice(start + 1, at)
          .filter(({ kind }) => kind === 'name')
          .at(-1)?.value ?? '';
      found.push({ name: tokens[start]?.value ?? '', type, tag: tagOf(token.value), struct, inside, line: token.line });
    }
  }
  return found;
}

const tagOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/([\w-]+):"((?:[^"\\]|\\.)*)"/g)].map(([, key = '', value = '']) => [key, value]));
