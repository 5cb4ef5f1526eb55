import { describe, expect, test } from 'vitest';
import { MsbError } from '../errors.ts';
import { MemoryTree } from '../tree/memory.ts';
import { at, itemsOf, keysOf, readJson, readToml, textAt } from './documents.ts';
import { Project } from './project.ts';

const holding = (text: string): Project => new Project(new MemoryTree({ file: text }));

function refusal(read: () => unknown): MsbError {
  try {
    read();
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('it was read');
}

test.each([
  ['', 1, 'value expected'],
  ['{\n  "a": 1,\n  "b" 2\n}', 3, 'colon expected'],
  ['{\r\n"a": 1\r\n', 3, 'close brace expected'],
  ['{"a": "x\ny"}', 1, 'unexpected end of string'],
  ['[1]', 1, 'it holds no object'],
  ['null', 1, 'it holds no object'],
  ['['.repeat(100_000), 1, 'it is nested too deeply'],
])('broken JSON %#', (text, line, reason) => {
  const error = refusal(() => readJson(holding(text), 'file'));
  expect(error.message).toBe(`file is not valid JSON: ${reason}`);
  expect([error.code, error.place]).toEqual(['broken-file', { file: 'file', line }]);
});

test.each([
  ['a = 1\nb = \n', 2],
  ['[a]\nx = 1\n\n[a]\n', 4],
  [`a = ${'['.repeat(5000)}`, 1],
])('broken TOML %#', (text, line) => {
  const error = refusal(() => readToml(holding(text), 'file'));
  expect(error.message).toMatch(/^file is not valid TOML: [^\n]+$/);
  expect([error.code, error.place]).toEqual(['broken-file', { file: 'file', line }]);
});

test('a missing file is broken, too', () => {
  for (const read of [readJson, readToml]) expect(refusal(() => read(holding(''), 'none')).code).toBe('broken-file');
});

test('JSON with comments, trailing commas, CRLF and a byte order mark; lines are those of the file', () => {
  const file = readJson(holding('\uFEFF{\r\n  // one\r\n  "a": {\r\n    "b": "x",\r\n  },\r\n}'), 'file');
  expect(at(file.value, 'a', 'b')).toBe('x');
  expect([file.line('a', 'b'), file.line('a'), file.line('none'), file.line('a', 'b', 'c')]).toEqual([
    4,
    3,
    undefined,
    undefined,
  ]);
});

test('reading values expects nothing', () => {
  const value = { text: ' x ', blank: ' ', list: [1], number: 1, none: null };
  expect([textAt(value, 'text'), textAt(value, 'blank'), textAt(value, 'number')]).toEqual(['x', undefined, undefined]);
  expect([at(value, 'text', 'length'), at(value, 'list', '0'), at(value, 'none', 'x'), at(undefined, 'x')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect([keysOf(value).length, keysOf([1]), keysOf(null)]).toEqual([5, [], []]);
  expect([itemsOf([1]), itemsOf('x'), itemsOf(undefined)]).toEqual([[1], [], []]);
});

describe('hostile keys', () => {
  test.each([
    ['JSON', () => readJson(holding('{"__proto__": {"evil": 1}, "constructor": {"x": 1}}'), 'file').value],
    ['TOML', () => readToml(holding('[__proto__]\nevil = 1\n[constructor]\nx = 1\n'), 'file')],
  ])('%s', (_, read) => {
    const value = read();
    expect(at(value, 'evil')).toBeUndefined();
    expect(at(value, 'constructor', 'x')).toBe(1);
    expect(at({}, 'evil')).toBeUndefined();
    for (const key of ['toString', 'constructor', '__proto__']) expect(at({}, key)).toBeUndefined();
  });
});
