import type { Project } from '@msb/core';
import { type PathScope, readPath } from './expression.ts';
import type { PathValue } from './path-value.ts';
import type { Token } from './tokens.ts';

/** What is needed to tell where a path leads. */
export interface MentionContext {
  readonly project: Project;
  /** The working folder of the program, from the folder of the project. */
  readonly folder: string;
  /** Flask's folder `instance`, from the working folder or absolute. */
  readonly instance: string;
  packageFolder(name: string): string | undefined;
}

/** Names that stand for a path, in the whole program; one that has several values is none. */
export type Names = ReadonlyMap<string, PathValue | undefined>;

/** The one value that each name has. */
export function together(all: readonly Names[]): Names {
  const found = new Map<string, PathValue | undefined>();
  for (const [name, value] of all.flatMap((names) => [...names])) {
    const before = found.get(name);
    const differs = found.has(name) && (before?.path !== value?.path || before?.from !== value?.from);
    found.set(name, differs ? undefined : value);
  }
  return found;
}

/** `settings.BASE_DIR` is `BASE_DIR`, and `self.folder` is `folder`. */
const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** What the names of a file stand for: its own, then those of all. */
export function scopeOf(context: MentionContext, file: string, own: Names, shared: Names): PathScope {
  return {
    file,
    instance: context.instance,
    packageFolder: context.packageFolder,
    lookUp: (name) => {
      if (own.has(name)) return own.get(name);
      // what begins with a small letter is a variable of some function
      const last = lastName(name);
      if (own.has(last) && name !== last) return own.get(last);
      return /^_?[A-Z]/.test(last) ? shared.get(last) : undefined;
    },
  };
}

/** What the statements of a file assign: `BASE_DIR = Path(__file__).parent`, `self.folder = …`. */
export function ownNames(context: MentionContext, file: string, tokens: readonly Token[], shared: Names): Names {
  const found = new Map<string, PathValue | undefined>();
  const scope = scopeOf(context, file, found, shared);
  for (let start = 0; start < tokens.length; start += 1) {
    if (!tokens[start]?.first || tokens[start]?.kind !== 'name') continue;
    const { name, value: at } = target(tokens, start);
    if (at === undefined || name === '') continue;
    const parsed = readPath(tokens, at, scope);
    const last = parsed && (tokens[parsed.next] === undefined || tokens[parsed.next]?.first);
    const value = last ? parsed.value : undefined;
    const before = found.get(name);
    const differs = found.has(name) && (before?.path !== value?.path || before?.from !== value?.from);
    found.set(name, differs ? undefined : value);
  }
  return found;
}

/** The name that a statement assigns to, and where the value begins. */
function target(tokens: readonly Token[], start: number): { readonly name: string; readonly value?: number } {
  let next = start;
  let name = '';
  while (tokens[next]?.kind === 'name' && (next === start || !tokens[next]?.first)) {
    name = tokens[next]?.text ?? '';
    next += 1;
    if (tokens[next]?.text !== '.') break;
    next += 1;
  }
  if (tokens[next]?.text === ':' && !tokens[next]?.first) {
    for (next += 1; next < tokens.length && !tokens[next]?.first && tokens[next]?.text !== '='; ) next += 1;
  }
  const assigns = tokens[next]?.text === '=' && !tokens[next]?.first && tokens[next + 1]?.text !== '=';
  return assigns ? { name, value: next + 1 } : { name };
}
