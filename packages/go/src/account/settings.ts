import type { Place } from '@msb/core';
import { type Call, calleeOf } from '../code/calls.ts';
import type { GoSource } from '../code/source.ts';
import { valuesOf } from '../code/values.ts';
import { taggedSettings } from './structTags.ts';
import type { ProgramCode } from './types.ts';

/** A variable that the program ends without. */
export interface RequiredSetting {
  readonly name: string;
  readonly place: Place;
}

/** A name of a variable, such as `DATABASE_URL`. */
const variable = /^[A-Z][A-Z\d_]{1,80}$/;

/** Functions whose name says that they end the program where the variable is not set. */
const insisting =
  /^(?:must|require|need)\w*(?:env|setting)|env\w*(?:must|required?|or(?:fatal|panic|die|exit|fail))\w*$/i;

/** Words that end a program, or hand an error on that does. */
const ending = /^(?:[Ff]atal\w*|[Pp]anic\w*|Exit|Errorf|errors|[Dd]ie|[Mm]issing\w*)$/;

/** Finds the variables that a program insists on. */
export function findSettings(program: ProgramCode): readonly RequiredSetting[] {
  const found = [...program.code.calls.flatMap((call) => settingsOf(program, call)), ...taggedSettings(program)];
  return [...new Map([...found].reverse().map((item) => [item.name, item])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function settingsOf(program: ProgramCode, call: Call): readonly RequiredSetting[] {
  const { name, full } = calleeOf(call);
  const asks = full === 'os.Getenv' || full === 'os.LookupEnv' || full === 'syscall.Getenv';
  const viper = /^(?:GetString|Get|GetInt)$/.test(name) && readsVariables(program);
  if (!(insisting.test(name) || ((asks || viper) && endsWhenEmpty(call)))) return [];
  const [first] = call.args;
  const values = first ? valuesOf(program.code, first) : [];
  const names = viper ? values.map((key) => `${prefixOf(program)}${key.toUpperCase().replace(/[.-]/g, '_')}`) : values;
  const place = { file: call.source.file, line: call.line };
  return names
    .filter((text) => variable.test(text))
    .map((text) => ({ name: text, place: placeOf(program, text) ?? place }));
}

/** Whether viper looks for every key among the variables. */
const readsVariables = ({ code }: ProgramCode): boolean =>
  code.callsOf.has('AutomaticEnv') || code.callsOf.has('BindEnv');

/** What viper puts in front of every variable: `SetEnvPrefix("app")`. */
function prefixOf({ code }: ProgramCode): string {
  const [range] = code.callsOf.get('SetEnvPrefix')?.[0]?.args ?? [];
  const [prefix] = range ? valuesOf(code, range) : [];
  return prefix ? `${prefix.toUpperCase()}_` : '';
}

/** Where a helper is told the name. */
function placeOf({ code }: ProgramCode, name: string): Place | undefined {
  for (const { file, tokens } of code.sources) {
    const token = tokens.find(({ kind, value }) => kind === 'text' && value === name);
    if (token) return { file, line: token.line };
  }
  return undefined;
}

/** How many words behind a call its test for emptiness may start. */
const near = 40;

/** Whether the program ends where a variable is empty: the nearest `if` that asks for it ends it, and gives it no value. */
function endsWhenEmpty({ source, at, chain }: Call): boolean {
  const { tokens, closing } = source;
  const end = closing.get(at) ?? at;
  const target = targetOf(source, at - chain.length * 2 + 1);
  for (let index = end + 1; index < Math.min(tokens.length, end + near); index += 1) {
    const word = tokens[index]?.value ?? '';
    if (word === 'func' || (word === '}' && !closing.has(index) && target === undefined)) return false;
    if (word !== '{' || !asksFor(source, index, end, target)) continue;
    const body = tokens.slice(index + 1, closing.get(index) ?? index).map(({ value }) => value);
    const given = body.some((value, place) => /^:?=$/.test(value) && target?.includes(body[place - 1] ?? ''));
    return !given && body.some((value) => ending.test(value));
  }
  return false;
}

/** The names that take the result of a call, in front of `=` or `:=`; none for a call in a condition. */
function targetOf({ tokens }: GoSource, start: number): readonly string[] | undefined {
  if (!/^:?=$/.test(tokens[start - 1]?.value ?? '')) return undefined;
  const names: string[] = [];
  for (let index = start - 2; index >= 0 && !/^[;{}]$/.test(tokens[index]?.value ?? ''); index -= 1) {
    const { kind = 'other', value = '' } = tokens[index] ?? {};
    if (kind === 'name') names.push(value);
  }
  return names;
}

/** Whether a condition in front of a body asks for an empty text: `x == ""`, `len(x) == 0`, `!ok`. */
function asksFor({ tokens }: GoSource, body: number, end: number, target: readonly string[] | undefined): boolean {
  const words: string[] = [];
  for (let index = body - 1; index > end - 12 && !/^(?:if|\}|\{)$/.test(tokens[index]?.value ?? ''); index -= 1) {
    words.unshift(tokens[index]?.kind === 'text' ? JSON.stringify(tokens[index]?.value) : (tokens[index]?.value ?? ''));
  }
  const text = words.join(' ');
  if (!/== ""|"" ==|== 0|(?:^|[;&|] )! \w+/.test(text)) return false;
  return target === undefined || target.some((name) => words.includes(name));
}
