import { describe, expect, test } from 'vitest';
import { ignoreMatcher } from './match.ts';

/** A .dockerignore, what it keeps out, and what it lets in. `match.images.ts` asks an engine the same questions. */
const table: readonly (readonly [about: string, text: string, out: readonly string[], inside: readonly string[]])[] = [
  ['rooted', 'a', ['a', 'a/b'], ['b/a', 'ab']],
  ['a slash in front', '/a', ['a', 'a/b'], ['b/a']],
  ['a slash behind', 'a/', ['a', 'a/b'], ['b/a']],
  ['dots and doubled slashes', './a//b/../c', ['a/c'], ['a/b']],
  ['one star', '*.md', ['x.md', '.md'], ['a/x.md', 'x.mdx']],
  ['one star in the middle', 'a/*/c', ['a/b/c', 'a/b/c/d'], ['a/c', 'a/b/b/c']],
  ['a star alone', '*', ['a', 'a/b', '.a'], []],
  ['a question mark', 'a?c', ['abc', 'aéc'], ['ac', 'abbc', 'a/c']],
  ['two stars in front', '**/a', ['a', 'b/a', 'b/c/a/d'], ['ba', 'b/ca']],
  ['two stars and one', '**/*.key', ['a.key', 'b/c.key'], ['a.keys']],
  ['two stars in the middle', 'a/**/b', ['a/b', 'a/c/b', 'a/c/d/b'], ['ab', 'b', 'a/cb']],
  ['two stars behind', 'a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
  ['two stars alone', '**', ['a', 'a/b'], []],
  ['two stars in a name', 'a**b', ['ab', 'ac/b'], ['acb', 'ac/db']],
  ['two stars in front of a suffix', '**.md', ['x.md', 'a/x.md', '.md'], ['x.mdx']],
  ['a class', 'a[bc]', ['ab', 'ac'], ['ad', 'a[bc]']],
  ['a range', 'v[0-9]', ['v1'], ['va', 'v10']],
  ['a negated class', 'a[^b]', ['ac'], ['ab', 'a']],
  ['an escaped star', 'a\\*', ['a*'], ['ab', 'a']],
  ['an escaped bracket', '\\[a]', ['[a]'], ['a']],
  ['an escaped letter', '\\a', ['a'], ['\\a']],
  ['an escaped hash', '\\#a', ['#a'], ['a']],
  ['what only regular expressions know', 'a.b+(c|d){e}^$', ['a.b+(c|d){e}^$'], ['axb+(c|d){e}^$']],
  ['case', 'A', ['A'], ['a']],
  ['a comment', '#a\nb', ['b'], ['#a', 'a']],
  ['no comment, as it is not in the first column', ' #a', ['#a'], ['a']],
  ['blanks around, CRLF and a byte order mark', '\uFEFF  a  \r\n\r\nb\r\n', ['a', 'b'], ['  a']],
  ['a blank within', 'a b', ['a b'], ['a', 'b']],
  ['let in again', 'a\n!a/b', ['a/c'], ['a/b', 'a/b/c']],
  ['let in again below a pattern', '*\n!a', ['b', 'b/a'], ['a', 'a/b']],
  ['a blank after the mark', 'a*\n! ab', ['ac'], ['ab']],
  ['the last match wins', 'a\n!a/b\na/b/c', ['a', 'a/b/c'], ['a/b', 'a/b/d']],
  ['the order is what counts', '!a/b\na', ['a/b'], []],
  ['nothing', '', [], ['a']],
  ['the root', '/\n.', [], ['a']],
  ['nothing that BuildKit could read', 'a[\n[z-a]', [], ['a', 'z']],
];

describe.each(table)('%s: %j', (_, text, out, inside) => {
  test.each([...out])('keeps out %s', (path) => expect(ignoreMatcher(text)(path)).toBe(true));
  test.each([...inside])('lets in %s', (path) => expect(ignoreMatcher(text)(path)).toBe(false));
});

test('three times two stars and a deep path take no time', () => {
  const begin = performance.now();
  expect(ignoreMatcher('**/a/**/a/**/b\n*a*a*a*b')('a/'.repeat(40) + 'a'.repeat(60))).toBe(false);
  expect(performance.now() - begin).toBeLessThan(2000);
});
