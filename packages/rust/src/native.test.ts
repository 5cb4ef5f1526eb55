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
  external: new Map(),
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

/** A workspace in which `other` asks for what `app` does without. */
const members = (app: string, other: string, crates = ''): Record<string, string> => ({
  'Cargo.toml': '[workspace]\nmembers = ["app", "other"]\nresolver = "2"\n',
  'app/Cargo.toml': `[package]\nname = "app"\n[dependencies]\n${app}`,
  'app/src/main.rs': 'fn main() {}',
  'other/Cargo.toml': `[package]\nname = "other"\n[dependencies]\n${other}`,
  'other/src/main.rs': 'fn main() {}',
  ...(crates !== '' && { 'Cargo.lock': crates }),
});

const shared = `${lock(
  ['reqwest', 'hyper-tls', 'native-tls', 'rustls'],
  ['hyper-tls', 'native-tls'],
  ['native-tls', 'openssl-sys'],
  ['openssl-sys'],
  ['rustls', 'ring'],
  ['ring'],
)}

[[package]]
name = "app"
version = "0.1.0"
dependencies = ["reqwest"]

[[package]]
name = "other"
version = "0.1.0"
dependencies = ["reqwest"]
`.replaceAll('name = "reqwest"\nversion = "1.0.0"', 'name = "reqwest"\nversion = "0.12.4"');

describe('of one member only', () => {
  const rustls = 'reqwest = { version = "0.12", default-features = false, features = ["rustls-tls"] }\n';
  const openssl = 'reqwest = "0.12"\n';
  const installs = (files: Record<string, string>, name: string) =>
    /apk add --no-cache ([^\n]*openssl[^\n]*)/.exec(dockerfileOf(files, { package: name }))?.[1] ?? '';

  test('a member without OpenSSL gets none, although another has it, with and without a lock', () => {
    for (const crates of [shared, '']) {
      expect(installs(members(rustls, openssl, crates), 'app')).toBe('');
      expect(installs(members(rustls, openssl, crates), 'other')).toBe('openssl-dev openssl-libs-static pkgconf');
    }
  });

  test('a crate that another one asks for, too, may have any feature', () => {
    const more = shared
      .replace(
        'name = "app"\nversion = "0.1.0"\ndependencies = ["reqwest"]',
        'name = "app"\nversion = "0.1.0"\ndependencies = ["reqwest", "oauth"]',
      )
      .concat('\n[[package]]\nname = "oauth"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["reqwest"]\n');
    expect(installs(members(`${rustls}oauth = "1"\n`, openssl, more), 'app')).toBe(
      'openssl-dev openssl-libs-static pkgconf',
    );
  });

  test.each([
    ['openssl = { version = "0.10", features = ["vendored"] }', 'linux-headers make perl'],
    ['rusqlite = "0.31"', 'pkgconf sqlite-dev sqlite-static'],
    ['rusqlite = { version = "0.31", features = ["bundled"] }', ''],
    ['reqwest = "0.13"', ''],
    ['[build-dependencies]\ntonic-build = "0.12"', 'protobuf-dev protoc'],
    ['[target."cfg(windows)".dependencies]\nreqwest = "0.12"', ''],
    ['reqwest = { version = "0.12", optional = true }', ''],
    ['[dev-dependencies]\nreqwest = "0.12"', ''],
  ])('without a lock, %s needs %j', (dependency, expected) => {
    const files = members(`${dependency}\n`, openssl);
    expect(/apk add --no-cache (?!lld)([^\n]*)/.exec(dockerfileOf(files, { package: 'app' }))?.[1] ?? '').toBe(
      expected,
    );
  });
});

test('a crate that newer compilers refuse is said before the build, and a newer one of it is not', () => {
  const notes = (version: string) =>
    nativeNeeds(
      nativeUses(
        lockOf(['time']).map((one) => ({ ...one, version })),
        asking(),
      ),
      'musl',
    ).notes;
  expect(notes('0.3.34').map(({ message }) => message)).toEqual([
    "time 0.3.34 doesn't compile with Rust 1.80 or later",
  ]);
  expect([...notes('0.3.35'), ...notes('0.1.45'), ...notes('')]).toEqual([]);
});

test('C that is older than the compiler gets its own standard', () => {
  const env = (version: string) =>
    nativeNeeds(
      nativeUses(
        lockOf(['onig_sys']).map((one) => ({ ...one, version })),
        asking(),
      ),
      'musl',
    ).env;
  expect([env('69.8.1'), env('69.9.1')]).toEqual([{ CFLAGS: '-std=gnu17' }, {}]);
});
