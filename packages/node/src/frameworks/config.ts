import type { Place, Project } from '@msb/core';

/** A configuration that is code. It is never run; only its telling lines are read. */
export interface ConfigFile {
  readonly file: string;
  /** Without comments, on the same lines. */
  readonly text: string;
  /** The first match; a pattern may reach over several lines. */
  find(pattern: RegExp): { readonly match: RegExpExecArray; readonly place: Place } | undefined;
}

const endings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];

/** Reads `next.config.ts`, `.mjs` and so on for the name `next.config`; `undefined` when there is none. */
export function readConfig(project: Project, name: string): ConfigFile | undefined {
  const file = endings.map((ending) => `${name}.${ending}`).find((path) => project.has(path));
  const source = file === undefined ? undefined : project.text(file);
  if (file === undefined || source === undefined) return undefined;
  const text = withoutComments(source);
  const find = (pattern: RegExp) => {
    const match = pattern.exec(text);
    return match ? { match, place: { file, line: text.slice(0, match.index).split('\n').length } } : undefined;
  };
  return { file, text, find };
}

// A text in quotes stays as it is, whatever is in it; a comment becomes blank. No text in backquotes holds a setting.
const tokens = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** JavaScript without its comments; every line keeps its number. */
export const withoutComments = (source: string): string =>
  source.replace(tokens, (found, text?: string) => text ?? found.replace(/[^\n]/g, ' '));
