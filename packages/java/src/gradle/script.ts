import type { Place, Project } from '@msb/core';
import type { Located } from '../build.ts';
import { withoutComments } from '../code/comments.ts';

/** A Gradle script, or a block of one: text of a program that is searched and never run. Comments are blanked out. */
export interface Script {
  readonly file: string;
  readonly text: string;
  /** The line of the file that the text begins on. */
  readonly line: number;
}

/** Reads a script; `undefined` when there is none. */
export function readScript(project: Project, file: string): Script | undefined {
  const text = project.text(file);
  return text === undefined ? undefined : { file, text: withoutComments(text), line: 1 };
}

const placeAt = ({ file, text, line }: Script, index: number): Place => ({
  file,
  line: line + (text.slice(0, index).match(/\n/g)?.length ?? 0),
});

/** A match, and where it stands. */
export interface ScriptHit {
  readonly match: RegExpExecArray;
  readonly place: Place;
}

/** All matches in several scripts, in their order. */
export function hits(scripts: readonly Script[], pattern: RegExp): readonly ScriptHit[] {
  const all = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}gm`);
  return scripts.flatMap((script) =>
    [...script.text.matchAll(all)].map((match) => ({
      match: match as RegExpExecArray,
      place: placeAt(script, match.index),
    })),
  );
}

/** The first group of the first match. */
export function firstGroup(scripts: readonly Script[], pattern: RegExp): Located | undefined {
  const [hit] = hits(scripts, pattern);
  const value = hit?.match[1];
  return hit && value !== undefined ? { value, place: hit.place } : undefined;
}

/** What is between the braces of every block of this name. */
export function blocks(script: Script, name: string): readonly Script[] {
  return hits([script], new RegExp(`(?:^|[\\s;{])${name}\\s*\\{`)).map(({ match }) => {
    const from = match.index + match[0].length;
    const { line = 1 } = placeAt(script, from);
    return { file: script.file, text: script.text.slice(from, closing(script.text, from)), line };
  });
}

/** Where the brace that was opened before `from` is closed. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}
