import type { Place } from '@msb/core';
import { type Call, callsIn, type Enclosing, enclosing } from '../code/calls.ts';
import { type Code, lineAt, type Names } from '../code/constants.ts';
import { pathOf, type Scope } from '../code/paths.ts';
import { around, asks, asksAfter, chained, direct, makers, spelled, type Use } from './use-tables.ts';

/** A path that code names, and what for. */
export interface PathUse {
  readonly path: string;
  readonly open: boolean;
  readonly uses: readonly Use[];
  /** Whether the program asks whether it is there, and so can do without. */
  readonly asked: boolean;
  readonly place: Place;
}

/** The uses of all paths that code names. */
export const pathUses = (codes: readonly Code[], names: Names): readonly PathUse[] =>
  codes.flatMap((code) => [...directUses(code, names), ...madeUses(code, names), ...spelledUses(code, names)]);

function spelledUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  return spelled.flatMap(([pattern, use]) =>
    [...text.matchAll(new RegExp(pattern.source, 'g'))].flatMap(({ 1: expression = '', index }) => {
      const found = pathOf(expression, scopeOf(code, names));
      return found ? [{ ...found, uses: [use], asked: false, place: { file, line: lineAt(text, index) } }] : [];
    }),
  );
}

const scopeOf = ({ file, kotlin }: Code, names: Names): Scope => ({ file, kotlin, names });

function directUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  return direct.flatMap(([pattern, use, argument = 0]) =>
    callsIn(text, pattern).flatMap(({ name, args, start }) => {
      // Vert.x's own default
      const arg = args[argument] ?? (/StaticHandler\.create$/.test(name) ? '"webroot"' : undefined);
      // a path that is made there is found as one
      if (arg === undefined || callsIn(arg, makers).length > 0) return [];
      if (/RandomAccessFile$/.test(name) && /"r"/.test(args[1] ?? '')) return [];
      const found = pathOf(arg, scopeOf(code, names));
      return found ? [{ ...found, uses: [use], asked: false, place: { file, line: lineAt(text, start) } }] : [];
    }),
  );
}

function madeUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  const scope = scopeOf(code, names);
  return callsIn(text, makers).flatMap((call) => {
    // a part of a longer path, which is found as a whole
    if (within(text, call.start)) return [];
    const whole = wholeOf(text, call);
    const found = pathOf(whole.text, scope);
    if (found === undefined) return [];
    const { uses, asked } = usesOf(text, call.start, whole.end);
    return [{ ...found, uses, asked, place: { file, line: lineAt(text, call.start) } }];
  });
}

const maker = new RegExp(`^(?:${makers.source})$`);
const within = (text: string, start: number): boolean => maker.test(enclosing(text, start)?.name ?? '');

/** The call, and what is resolved against the path that it makes. */
function wholeOf(text: string, { start, end }: Call): { readonly text: string; readonly end: number } {
  const steps =
    /^(?:\s*\.(?:resolve|toAbsolutePath|normalize|toFile|toPath|getAbsoluteFile|toString|getAbsolutePath|getPath|toURI|toUri)\(("[^"\n]*"|\w*)\)|\s*\.(?:absolutePath|absoluteFile|path)\b)+/;
  const more = steps.exec(text.slice(end + 1, end + 400))?.[0] ?? '';
  return { text: text.slice(start, end + 1) + more, end: end + 1 + more.length };
}

/** What a call does with the argument that a path is. */
const useIn = (call: Enclosing | undefined): Use | undefined =>
  call && around.find(([name, , argument = call.argument]) => name.test(call.name) && argument === call.argument)?.[1];

/** What happens to a path: in the call around it, by a method of its own, or to the variable that it is assigned to. */
function usesOf(text: string, start: number, end: number): Pick<PathUse, 'uses' | 'asked'> {
  const after = text.slice(end, end + 200);
  const call = enclosing(text, start);
  const inside = useIn(call);
  const method = chained.find(([pattern]) => pattern.test(after))?.[1];
  const asked = asks.test(call?.name ?? '') || asksAfter.test(after);
  const variable = /\b(\w+)(?:\s*:\s*[\w?]+)?\s*=\s*(?:Objects\.requireNonNull\()?$/.exec(
    text.slice(Math.max(0, start - 120), start),
  )?.[1];
  const later = variable === undefined ? { uses: [], asked: false } : variableUses(text, variable);
  const uses = [...(inside ? [inside] : []), ...(method ? [method] : []), ...later.uses];
  return { uses: uses.length > 0 ? [...new Set(uses)] : ['unknown'], asked: asked || later.asked };
}

function variableUses(text: string, variable: string): { readonly uses: readonly Use[]; readonly asked: boolean } {
  const uses: Use[] = [];
  let asked = false;
  for (const match of text.matchAll(new RegExp(String.raw`(?<![\w.])(?:this\.)?${variable}\b(?!\s*=[^=])`, 'g'))) {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 80);
    const call = enclosing(text, match.index);
    const inside = useIn(call);
    const method = chained.find(([pattern]) => pattern.test(after))?.[1];
    uses.push(...(inside ? [inside] : []), ...(method ? [method] : []));
    asked ||= asks.test(call?.name ?? '') || asksAfter.test(after);
  }
  return { uses, asked };
}
