import { describe, expect, test } from 'vitest';
import type { Enabled } from './enabled.ts';
import type { Libc } from './libc.ts';
import { readLock } from './lock.ts';
import { nativeNeeds, nativeUses } from './native.ts';
import { dockerfileOf, errorOf, program, projectOf } from './project.test.kit.ts';

type Crate = readonly [name: string, ...dependencies: readonly string[]];

const lock = (...crates: readonly Crate[]): string =>
  ['version = 4', ...crates.map(([name, ...uses]) => crate(name, uses))].join('\n\n');
const crate = (name: string, uses: readonly string[]): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = [${uses.map((use) => `"${use} 1.0.0"`)}]`;
const lockOf = (...crates: readonly Crate[]) => readLock(projectOf({ 'Cargo.lock': lock(...crates) })) ?? [];
const asking = (...features: readonly string[]): Enabled => ({
  crates: new Map(),
  features: new Set(features),
  has: () => false,
});
const needs = (libc: Libc, ...crates: readonly Crate[]) => nativeNeeds(nativeUses(lockOf(...crates), asking()), libc);
const native = (...crates: readonly Crate[]) => needs('musl', ...crates);

describe('native crates', () => {
  test.each([
    ['plain C needs nothing', native(['ring'], ['zstd-sys']), []],
    ['OpenSSL', native(['openssl-sys']), ['openssl-dev', 'openssl-libs-static', 'pkgconf']],
    [
      'OpenSSL that may be from source',
      native(['openssl-sys'], ['openssl-src']),
      ['linux-headers', 'make', 'openssl-dev', 'openssl-libs-static', 'perl', 'pkgconf'],
    ],
    ['SQLite of the system', native(['libsqlite3-sys', 'pkg-config']), ['pkgconf', 'sqlite-dev', 'sqlite-static']],
    ['SQLite from source', native(['libsqlite3-sys', 'cc', 'pkg-config']), []],
    ['CMake', native(['cmake'], ['x-sys', 'cmake']), ['cmake', 'g++', 'make']],
    ['CMake that is not run', native(['cmake'], ['aws-lc-sys', 'cmake']), []],
    ['protoc', native(['prost-build']), ['protobuf-dev', 'protoc']],
    ['protoc in Rust', native(['prost-build'], ['protox']), []],
    ['a name of every object', native(['constructor']), []],
  ])('%s', (_, { packages }, expected) => {
    expect(packages).toEqual(expected);
  });

  test('what a feature alone takes in, counts where one of that name is asked for, or it is named', () => {
    const names = (enabled: Enabled) => nativeUses(lockOf(['pq-sys'], ['openssl-sys'], ['openssl-src']), enabled);
    const found = (enabled: Enabled) => names(enabled).map(({ name }) => name);
    expect(found(asking())).toEqual(['openssl-sys', 'openssl-src']);
    expect(found(asking('postgres', 'vendored'))).toEqual(['pq-sys', 'openssl-src']);
    expect(found({ ...asking(), crates: new Map([['app', new Set(['pq-sys'])]]) })).toContain('pq-sys');
  });

  test('facts and notes name the line of Cargo.lock', () => {
    const { facts, notes } = native(['openssl-sys'], ['gtk-sys']);
    expect(facts[0]?.place).toEqual({ file: 'Cargo.lock', line: 4 });
    expect(notes[0]?.place).toEqual({ file: 'Cargo.lock', line: 10 });
  });

  test('a build with glibc takes the packages of Debian', () => {
    const { packages, env } = needs('gnu', ['openssl-sys']);
    expect([packages, env]).toEqual([['libssl-dev', 'pkg-config'], {}]);
  });

  test('the build gets a stage with the tools', () => {
    const text = dockerfileOf(program('', { 'Cargo.lock': lock(['openssl-sys']) }));
    expect(text).toContain('RUN apk add --no-cache openssl-dev openssl-libs-static pkgconf\n');
    expect(text).toContain('\nENV OPENSSL_STATIC="1"\n');
    expect(text).toContain('FROM tools AS deps');
  });
});

test('a broken Cargo.lock is told by its line', () => {
  expect(errorOf(() => readLock(projectOf({ 'Cargo.lock': 'version = 4\n<<<<<<< HEAD\n' })))).toBe(
    'broken-file at Cargo.lock:2',
  );
});
