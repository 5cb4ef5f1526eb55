import type { Place } from '@msb/core';
import type { Code } from '../code.ts';
import { readBindings } from './bindings.ts';
import { Expressions } from './expression.ts';
import { calleeAt } from './named.ts';
import { requiredFields } from './structs.ts';
import { argumentsAt, closing, isSign, lineAt, type Token, tokensOf } from './tokens.ts';

/** A variable that a program ends without. */
export interface Required {
  readonly name: string;
  readonly place: Place;
}

/** Variables that Cargo sets, or a container has. */
const given =
  /^(?:CARGO_\w+|OUT_DIR|PROFILE|TARGET|HOST|HOME|PATH|USER|HOSTNAME|PWD|TERM|SHELL|TMPDIR|LANG|RUST_LOG|RUST_BACKTRACE)$/;

/** The variables that a program can't do without, as its code has them. */
export function requiredSettings(codes: readonly Code[]): readonly Required[] {
  const expressions = new Expressions(readBindings(codes));
  const helpers = codes.flatMap((code) => helpersIn(code));
  const found = codes.flatMap((code) => [...inCalls(code, expressions, helpers), ...requiredFields(code)]);
  const names = new Map<string, Required>();
  for (const item of found) if (!given.test(item.name) && !names.has(item.name)) names.set(item.name, item);
  return [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const reads = /(?:^|::)(?:env::var(?:_os)?|dotenvy?::var|dotenvy?::var_os)$/;

function* inCalls(code: Code, expressions: Expressions, helpers: readonly string[]): Generator<Required> {
  const tokens = tokensOf(code);
  for (const [index, token] of tokens.entries()) {
    if (!isSign(token, '(')) continue;
    const callee = calleeAt(tokens, index);
    const isHelper = helpers.includes(callee.replace(/^.*(?:::|\.)/, ''));
    if (!(reads.test(callee) || (callee === 'var' && usesVar(code)) || isHelper)) continue;
    if (tokens[index - 2]?.value === 'fn' || (!isHelper && !endsWithout(tokens, closing(tokens, index) + 1, index)))
      continue;
    const [first] = argumentsAt(tokens, index);
    if (first === undefined) continue;
    for (const { text } of expressions.valuesOf({ code, from: first[0], to: first[1] })) {
      if (/^[A-Za-z]\w*$/.test(text)) yield { name: text, place: { file: code.file, line: lineAt(code, token) } };
    }
  }
}

const usesVar = ({ text }: Code): boolean => /\buse\s+(?:std::env|dotenvy?)::(?:\{[^}]*\b)?var\b/.test(text);

/** Whether a missing variable ends what reads it: `.unwrap()`, `.expect(…)`, `?`, or an arm of `match` that panics. */
function endsWithout(tokens: readonly Token[], after: number, open: number): boolean {
  for (let at = after; at < tokens.length; ) {
    if (isSign(tokens[at], '?')) return true;
    if (isSign(tokens[at], '{')) return isMatched(tokens, open) && panicsOnError(tokens, at);
    if (!isSign(tokens[at], '.') || tokens[at + 1]?.kind !== 'name') return false;
    const name = tokens[at + 1]?.value ?? '';
    const end = isSign(tokens[at + 2], '(') ? closing(tokens, at + 2) : at + 1;
    const inside = tokens.slice(at + 2, end).map(({ value }) => value);
    if (name === 'unwrap' || name === 'expect') return true;
    if (name === 'unwrap_or_else') return inside.some((word) => word === 'panic' || word === 'exit');
    if (
      /^(?:unwrap_or|unwrap_or_default|or|or_else|ok|is_ok|is_err|map_or|map_or_else|iter|into_iter|and_then|as_deref|filter)$/.test(
        name,
      )
    )
      return false;
    at = end + 1;
  }
  return false;
}

/** `match env::var("X") {` */
const isMatched = (tokens: readonly Token[], open: number): boolean =>
  tokens.slice(Math.max(0, open - 6), open).some(({ value }) => value === 'match');

/** `Err(_) => panic!(…)`, in the braces that open at `open`. */
function panicsOnError(tokens: readonly Token[], open: number): boolean {
  const end = closing(tokens, open);
  const arm = tokens.findIndex((token, index) => index > open && index < end && token.value === 'Err');
  return arm > 0 && tokens.slice(arm, end).some(({ value }) => /^(?:panic|exit|bail|unreachable|process)$/.test(value));
}

/** Functions that read the variable that they are given: `fn env(key: &str) -> String { env::var(key).expect(…) }`. */
function helpersIn(code: Code): readonly string[] {
  const tokens = tokensOf(code);
  return tokens.flatMap((token, index) => {
    if (token.value !== 'fn' || token.kind !== 'name' || !isSign(tokens[index + 2], '(')) return [];
    const parameter = tokens[index + 3];
    const body = tokens.findIndex((other, at) => at > index && (isSign(other, '{') || isSign(other, ';')));
    if (parameter?.kind !== 'name' || !isSign(tokens[body], '{')) return [];
    const end = closing(tokens, body);
    for (let at = body; at < end; at += 1) {
      if (!isSign(tokens[at], '(') || !reads.test(calleeAt(tokens, at))) continue;
      if (tokens[at + 1]?.value === parameter.value || tokens[at + 2]?.value === parameter.value) {
        return endsWithout(tokens, closing(tokens, at) + 1, at) ? [tokens[index + 1]?.value ?? ''] : [];
      }
    }
    return [];
  });
}
