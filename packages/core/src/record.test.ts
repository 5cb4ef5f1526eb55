import { expect, test } from 'vitest';
import { Project } from './project/project.ts';
import { type MsbRecord, readRecord, recordText } from './record.ts';
import { codeOf } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

const read = (text: string): MsbRecord | undefined => readRecord(new Project(new MemoryTree({ '.msb.json': text })));
const record: MsbRecord = {
  version: 1,
  ecosystem: 'fake',
  options: { b: 'x', a: 1, c: false },
  files: { Dockerfile: 'FROM x\n' },
};

test('what is written is read again', () => {
  expect(read(recordText(record))).toEqual(record);
  expect(recordText(record)).toMatch(/^\{\n {2}"version": 1,[\s\S]*"a": 1,\s+"b": "x",\s+"c": false[\s\S]*\}\n$/);
});

test('settings of the command verify stay', () => {
  const verify = { maxSize: '25MB', port: 80 };
  expect(read(recordText({ ...record, verify }))).toEqual({ ...record, verify });
});

test('none', () => {
  expect(readRecord(new Project(new MemoryTree()))).toBeUndefined();
});

test('values that are no options are left out, and so are hostile keys', () => {
  const text =
    '{"version":1,"ecosystem":"fake","options":{"a":[1],"b":null,"c":1,"__proto__":{"d":1}},"files":{"__proto__":"x"}}';
  expect(read(text)).toEqual({ version: 1, ecosystem: 'fake', options: { c: 1 }, files: {} });
});

test.each(['{', '"x"', '{"version":"1","ecosystem":"fake"}', '{"version":1,"ecosystem":7}'])('%s is broken', (text) => {
  expect(codeOf(() => read(text))).toBe('broken-file');
});
