import { at } from '@msb/core';
import { expect, test } from 'vitest';
import { projectOf } from '../projects.test.kit.ts';
import { readIndented } from './indented.ts';

const read = (text: string) => readIndented(projectOf({ file: text }), 'file');

test('a lockfile of pnpm', () => {
  const { value, line } = read(`lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@a/b':
        specifier: ^1.0.0
        version: 1.0.0(c@2.0.0)

packages:

  '@a/b@1.0.0':
    resolution: {integrity: sha512-x==}
    cpu: [x64, arm64]
    deprecated: |-
      do not: use
    hasBin: true

snapshots:

  c@2.0.0: {}
`);
  expect(at(value, 'lockfileVersion')).toBe('9.0');
  expect(at(value, 'importers', '.', 'dependencies', '@a/b', 'version')).toBe('1.0.0(c@2.0.0)');
  expect(at(value, 'packages', '@a/b@1.0.0', 'cpu')).toEqual(['x64', 'arm64']);
  expect(at(value, 'packages', '@a/b@1.0.0', 'hasBin')).toBe('true');
  expect(at(value, 'packages', '@a/b@1.0.0', 'do not')).toBeUndefined();
  expect(at(value, 'snapshots', 'c@2.0.0')).toEqual({});
  expect(line('packages', '@a/b@1.0.0', 'cpu')).toBe(15);
});

test('a lockfile of Yarn 1', () => {
  const { value } = read(`# yarn lockfile v1

"@a/b@>= 1 < 2", "@a/b@^1.0.0":
  version "1.0.1"
  resolved "https://example.com/b.tgz#22fe"
  dependencies:
    "@c/d" "^1.0.0"
    e "~2.0"
`);
  const entry = at(value, '"@a/b@>= 1 < 2", "@a/b@^1.0.0"');
  expect(entry).toMatchObject({ version: '1.0.1', dependencies: { '@c/d': '^1.0.0', e: '~2.0' } });
});

test('settings written by hand', () => {
  const { value } = read(`packages:
- 'a/*' # all of them
- b
onlyBuiltDependencies:
  - bcrypt
  - '@a/b'
allowBuilds: { esbuild: true, sharp: false }
nodeLinker: "node-modules"
`);
  expect(value).toEqual({
    packages: ['a/*', 'b'],
    onlyBuiltDependencies: ['bcrypt', '@a/b'],
    allowBuilds: { esbuild: 'true', sharp: 'false' },
    nodeLinker: 'node-modules',
  });
});

test('anything else is passed over, and no key means anything', () => {
  const { value } = read('%YAML\n- a\n__proto__:\n  evil: 1\n\tx\n');
  expect(at(value, 'evil')).toBeUndefined();
  expect(at({}, 'evil')).toBeUndefined();
});
