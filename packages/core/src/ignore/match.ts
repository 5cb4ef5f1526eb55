/** A compiled pattern of a .dockerignore. */
interface Pattern {
  readonly negated: boolean;
  readonly regexp: RegExp;
}

const escaped = (char: string): string => char.replace(/[.+^${}()|[\]\\]/, '\\$&');

function toRegExp(pattern: string): RegExp {
  let source = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern.charAt(index);
    if (pattern.startsWith('**', index)) {
      const slash = pattern.charAt(index + 2) === '/';
      source += slash ? '(?:.*/)?' : '.*';
      index += slash ? 2 : 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[' && pattern.includes(']', index + 2)) {
      const end = pattern.indexOf(']', index + 2);
      source += pattern.slice(index, end + 1);
      index = end;
    } else if (char === '\\') {
      index += 1;
      source += escaped(pattern.charAt(index));
    } else source += escaped(char);
  }
  return new RegExp(`^${source}$`, 'u');
}

/** Compiles the text of a .dockerignore. */
function compile(text: string): readonly Pattern[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const negated = line.startsWith('!');
      const path = (negated ? line.slice(1) : line)
        .trim()
        .replace(/^\/+|\/+$/g, '')
        .replace(/^\.\//, '');
      return { negated, regexp: toRegExp(path) };
    });
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
    for (const { negated, regexp } of patterns) {
      if (ignored === negated && family.some((candidate) => regexp.test(candidate))) ignored = !negated;
    }
    return ignored;
  };
}
