import { join } from '@msb/core';
import { cut, glued, joined, joinedAll, type PathValue, parent } from './path-value.ts';
import type { Token } from './tokens.ts';

/** What a name stands for, and where the modules of a project are. */
export interface PathScope {
  /** The file that the expression is in. */
  readonly file: string;
  /** Flask's folder for what an instance of the application writes, from the working folder or absolute. */
  readonly instance: string;
  lookUp(name: string): PathValue | undefined;
  /** The folder of a package by its name. */
  packageFolder(name: string): string | undefined;
}

/** An expression that was read, and the token behind it. */
export interface Parsed {
  readonly value: PathValue;
  readonly next: number;
}

/** Calls that give back the path that they take. */
const same =
  /^(?:(?:os\.)?path\.(?:abspath|realpath|normpath|expanduser|expandvars)|os\.fspath|str|String|Path|pathlib\.Path|PurePath|AnyPath|(?:std)?Path)$/;
const joins = /^(?:(?:os\.)?path\.join|posixpath\.join|join|safe_join)$/;
const folders = /^(?:(?:os\.)?path\.dirname|dirname)$/;
const packages = /^(?:(?:importlib(?:\.|_))?resources\.files|files)$/;
/** A variable of the environment with a default: that is what it is, unless somebody says otherwise. */
const defaults = /(?:^|\.)(?:environ\.get|getenv|env|config|get|str|path|Field|Option|field)$/;

/** Attributes and methods that leave a path as it is. */
const keeps = new Set(['resolve', 'absolute', 'as_posix', 'expanduser', 'strip', 'rstrip', 'absolute_path', '__str__']);

/** Reads the expression that begins at a token; `undefined` where it is no path. */
export function readPath(tokens: readonly Token[], start: number, scope: PathScope): Parsed | undefined {
  let left = operand(tokens, start, scope);
  if (left === undefined) return undefined;
  for (let mark = tokens[left.next]?.text; mark === '/' || mark === '+'; mark = tokens[left.next]?.text) {
    if (tokens[left.next]?.kind !== 'mark' || tokens[left.next + 1]?.text === mark) break;
    const right = operand(tokens, left.next + 1, scope);
    if (right === undefined) return { ...left, value: { ...left.value, partial: true } };
    left = { value: mark === '/' ? joined(left.value, right.value) : glued(left.value, right.value), next: right.next };
  }
  return left;
}

function operand(tokens: readonly Token[], start: number, scope: PathScope): Parsed | undefined {
  const token = tokens[start];
  if (token === undefined) return undefined;
  if (token.text === '(' && token.kind === 'mark') {
    const inner = readPath(tokens, start + 1, scope);
    return inner && tokens[inner.next]?.text === ')'
      ? postfix(tokens, { ...inner, next: inner.next + 1 }, scope)
      : undefined;
  }
  if (token.kind === 'string') return postfix(tokens, strings(tokens, start, scope), scope);
  return token.kind === 'name' ? named(tokens, start, scope) : undefined;
}

/** Strings in a row are one. */
function strings(tokens: readonly Token[], start: number, scope: PathScope): Parsed {
  let value: PathValue | undefined;
  let next = start;
  for (let token = tokens[next]; token?.kind === 'string' && !(next > start && token.first); token = tokens[next]) {
    const part: PathValue = token.form?.includes('f')
      ? formatted(token.text, scope)
      : { from: 'text', path: token.text };
    value = value === undefined ? part : glued(value, part);
    next += 1;
  }
  return { value: value ?? { from: 'text', path: '' }, next };
}

/** `f"{BASE}/data/{name}.json"` is a path as far as the first name that is unknown. */
function formatted(text: string, scope: PathScope): PathValue {
  let value: PathValue | undefined;
  for (const [, name, rest = ''] of text.matchAll(/\{([^{}]*)\}|((?:[^{}]|\{\{|\}\})+)/g)) {
    const known = name === undefined ? undefined : scope.lookUp(name.replace(/[!:].*$/, '').trim());
    if (name !== undefined && known === undefined) {
      return value === undefined ? { from: 'text', path: '', partial: true } : cut(value);
    }
    const part: PathValue = known ?? { from: 'text', path: rest };
    value = value === undefined ? part : glued(value, part);
  }
  return value ?? { from: 'text', path: '' };
}

function named(tokens: readonly Token[], start: number, scope: PathScope): Parsed | undefined {
  let next = start;
  let name = '';
  for (let token = tokens[next]; token?.kind === 'name'; token = tokens[next]) {
    name += token.text;
    next += 1;
    const value = knownName(name, scope);
    // what is known goes on as a path: BASE_DIR.parent
    if (value !== undefined && !calls(tokens[next])) return postfix(tokens, { value, next }, scope);
    if (tokens[next]?.text !== '.' || tokens[next + 1]?.kind !== 'name') break;
    name += '.';
    next += 1;
  }
  return calls(tokens[next]) ? called(tokens, next, name, scope) : undefined;
}

/** Whether a token calls what stands before it; a bracket on a line of its own begins a statement. */
const calls = (token: Token | undefined): boolean => token?.text === '(' && token.kind === 'mark' && !token.first;

function knownName(name: string, scope: PathScope): PathValue | undefined {
  if (name === '__file__') return { from: 'file', path: scope.file };
  // Flask's folder of the application is that of its module
  if (/(?:^|\.)(?:app|current_app|application)\.root_path$/.test(name))
    return { from: 'file', path: join(scope.file, '..') };
  if (/(?:^|\.)(?:app|current_app|application)\.instance_path$/.test(name)) {
    return { from: scope.instance.startsWith('/') ? 'text' : 'folder', path: scope.instance };
  }
  return scope.lookUp(name);
}

/** `Path(…)`, `os.path.join(…)`, `os.environ.get("X", …)`. */
function called(tokens: readonly Token[], open: number, name: string, scope: PathScope): Parsed | undefined {
  const { values, end } = argumentsOf(tokens, open, scope);
  if (end === undefined) return undefined;
  const done = (value: PathValue | undefined): Parsed | undefined =>
    value && postfix(tokens, { value, next: end }, scope);
  const [first, second] = values;
  if (/(?:^|\.)(?:Path\.cwd|os\.getcwd|getcwd)$/.test(name)) return done({ from: 'folder', path: '' });
  if (packages.test(name)) {
    const own = tokens[open + 1]?.text ?? '';
    const folder = /^__(?:package|name)__$/.test(own) ? join(scope.file, '..') : scope.packageFolder(own);
    return done(folder === undefined ? undefined : { from: 'file', path: folder });
  }
  if (same.test(name) && values.length === 0) return done({ from: 'folder', path: '' });
  if (joins.test(name) || same.test(name)) {
    if (first === undefined) return undefined;
    return done(joinedAll(first, values.slice(1)));
  }
  if (folders.test(name)) return done(first && parent(first));
  return defaults.test(name) && values.length > 1 ? done(second) : undefined;
}

/** The values of a call's arguments, and the token behind it. */
function argumentsOf(
  tokens: readonly Token[],
  open: number,
  scope: PathScope,
): { readonly values: readonly (PathValue | undefined)[]; readonly end: number | undefined } {
  const values: (PathValue | undefined)[] = [];
  let next = open + 1;
  for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
    if (token.kind === 'mark' && token.text === ')') return { values, end: next + 1 };
    // a keyword counts as its value
    if (token.kind === 'name' && tokens[next + 1]?.text === '=' && tokens[next + 2]?.text !== '=') next += 2;
    const parsed = readPath(tokens, next, scope);
    const end = behind(tokens, next);
    values.push(parsed?.next === end ? parsed.value : undefined);
    next = tokens[end]?.text === ',' ? end + 1 : end;
    if (tokens[end] === undefined) break;
  }
  return { values, end: undefined };
}

/** The comma or the bracket that ends an argument. */
function behind(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let next = start; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token?.kind !== 'mark') continue;
    if (/[([{]/.test(token.text)) depth += 1;
    else if (/[)\]}]/.test(token.text)) {
      if (depth === 0) return next;
      depth -= 1;
    } else if (token.text === ',' && depth === 0) return next;
  }
  return tokens.length;
}

/** `.parent`, `.parents[1]`, `.joinpath("x")`, `.resolve()`. */
function postfix(tokens: readonly Token[], parsed: Parsed, scope: PathScope): Parsed {
  const { value, next } = parsed;
  if (tokens[next]?.text !== '.' || tokens[next + 1]?.kind !== 'name') return parsed;
  const attribute = tokens[next + 1]?.text ?? '';
  const after = next + 2;
  if (attribute === 'parent') return postfix(tokens, { value: parent(value), next: after }, scope);
  if (attribute === 'parents' && tokens[after]?.text === '[') {
    const up = Number(tokens[after + 1]?.text ?? '0');
    const to = Array.from({ length: up + 1 }).reduce<PathValue>(parent, value);
    return Number.isInteger(up) && tokens[after + 2]?.text === ']'
      ? postfix(tokens, { value: to, next: after + 3 }, scope)
      : parsed;
  }
  if (tokens[after]?.text !== '(') return parsed;
  const { values, end } = argumentsOf(tokens, after, scope);
  if (end === undefined) return parsed;
  if (keeps.has(attribute)) return postfix(tokens, { value, next: end }, scope);
  if (attribute === 'joinpath') {
    const to = joinedAll(value, values);
    return postfix(tokens, { value: to, next: end }, scope);
  }
  return parsed;
}
