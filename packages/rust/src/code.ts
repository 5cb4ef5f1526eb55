import type { Place, Project } from '@msb/core';

/** A Rust source without its comments and unit tests; what was removed leaves empty lines, so that lines keep their numbers. */
export interface Code {
  readonly file: string;
  readonly text: string;
}

/** A match and its place. */
export interface CodeHit {
  readonly match: RegExpExecArray;
  readonly place: Required<Place>;
}

/** Larger files are generated; reading them would only cost time. In characters. */
const largest = 512 * 1024;

/** Reads sources for a search. */
export function readCode(project: Project, files: readonly string[]): readonly Code[] {
  const known = read.get(project) ?? new Map<string, Code | undefined>();
  read.set(project, known);
  return files.flatMap((file) => {
    if (!known.has(file)) known.set(file, codeOf(project, file));
    return known.get(file) ?? [];
  });
}

/** Each file once: several questions are asked of it. */
const read = new WeakMap<Project, Map<string, Code | undefined>>();

function codeOf(project: Project, file: string): Code | undefined {
  const text = project.text(file);
  return text === undefined || text.length > largest ? undefined : { file, text: withoutTests(withoutComments(text)) };
}

const withoutComments = (text: string): string => text.replace(/^[ \t]*\/\/.*$/gm, '');

/** Attributes of what only tests are compiled with: `#[cfg(test)]`, `#[test]`, `#[tokio::test(…)]`, `#[rstest]`. */
const tested = String.raw`#\[(?:cfg\(test\)|(?:\w+::)*(?:test|rstest|test_case)(?:\([^\]]*\))?)\]`;

/** Blanks every module, function and `impl` of tests, which ends with a brace in its own column. */
function withoutTests(text: string): string {
  const attributes = String.raw`\s*(?:#\[[^\]]*\]\s*)*`;
  const item = String.raw`(?:pub(?:\([^)]*\))? )?(?:async )?(?:mod|fn|impl)\b[^;{]*\{[\s\S]*?^\1\}`;
  return text.replace(new RegExp(`^([ \\t]*)${tested}${attributes}${item}`, 'gm'), (block) =>
    block.replace(/[^\n]+/g, ''),
  );
}

/** The first match in any of the files; the order of patterns wins over that of files. Patterns may span lines. */
export function searchCode(sources: readonly Code[], patterns: readonly RegExp[]): CodeHit | undefined {
  for (const pattern of patterns) {
    for (const hit of matchesIn(sources, pattern)) return hit;
  }
  return undefined;
}

/** All matches, placed at the line of their first group, or of their own start. */
export function* matchesIn(sources: readonly Code[], pattern: RegExp): Generator<CodeHit> {
  const global = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
  for (const { file, text } of sources) {
    for (const match of text.matchAll(global)) {
      const [whole, group = ''] = match;
      const offset = match.index + Math.max(whole.lastIndexOf(group), 0) * Number(group !== '');
      yield { match, place: { file, line: text.slice(0, offset).split('\n').length } };
    }
  }
}
