import { expect, test } from 'vitest';
import { type Instruction, parseDockerfile } from './parse.ts';
import { assignedNames, execForm, mountFields, rawWords, words } from './words.ts';

function only(line: string): Instruction {
  const instruction = parseDockerfile(`FROM x\n${line}\n`).stages[0]?.instructions[0];
  if (instruction === undefined) throw new Error(`${line} is no instruction`);
  return instruction;
}

test.each([
  ['a  b\tc', ['a', 'b', 'c']],
  [`'a b'c "d \\" e" f\\ g`, [`'a b'c`, `"d \\" e"`, 'f\\ g']],
  [`'never closed`, [`'never closed`]],
  ['', []],
])('raw words of %j', (text, expected) => {
  expect(rawWords(text)).toEqual(expected);
});

test.each([
  ['CMD ["a b", "c"]', ['a b', 'c']],
  ['CMD []', []],
  ['CMD a b', undefined],
  [`CMD ['a']`, undefined],
  ['CMD ["a", 1]', undefined],
  ['CMD ["a"] b', undefined],
  ['CMD ["a"', undefined],
])('the exec form of %s', (line, expected) => {
  expect(execForm(only(line))).toEqual(expected);
});

test('words are the items of an array or what blanks separate', () => {
  expect(words(only('COPY ["a b", "/"]'))).toEqual(['a b', '/']);
  expect(words(only('COPY --link a  b /'))).toEqual(['a', 'b', '/']);
});

test.each([
  ['type=cache,target=/x', { type: 'cache', target: '/x' }],
  ['src=a,dst=b', { type: 'bind', source: 'a', target: 'b' }],
  ['type=secret,id=x,destination=/y,required', { type: 'secret', id: 'x', target: '/y', required: '' }],
  ['source=a=b', { type: 'bind', source: 'a=b' }],
])('the fields of --mount=%s', (value, expected) => {
  expect(mountFields({ name: 'mount', value })).toEqual(expected);
});

test.each([
  ['ENV A=1 B="the secret KEY=x" C=', ['A', 'B', 'C']],
  ['ENV A the secret', ['A']],
  ['ARG A B=1', ['A', 'B']],
])('the names that %s sets', (line, expected) => {
  expect(assignedNames(only(line))).toEqual(expected);
});
