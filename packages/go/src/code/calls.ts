import { chainBefore, type GoSource, type Range, split } from './source.ts';

/** A call of a function, method or conversion. */
export interface Call {
  readonly source: GoSource;
  /** `['os', 'ReadFile']`; a `''` in front stands for what is no name, such as another call. */
  readonly chain: readonly string[];
  readonly args: readonly Range[];
  readonly line: number;
  /** Index of the bracket that opens its arguments. */
  readonly at: number;
}

/** The call whose arguments start at an index; `undefined` where no name stands in front. */
export function callAt(source: GoSource, at: number): Call | undefined {
  const { tokens, closing } = source;
  const end = closing.get(at);
  if (end === undefined || tokens[at]?.value !== '(' || tokens[at]?.kind !== 'other') return undefined;
  const name = tokens[at - 1]?.value === ']' ? genericName(source, at) : at;
  const chain = chainBefore(source, name);
  if (chain.length === 0 || tokens[name - chain.length * 2]?.value === 'func') return undefined;
  const args = split(tokens, closing, at + 1, end, ',').map(([from, to]): Range => ({ source, from, to }));
  return { source, chain, args, line: tokens[name - 1]?.line ?? 0, at };
}

/** Where the name ends of a function with its types in brackets, as in `env.ParseAs[Config]()`. */
function genericName({ tokens, closing }: GoSource, at: number): number {
  for (let index = at - 2; index >= 0 && index > at - 40; index -= 1) {
    if (tokens[index]?.value === '[' && closing.get(index) === at - 1) return index;
  }
  return at;
}

/** Every call in a source, in its order. */
export function callsIn(source: GoSource): readonly Call[] {
  const calls: Call[] = [];
  for (let index = source.start; index < source.tokens.length; index += 1) {
    const call = callAt(source, index);
    if (call !== undefined) calls.push(call);
  }
  return calls;
}

/** The name that a call ends with, and, for one of a package, with that: `ReadFile`, `os.ReadFile`. */
export const calleeOf = ({ chain }: Pick<Call, 'chain'>): { readonly name: string; readonly full: string } => ({
  name: chain.at(-1) ?? '',
  full: chain.slice(-2).join('.'),
});
