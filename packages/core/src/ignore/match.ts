import { posix } from 'node:path';

/** A compiled pattern of a .dockerignore. */
interface Pattern {
  readonly negated: boolean;
  readonly matches: RegExp;
}

const never = /(?!)/u;

/** What a pattern is made of: an escaped character, stars, `?`, a class, or a character that means itself. */
const token = /\\([\s\S])|\*\*\/?|[*?]|\[(?:\\[\s\S]|[^\]\\])+\]|[\s\S]/gu;

const literal = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');

/** Regular expressions know fewer escapes in a class than Go does. */
const inClass = (text: string): string =>
  text.replace(/\\([\s\S])/gu, (_, char: string) => (/[\\^\-[\]]/.test(char) ? `\\${char}` : char));

function source(part: string, escaped: string | undefined, offset: number, pattern: string): string {
  const rest = pattern.slice(offset + part.length);
  if (escaped !== undefined) return literal(escaped);
  if (part.startsWith('**')) {
    if (rest === '') return '.*';
    // `**.md` at the start, with no other wildcard, is a mere suffix; elsewhere `**` stands for whole folders.
    return offset === 0 && part === '**' && !/[*?[\\]/.test(rest) ? '.*' : '(?:.*/)?';
  }
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  return part.length > 1 && part.startsWith('[') ? `[${inClass(part.slice(1, -1))}]` : literal(part);
}

/** A pattern that BuildKit would refuse, such as `[z-a]`, matches nothing. */
function toRegExp(pattern: string): RegExp {
  try {
    return new RegExp(`^${pattern.replace(token, source)}$`, 'su');
  } catch {
    return never;
  }
}

/** `/./a//b/../c/` → `a/c`, as Go's filepath.Clean does it. */
const cleaned = (path: string): string => posix.normalize(path).replace(/^\/+|\/$/g, '');

/** Compiles the text of a .dockerignore: `#` starts a comment only in the first column. */
function compile(text: string): readonly Pattern[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const known = compiled.get(line);
      const pattern = known ?? compileLine(line);
      compiled.set(line, pattern);
      return pattern;
    });
}

/** The same lines are asked about many times in a run: alone, in their file, and when that is checked. */
const compiled = new Map<string, Pattern>();

function compileLine(line: string): Pattern {
  const negated = line.startsWith('!');
  return { negated, matches: toRegExp(cleaned(negated ? line.slice(1).trim() : line)) };
}

/**
 * Whether a path of the build context is kept out by a .dockerignore, with the rules of
 * https://github.com/moby/patternmatcher: patterns are rooted and case-sensitive, a folder covers what is in it,
 * and the last match wins.
 */
export function ignoreMatcher(text: string): (path: string) => boolean {
  const patterns = compile(text);
  return (path) => {
    const names = path.split('/');
    const family = names.map((_, index) => names.slice(0, index + 1).join('/'));
    let ignored = false;
    for (const { negated, matches } of patterns) {
      if (ignored === negated && family.some((candidate) => matches.test(candidate))) ignored = !negated;
    }
    return ignored;
  };
}
