import { expect, test } from 'vitest';
import { compiles, type LockNode, lockedPackages } from './graph.ts';

test.each([
  [['@mapbox/node-pre-gyp', 'node-addon-api'], true], // node-pre-gyp install --fallback-to-build
  [['bindings', 'prebuild-install'], true],
  [['nan'], true],
  [['node-addon-api', 'node-gyp-build'], false], // what it needs is in the package
  [['ms'], false],
  [[], false],
])('of %j: compiled %s', (dependencies, expected) => expect(compiles(dependencies)).toBe(expected));

test('what looks for the machine code of others has none itself', () => {
  const node = (name: string, dependencies: readonly string[]): [string, LockNode] => [
    name,
    { name, place: { file: 'yarn.lock' }, dependencies, platformBound: false, bins: [] },
  ];
  const nodes = new Map([
    node('fork-of-sqlite3', ['@mapbox/node-pre-gyp']),
    node('@vercel/nft', ['@mapbox/node-pre-gyp']),
    node('@mapbox/node-pre-gyp', []),
  ]);
  const found = lockedPackages(nodes, [...nodes.keys()], () => true);
  expect(found.filter(({ installScript }) => installScript)).toMatchObject([
    { name: 'fork-of-sqlite3', compiles: true },
  ]);
});
