import { expect, test } from 'vitest';
import { errorOf, json, packageOf } from '../projects.test.kit.ts';
import { chooseNode } from './choose.ts';

const choose = (value: object, files: Record<string, string> = {}, given?: string) => {
  const { project, manifest } = packageOf(value, files);
  return chooseNode(project, manifest, given);
};
const engines = (node: string) => choose({ engines: { node } });

test('nothing said: the default', () => {
  expect(choose({})).toEqual({ major: '24', wanted: '24', place: undefined, notes: [] });
});

test.each([
  ['>=18', '24'],
  ['>=20 <23', '22'],
  ['^22.3.0 || ^26', '26'],
  ['22.x', '22'],
  ['>=26.0.0', '26'],
  ['*', '24'],
  ['20 || 22', '22'],
])('engines %s → %s', (range, major) => expect(engines(range)).toMatchObject({ major, notes: [] }));

test.each([
  ['16', '22'],
  ['23.x', '24'],
  ['14.x || 16.x', '22'],
])('engines %s has no image → %s, with a note', (range, major) => {
  expect(engines(range)).toMatchObject({ major, notes: [{ place: { file: 'package.json', line: 3 } }] });
});

test.each([
  ['20.11.1', '20'],
  ['^20.9.0', '20'],
  ['18 || 20', '20'],
  ['16.x || 18.x', '18'],
])('engines %s can only be met by a line without support → %s, with a note', (range, major) => {
  const message = expect.stringContaining('no security fixes since 202');
  expect(engines(range)).toMatchObject({ major, notes: [{ message, place: { file: 'package.json', line: 3 } }] });
});

test('a line without support on request', () => {
  expect(choose({}, {}, '20')).toMatchObject({ major: '20', notes: [{ hint: 'Try the program on Node 24.' }] });
});

test.each([
  ['v22.11.0\n', '22'],
  ['lts/*', '24'],
  ['lts/jod', '22'],
  ['lts/Krypton', '24'],
  ['node', '26'],
  ['# ours\n26 # new\n', '26'],
  ['system', '24'],
  ['', '24'],
])('.nvmrc %j → %s', (text, major) => expect(choose({}, { '.nvmrc': text }).major).toBe(major));

test.each([
  [{ '.node-version': '26.1.0' }, {}, { file: '.node-version', line: 1 }],
  [{}, { volta: { node: '26.1.0' } }, { file: 'package.json', line: 3 }],
  [{ '.tool-versions': 'ruby 4\nnodejs 26.1.0 22.1.0\n' }, {}, { file: '.tool-versions', line: 2 }],
  [{ 'mise.toml': '[tools]\nnode = "26"\n' }, {}, { file: 'mise.toml', line: 2 }],
  [{ 'mise.toml': '[tools]\nnode = ["26", "22"]\n' }, {}, { file: 'mise.toml', line: 2 }],
  [{ '.mise.toml': '[tools.node]\nversion = "26"\n' }, {}, { file: '.mise.toml', line: 1 }],
  [
    {},
    { devEngines: { runtime: [{ name: 'bun' }, { name: 'node', version: '^26' }] } },
    { file: 'package.json', line: 3 },
  ],
])('26 from %j %j', (files, value, place) => {
  expect(choose({ ...value, engines: { node: '22' } }, files as Record<string, string>)).toMatchObject({
    major: '26',
    place,
  });
});

test('no image for it', () => {
  expect(errorOf(() => engines('99'))).toMatchObject({ code: 'unknown-version', place: { line: 3 } });
  expect(errorOf(() => choose({}, { '.nvmrc': 'lts/zinc' })).code).toBe('unknown-version');
  expect(errorOf(() => choose({}, { '.nvmrc': '24"\nRUN id' })).message).not.toContain('\n');
  expect(errorOf(() => choose({}, {}, '16')).hint).toContain('18, 20, 22, 24, 26');
  expect(choose({ engines: { node: '99' } }, {}, '22').major).toBe('22');
});

test('a broken mise.toml is an error', () => {
  expect(errorOf(() => choose({}, { 'mise.toml': json({}).concat('=') })).code).toBe('broken-file');
});
