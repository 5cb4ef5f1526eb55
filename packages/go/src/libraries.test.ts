import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { findLibraries, isStatic, runtimesOf } from './libraries.ts';
import { packageIn } from './packages.ts';

type Files = Readonly<Record<string, string>>;

function find(files: Files, packages?: string) {
  const project = new Project(new MemoryTree({ 'go.mod': 'module x\n', ...files }));
  return findLibraries(project, [packageIn(project, '', { cgo: true })], packages === undefined ? {} : { packages });
}

const importing = (path: string): string => `package main\n\nimport _ "${path}"\n`;
const calling = (comment: string): string => `package main\n\n${comment}\nimport "C"\n`;

describe('the Debian packages of', () => {
  test.each([
    ['a library to link', calling('// #cgo LDFLAGS: -L/opt/lib -lm -lz'), ['zlib1g-dev']],
    ['one for Linux', calling('/*\n#cgo linux LDFLAGS: -lmagic\n*/'), ['libmagic-dev']],
    ['pkg-config', calling(' // #cgo pkg-config: libsodium >= 1.0 zlib'), ['libsodium-dev', 'zlib1g-dev']],
    ['a module that is known', importing('github.com/google/gopacket/pcap'), ['libpcap-dev']],
    ['a module that has all but C++', importing('github.com/marcboeker/go-duckdb'), []],
    ["C++'s own library", calling('// #cgo LDFLAGS: -lstdc++'), []],
  ])('%s', (_name, text, packages) => {
    expect(find({ 'main.go': text })?.packages).toEqual(packages);
  });

  test.each([
    ['libc', calling('// #cgo LDFLAGS: -lm -lpthread')],
    ['another system', calling('// #cgo darwin LDFLAGS: -framework Security -lz')],
    ['what is only compiled', calling('// #cgo CFLAGS: -lz')],
    ['a module that brings its C', importing('github.com/mattn/go-sqlite3')],
    ['a part of a module that needs none', importing('github.com/google/gopacket/layers')],
  ])('%s are none', (_name, text) => expect(find({ 'main.go': text })).toBeUndefined());

  test('C++ beside a file that calls C', () => {
    expect(find({ 'main.go': calling(''), 'x.cpp': '' })).toEqual({
      packages: [],
      value: 'has C++ in it',
      place: { file: 'x.cpp' },
    });
    expect(find({ 'main.go': 'package main\n', 'x.cpp': '' })).toBeUndefined();
  });

  test('--packages, beside those known', () => {
    const text = calling('// #cgo LDFLAGS: -lfrob -lz');
    expect(find({ 'main.go': text }, 'libfrob-dev, libbar-dev')?.packages).toEqual([
      'libbar-dev',
      'libfrob-dev',
      'zlib1g-dev',
    ]);
    expect(find({ 'main.go': 'package main\n' }, 'libfrob-dev')?.packages).toEqual(['libfrob-dev']);
  });
});

test('a library that is not known is refused, with the flag that names it', () => {
  expect(() => find({ 'main.go': calling('// #cgo LDFLAGS: -lfrob') })).toThrow(
    expect.objectContaining({
      code: 'unsupported',
      message: expect.stringContaining('links frob'),
      hint: expect.stringContaining('--packages'),
      place: { file: 'main.go', line: 3 },
    }),
  );
});

test.each([
  ['github.com/godror/godror', /go-ora/],
  ['gopkg.in/gographics/imagick.v3/imagick', /ImageMagick/],
])('%s is refused where it is imported, with a way out', (path, hint) => {
  expect(() => find({ 'main.go': importing(path) })).toThrow(
    expect.objectContaining({ place: { file: 'main.go', line: 3 }, hint: expect.stringMatching(hint) }),
  );
});

test('what links no library can be static', () => {
  const check = (text: string) => {
    const project = new Project(new MemoryTree({ 'main.go': text }));
    return isStatic(project, [packageIn(project, '', { cgo: true })]);
  };
  expect(check(importing('github.com/mattn/go-sqlite3'))).toBe(true);
  expect(check(importing('github.com/h2non/bimg'))).toBe(false);
});

test('a program with libraries ships on distroless, with the line that is why', () => {
  const libraries = find({ 'main.go': calling('// #cgo pkg-config: libsodium') });
  expect(runtimesOf(libraries).runtimes).toEqual({
    families: ['distroless'],
    reason: expect.objectContaining({
      message: expect.stringContaining('links libsodium'),
      place: { file: 'main.go', line: 3 },
    }),
  });
  expect(runtimesOf(undefined)).toEqual({});
});
