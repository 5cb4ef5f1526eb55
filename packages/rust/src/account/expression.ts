import { posix } from 'node:path';
import type { Bindings, Range } from './bindings.ts';
import { argumentsAt, closing, isSign, type Token, tokensOf } from './tokens.ts';

/**
 * What a path of the code begins at: the working folder, the folder of the package (CARGO_MANIFEST_DIR), that of the
 * program (current_exe), or something that only a run tells.
 */
export type Base = 'working' | 'package' | 'program' | 'unknown';

/** A path as the code has it; `*` stands for what only a run tells. */
export interface PathText {
  readonly base: Base;
  readonly text: string;
}

interface Parsed {
  readonly values: readonly PathText[];
  /** Past the last word of it. */
  readonly next: number;
}

/** Steps that leave a path what it is. */
const same =
  /^(?:as_(?:path|ref|str|os_str|bytes|deref)|to_(?:string|owned|path_buf|str|string_lossy|vec)|into(?:_os_string|_string|_owned|_boxed_path)?|clone|cloned|copied|display|unwrap|expect|canonicalize|borrow|deref|iter|into_iter|leak|trim|ok|context|with_context|absolutize)$/;

/** Calls that make one of a text. */
const makers =
  /^(?:(?:Utf8)?Path::new|(?:Utf8)?PathBuf::from|String::from|Os(?:Str::new|String::from)|Cow::from|Cow::Borrowed|Some|Ok|Box::(?:new|from)|Arc::(?:new|from)|Rc::new|absolute|canonicalize)$/;

/** Reads path expressions: literals, constants, `join`, `format!`, `concat!` and the like. */
export class Expressions {
  readonly #bindings: Bindings;
  /** Ranges on the way, so that what is defined by itself ends. */
  readonly #open = new Set<string>();
  readonly #known = new Map<string, readonly PathText[]>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** The values that an expression may have; none where nothing is known. */
  valuesOf(range: Range): readonly PathText[] {
    const key = `${range.code.file} ${range.from} ${range.to}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#open.has(key) || this.#open.size > 12) return [];
    this.#open.add(key);
    const { values } = this.parse(range) ?? { values: [] };
    this.#open.delete(key);
    const found = values.length > 0 ? values.slice(0, 24) : branches(range);
    this.#known.set(key, found);
    return found;
  }

  /** Reads one expression at the begin of a range; `undefined` where none begins that can be a path. */
  parse({ code, from, to }: Range): Parsed | undefined {
    const tokens = tokensOf(code);
    let at = from;
    while (at < to && (isSign(tokens[at], '&') || isSign(tokens[at], '*') || tokens[at]?.value === 'mut')) at += 1;
    let parsed = at < to ? this.#primary({ code, from: at, to }) : undefined;
    while (parsed && parsed.next < to) {
      const next = this.#step(parsed, { code, from: parsed.next, to });
      if (next === undefined) break;
      parsed = next;
    }
    return parsed;
  }

  #primary({ code, from, to }: Range): Parsed | undefined {
    const tokens = tokensOf(code);
    const token = tokens[from] as Token;
    if (token.kind === 'text') return { values: [{ base: 'working', text: token.value }], next: from + 1 };
    if (isSign(token, '[') || isSign(token, '(')) {
      return { values: this.#each({ code, from, to }), next: closing(tokens, from) + 1 };
    }
    if (token.kind !== 'name') return undefined;
    const { name, next } = pathAt(tokens, from);
    const last = name.slice(name.lastIndexOf(':') + 1);
    if (isSign(tokens[next], '!')) return this.#macro(last, { code, from: next + 1, to });
    if (!isSign(tokens[next], '(')) return { values: this.#named(last, code), next };
    return { values: this.#call(name, { code, from: next, to }), next: closing(tokens, next) + 1 };
  }

  #named(name: string, code: Range['code']): readonly PathText[] {
    return this.#bindings.of(name, code).flatMap((range) => this.valuesOf(range));
  }

  /** The values of all arguments, or of all items. */
  #each({ code, from }: Range): readonly PathText[] {
    return argumentsAt(tokensOf(code), from).flatMap(([start, to]) => this.valuesOf({ code, from: start, to }));
  }

  #first({ code, from }: Range): readonly PathText[] {
    const [first] = argumentsAt(tokensOf(code), from);
    return first === undefined ? [] : this.valuesOf({ code, from: first[0], to: first[1] });
  }

  #call(name: string, range: Range): readonly PathText[] {
    const short = name.split('::').slice(-2).join('::');
    if (short.endsWith('current_dir')) return [{ base: 'working', text: '' }];
    if (short.endsWith('current_exe')) return [{ base: 'program', text: 'program' }];
    if (makers.test(short) || makers.test(name.split('::').at(-1) ?? '')) return this.#first(range);
    if (short === 'env::var' || short === 'var') {
      return this.#first(range)[0]?.text === 'CARGO_MANIFEST_DIR' ? [{ base: 'package', text: '' }] : [];
    }
    return argumentsAt(tokensOf(range.code), range.from).length === 0
      ? this.#named(name.split('::').at(-1) ?? '', range.code)
      : [];
  }

  #macro(name: string, range: Range): Parsed | undefined {
    const tokens = tokensOf(range.code);
    if (!tokens[range.from] || !'([{'.includes(tokens[range.from]?.value ?? ' ')) return undefined;
    const next = closing(tokens, range.from) + 1;
    if (name === 'vec') return { values: this.#each(range), next };
    if (name === 'relative') return { values: this.#first(range).map(({ text }) => ({ base: 'package', text })), next };
    if (name === 'env') {
      const [variable] = this.#first(range);
      return { values: variable?.text === 'CARGO_MANIFEST_DIR' ? [{ base: 'package', text: '' }] : [], next };
    }
    if (name === 'concat') {
      const parts = argumentsAt(tokens, range.from).map(([from, to]) => this.valuesOf({ ...range, from, to }));
      return { values: chained(parts), next };
    }
    if (name === 'format' || name === 'formatcp' || name === 'format_args')
      return { values: this.#format(range), next };
    return undefined;
  }

  #format(range: Range): readonly PathText[] {
    const tokens = tokensOf(range.code);
    const [template, ...others] = argumentsAt(tokens, range.from);
    const text = template && tokens[template[0]];
    if (text?.kind !== 'text') return [];
    const args = others.map(([from, to]) => {
      const named = isSign(tokens[from + 1], '=') && tokens[from]?.kind === 'name';
      return { name: named ? tokens[from]?.value : undefined, range: { ...range, from: named ? from + 2 : from, to } };
    });
    let nth = 0;
    const parts = text.value.split(/(\{\{|\}\}|\{[^{}]*\})/).map((part): readonly PathText[] => {
      const [, key] = /^\{([^:{}]*)(?::[^{}]*)?\}$/.exec(part) ?? [];
      if (key === undefined) return [{ base: 'working', text: part.replace('{{', '{').replace('}}', '}') }];
      if (key === '' || /^\d+$/.test(key)) {
        const arg = args[key === '' ? nth++ : Number(key)];
        return arg ? this.valuesOf(arg.range) : [];
      }
      const arg = args.find(({ name }) => name === key);
      return arg ? this.valuesOf(arg.range) : this.#named(key, range.code);
    });
    return chained(parts);
  }

  /** What follows a value: a method, a field, `?`, or `+`. */
  #step({ values, next: at }: Parsed, { code, to }: Range): Parsed | undefined {
    const tokens = tokensOf(code);
    const [sign, word, after] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (isSign(sign, '?')) return { values, next: at + 1 };
    if (isSign(sign, '+')) {
      const right = this.parse({ code, from: at + 1, to });
      return right && { values: chained([values, right.values]), next: right.next };
    }
    if (!isSign(sign, '.') || word?.kind !== 'name') return undefined;
    if (!isSign(after, '(')) {
      if (word.value === 'await') return { values, next: at + 2 };
      return { values: this.#named(word.value, code), next: at + 2 };
    }
    const range = { code, from: at + 2, to };
    const changed = this.#method(word.value, values, range);
    return changed && { values: changed, next: closing(tokens, at + 2) + 1 };
  }

  #method(name: string, values: readonly PathText[], range: Range): readonly PathText[] | undefined {
    if (same.test(name)) return values;
    if (name === 'join' || name === 'push') {
      const folders = values.length > 0 ? values : [{ base: 'unknown' as const, text: '' }];
      const added = this.#first(range);
      const below = added.length > 0 ? added : [{ base: 'working' as const, text: '*' }];
      return folders.flatMap((folder) => below.map((path) => joined(folder, path)));
    }
    if (name === 'parent') return values.map(({ base, text }) => ({ base, text: posix.join(text, '..') }));
    if (/^unwrap_or|^or(?:_else)?$|^map_or/.test(name)) return values.length > 0 ? values : this.#fallback(range);
    if (name === 'map' || name === 'map_err' || name === 'and_then') return values;
    if (name === 'with_extension') {
      const [ending] = this.#first(range);
      return values.map(({ base, text }) => ({
        base,
        text: `${text.replace(/\.[^./]*$/, '')}.${ending?.text ?? '*'}`,
      }));
    }
    return undefined;
  }

  /** `"x".into()`, or what a closure gives: `|_| "x".to_string()`. */
  #fallback({ code, from }: Range): readonly PathText[] {
    const tokens = tokensOf(code);
    const [first] = argumentsAt(tokens, from);
    if (first === undefined) return [];
    let [start, to] = first;
    if (tokens[start]?.value === 'move') start += 1;
    if (isSign(tokens[start], '|')) {
      const close = tokens.findIndex((token, index) => index > start && isSign(token, '|'));
      start = close < 0 ? to : close + 1;
      if (isSign(tokens[start], '{')) [start, to] = [start + 1, closing(tokens, start)];
    }
    return this.valuesOf({ code, from: start, to });
  }
}

/** The texts of `if … { "a" } else { "b" }` and of `match`. */
function branches({ code, from, to }: Range): readonly PathText[] {
  const tokens = tokensOf(code);
  if (!['if', 'match'].includes(tokens[from]?.value ?? '')) return [];
  return tokens
    .slice(from, to)
    .filter(({ kind }) => kind === 'text')
    .slice(0, 12)
    .map(({ value }) => ({ base: 'working', text: value }));
}

/** A name with what is in front of it: `std::env::var`. */
function pathAt(tokens: readonly Token[], from: number): { readonly name: string; readonly next: number } {
  let next = from + 1;
  let name = tokens[from]?.value ?? '';
  while (isSign(tokens[next], '::')) {
    if (isSign(tokens[next + 1], '<')) {
      while (next < tokens.length && !isSign(tokens[next], '>')) next += 1;
      next += 1;
    } else if (tokens[next + 1]?.kind === 'name') {
      name = `${name}::${tokens[next + 1]?.value}`;
      next += 2;
    } else break;
  }
  return { name, next };
}

/** Texts one after the other, in all ways that there are; what has no value is open. */
function chained(parts: readonly (readonly PathText[])[]): readonly PathText[] {
  const empty: readonly PathText[] = [{ base: 'working', text: '' }];
  const all = parts.reduce<readonly PathText[]>((before, part) => {
    const values = part.length > 0 && part.length * before.length <= 24 ? part : [open];
    return before.flatMap((begin) => values.map((value) => after(begin, value)));
  }, empty);
  return all.map(({ base, text }) =>
    // what begins with something open, and then a slash, begins in a folder that a run tells
    base === 'working' && /^\*+\/+/.test(text)
      ? { base: 'unknown', text: text.replace(/^\*+\/+/, '') }
      : { base, text },
  );
}

const open: PathText = { base: 'working', text: '*' };

/** A text behind another: the first with a base of its own says where the whole begins. */
function after(begin: PathText, { base, text }: PathText): PathText {
  if (begin.text === '' && begin.base === 'working') return { base, text };
  return { base: begin.base, text: begin.text === '' ? text.replace(/^\/+/, '') : `${begin.text}${text}` };
}

const joined = (folder: PathText, { base, text }: PathText): PathText =>
  base !== 'working' || text.startsWith('/')
    ? { base, text }
    : { base: folder.base, text: folder.text === '' ? text : posix.join(folder.text, text) };
