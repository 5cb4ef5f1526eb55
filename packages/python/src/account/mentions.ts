import { join, type Place } from '@msb/core';
import { type PathScope, readPath } from './expression.ts';
import { type MentionContext, type Names, ownNames, scopeOf, together } from './names.ts';
import type { PathValue } from './path-value.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A path that the code names, and what it does with it. */
export interface Mention {
  /** Where the path leads from: the source file, or the working folder; an absolute one from neither. */
  readonly from: 'file' | 'folder' | 'absolute';
  /** From the folder of the project, or absolute. */
  readonly path: string;
  /** Whether it is the folder of something whose name can't be told. */
  readonly partial: boolean;
  /** The call that it is an argument of: `open`, `StaticFiles`. */
  readonly callee: string;
  /** The keyword of the argument: `directory`. */
  readonly keyword: string;
  /** Which argument of the call it is, from 0. */
  readonly index: number;
  /** The method that is called on it: `write_text`. */
  readonly method: string;
  /** The mode that it is opened with: `r` where none is given. */
  readonly mode: string;
  /** An address that it is part of: `sqlite:///`. */
  readonly scheme: string;
  /** Whether it is nothing but a text in the code. */
  readonly plain: boolean;
  readonly place: Place & { readonly line: number };
}

/** All paths that some files name. */
export function mentionsIn(context: MentionContext, files: readonly string[]): readonly Mention[] {
  const { project } = context;
  const read = files.flatMap((file) => {
    const text = project.text(file);
    return text === undefined || text.length > largest ? [] : [{ file, tokens: tokensOf(text) }];
  });
  // a name may be of a file that comes later: BASE_DIR of the settings
  let shared: Names = new Map();
  for (const _ of [1, 2]) {
    shared = together(read.map(({ file, tokens }) => ownNames(context, file, tokens, shared)));
  }
  return read.flatMap(({ file, tokens }) => {
    const own = ownNames(context, file, tokens, shared);
    return mentions(context, file, tokens, scopeOf(context, file, own, shared));
  });
}

/** A source that is longer is data. */
const largest = 300_000;

/** A call that is open: its name, which argument has begun, and its keyword. */
interface OpenCall {
  readonly callee: string;
  index: number;
  keyword: string;
}

function mentions(
  context: MentionContext,
  file: string,
  tokens: readonly Token[],
  scope: PathScope,
): readonly Mention[] {
  const found: Mention[] = [];
  const calls: OpenCall[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const token = tokens[start] as Token;
    if (begins(tokens, start)) {
      const parsed = readPath(tokens, start, scope);
      if (parsed !== undefined) {
        found.push(...mention(context, file, tokens, start, parsed.value, parsed.next, calls.at(-1)));
        start = parsed.next - 1;
        continue;
      }
    }
    if (token.kind !== 'mark') {
      if (token.kind === 'name' && tokens[start + 1]?.text === '=' && tokens[start + 2]?.text !== '=') {
        const call = calls.at(-1);
        if (call) call.keyword = token.text;
      }
      continue;
    }
    if (/[([{]/.test(token.text))
      calls.push({ callee: token.text === '(' ? calleeOf(tokens, start) : '', index: 0, keyword: '' });
    else if (/[)\]}]/.test(token.text)) calls.pop();
    else if (token.text === ',') {
      const call = calls.at(-1);
      if (call) {
        call.index += 1;
        call.keyword = '';
      }
    }
  }
  return found;
}

/** Words behind which a bracket begins an expression, and no call. */
const keywords = new Set([
  'and',
  'assert',
  'await',
  'elif',
  'else',
  'for',
  'if',
  'in',
  'is',
  'not',
  'or',
  'return',
  'with',
  'yield',
]);

/** Whether an expression may begin here: with a name, a string, or a bracket that calls nothing. */
function begins(tokens: readonly Token[], start: number): boolean {
  const token = tokens[start];
  if (token?.kind === 'name' || token?.kind === 'string') return !isPart(tokens, start);
  if (token?.text !== '(') return false;
  if (token.first) return true;
  const before = tokens[start - 1];
  return !((before?.kind === 'name' && !keywords.has(before.text)) || before?.text === ')' || before?.text === ']');
}

/** Whether a word is an attribute of what stands before it. */
const isPart = (tokens: readonly Token[], start: number): boolean =>
  tokens[start]?.kind === 'name' && tokens[start - 1]?.text === '.' && !tokens[start]?.first;

/** The name in front of a bracket: `yaml.safe_load`. */
function calleeOf(tokens: readonly Token[], open: number): string {
  let name = '';
  // one that begins a statement has nothing in front of it
  if (tokens[open]?.first) return name;
  for (let index = open - 1; tokens[index]?.kind === 'name'; index -= 2) {
    name = name === '' ? (tokens[index]?.text ?? '') : `${tokens[index]?.text}.${name}`;
    if (tokens[index - 1]?.text !== '.') break;
  }
  return name;
}

function mention(
  { folder }: MentionContext,
  file: string,
  tokens: readonly Token[],
  start: number,
  value: PathValue,
  next: number,
  call: OpenCall | undefined,
): readonly Mention[] {
  const plain = value.from === 'text' && tokens[start]?.kind === 'string' && next === start + 1;
  if (value.path.length > 240 || tokens[start]?.form?.includes('"""')) return [];
  const [, address = '', rest = ''] = /^([a-z][\w+]*:\/\/\/?)?(.*)$/.exec(value.path) ?? [];
  const path = rest.replace(/^\.\//, '');
  const absolute = path.startsWith('/');
  const from = absolute ? 'absolute' : value.from === 'file' ? 'file' : 'folder';
  const method = tokens[next]?.text === '.' && tokens[next + 2]?.text === '(' ? (tokens[next + 1]?.text ?? '') : '';
  return [
    {
      from,
      path: absolute ? path : from === 'file' ? join(path) : join(folder, path),
      partial: value.partial === true,
      callee: call?.callee ?? '',
      keyword: keyOf(tokens, start) ?? call?.keyword ?? '',
      index: call?.index ?? 0,
      method,
      mode: /(?:^|\.)open$/.test(method || (call?.callee ?? '')) ? modeBehind(tokens, method ? next + 2 : next) : 'r',
      scheme: value.scheme ?? address,
      plain,
      place: { file, line: tokens[start]?.line ?? 1 },
    },
  ];
}

/** What a value is assigned to: `MEDIA_ROOT = …`, `app.config["UPLOAD_FOLDER"] = …`, `"NAME": …`. */
function keyOf(tokens: readonly Token[], start: number): string | undefined {
  const [before, mark] = [tokens[start - 2], tokens[start - 1]];
  if (mark?.text === ':' && before?.kind === 'string') return before.text;
  if (mark?.text !== '=' || tokens[start]?.first) return undefined;
  if (before?.kind === 'name') return before.text;
  return before?.text === ']' && tokens[start - 3]?.kind === 'string' ? tokens[start - 3]?.text : undefined;
}

/** The mode of `open(path, "w")` and `path.open("w")`. */
function modeBehind(tokens: readonly Token[], next: number): string {
  for (let index = next; index < next + 8 && !tokens[index]?.first && tokens[index]?.text !== ')'; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'string' && /^[rwaxbt+]{1,3}$/.test(token.text)) return token.text;
  }
  return 'r';
}
