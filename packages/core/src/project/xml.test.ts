import { expect, test } from 'vitest';
import { MsbError } from '../errors.ts';
import { MemoryTree } from '../tree/memory.ts';
import { Project } from './project.ts';
import { readXml, xmlAt } from './xml.ts';

const read = (text: string) => readXml(new Project(new MemoryTree({ file: text })), 'file');

test('elements by name, with their text and line', () => {
  const root = read(`<?xml version="1.0"?>\r
<!-- <a>no</a> -->\r
<project xmlns="http://maven.apache.org/POM/4.0.0">\r
  <a> one </a>\r
  <b><a>two</a></b><b/>\r
  <c><![CDATA[<three>]]> &amp; &other;</c>\r
</project>\r
`);
  expect([root.name, root.line]).toEqual(['project', 3]);
  expect(root.children().map(({ name, line }) => [name, line])).toEqual([
    ['a', 4],
    ['b', 5],
    ['b', 5],
    ['c', 6],
  ]);
  expect(root.children('b')).toHaveLength(2);
  expect([xmlAt(root, 'a')?.text, xmlAt(root, 'b', 'a')?.text]).toEqual(['one', 'two']);
  expect(xmlAt(root, 'c')?.text).toBe('<three> & &other;');
  expect(xmlAt(root, 'b', 'x', 'y')).toBeUndefined();
});

test.each([
  ['', 1, 'it holds no element|root element'],
  ['<a>\n  <b>\n</a>\n', 3, 'end tag'],
  ['<a>\n<b attribute></b></a>', 2, ''],
  [`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 1, 'nested too deeply'],
  ['<a>\u0000</a>', 1, ''],
])('broken XML %#', (text, line, reason) => {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof MsbError)) throw error;
    expect(error.message).toMatch(new RegExp(`^file is not valid XML: .*(${reason})`));
    expect([error.code, error.place]).toEqual(['broken-file', { file: 'file', line }]);
    return;
  }
  throw new Error('it was read');
});

test('no entity is expanded', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y SYSTEM "file:///etc/passwd">]>\n<a>&x;&y;</a>';
  expect(read(bomb).text).toBe('&x;&y;');
});
