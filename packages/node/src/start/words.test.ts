import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellSteps } from './words.ts';

test.each([
  ['node a.js', [['node', 'a.js']]],
  ['A=1 node  "b c.js" \'d"e\' f\\ g', [['A=1', 'node', 'b c.js', 'd"e', 'f g']]],
  [
    'npm run build && node dist/a.js',
    [
      ['npm', 'run', 'build'],
      ['node', 'dist/a.js'],
    ],
  ],
  ['node a"b"c \'\'', [['node', 'abc', '']]],
  ['node "a\\"b\\c"', [['node', 'a"b\\c']]],
  ['', []],
])('%j', (text, steps) => expect(shellSteps(text)).toEqual({ steps, needsShell: undefined }));

test.each([
  ['a | b', '|'],
  ['a || b', '||'],
  ['a & b', '&'],
  ['a; b', ';'],
  ['a > b', '>'],
  ['(a)', '('],
  ['node *.js', '*'],
  ['node $FILE', '$FILE'],
  ['node "$FILE"', '$'],
  ['node `id`', '`'],
  ['a\nb', '\n'],
  ['node "a', '"'],
])('%j needs a shell', (text, part) => expect(shellSteps(text).needsShell?.part).toBe(part));

test('any text is read, and plain words come back as they were', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => shellSteps(text).steps.length >= 0));
  const plain = fc.array(fc.stringMatching(/^[\w./:@%+=,-]+$/), { minLength: 1 });
  fc.assert(
    fc.property(plain, (words) => {
      expect(shellSteps(words.join(' ')).steps).toEqual([words]);
    }),
  );
});
