import { MemoryTree, Project, scaffold } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';
import { readModFile } from './modfile.ts';
import { findPrivate, matches } from './private.ts';

const mod = 'module example.com/shop\n\ngo 1.26\n\nrequire github.com/acme/rates v1.2.0\n';
const program = 'package main\n\nfunc main() {\n}\n';

function find(files: Readonly<Record<string, string>>, given?: string) {
  const project = new Project(new MemoryTree({ 'go.mod': mod, ...files }));
  return findPrivate(project, readModFile(project), { private: given });
}

test.each([
  ['github.com/acme/*', 'github.com/acme/rates/v2', true],
  ['github.com/acme', 'github.com/acme/rates', true],
  ['*.acme.dev,github.com/acme', 'git.acme.dev/x', true],
  ['github.com/acme/*', 'github.com/acme', false],
  ['github.com/acme', 'github.com/acmeister/rates', false],
  ['*', 'github.com/acme', true],
  ['g?thub.com/', 'github.com/acme', true],
  ['*.*.dev', 'git.acme.dev', true],
  ['*b', 'abab', true],
  ['*b', 'aba', false],
  ['a*', 'a', true],
  [`${'*a'.repeat(40)}b`, 'a'.repeat(60), false],
  ['', 'github.com/acme', false],
  ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false],
])('%s matches %s: %s', (patterns, module, expected) => expect(matches(patterns, module)).toBe(expected));

describe('findPrivate', () => {
  test.each([
    ['Dockerfile', 'FROM golang\nENV GOPRIVATE="github.com/acme/*"\n', 2],
    ['Makefile', 'export GOPRIVATE ?= github.com/acme\n', 1],
    ['.github/workflows/ci.yml', 'env:\n  GOPRIVATE: github.com/acme/*\n', 2],
    ['.gitlab-ci.yml', 'script:\n  - go env -w GOPRIVATE=github.com/acme,git.acme.dev\n', 2],
    ['.envrc', "export GOPRIVATE='github.com/acme/*'\n", 1],
  ])('reads %s', (file, text, line) => {
    expect(find({ [file]: text })).toEqual({
      patterns: expect.stringMatching(/^github\.com\/acme[*/\w,.]*$/),
      by: 'netrc',
      hosts: ['github.com'],
      place: { file, line },
    });
  });

  test.each([
    [
      'Dockerfile',
      'ENV GOPRIVATE=github.com/acme\nRUN git config --global url."git@github.com:".insteadOf "https://github.com/"\n',
      2,
    ],
    ['.gitconfig', '[url "ssh://git@github.com/"]\n\tinsteadOf = https://github.com/\n', 1],
  ])('sees Git sent to SSH by %s', (file, text, line) => {
    expect(find({ [file]: text }, 'github.com/acme')).toMatchObject({ by: 'ssh', ssh: { file, line } });
  });

  test.each(['ENV GOPRIVATE=$HOSTS\n', 'ENV GOPRIVATE=github.com/other/*\n', 'ENV NOGOPRIVATE=github.com/acme\n'])(
    '%j says nothing',
    (text) => expect(find({ Dockerfile: text })).toBeUndefined(),
  );

  test('--private decides', () => {
    expect(find({ Makefile: 'GOPRIVATE=github.com/acme\n' }, 'github.com/*')).toEqual({
      patterns: 'github.com/*',
      by: 'netrc',
      hosts: ['github.com'],
      place: { file: 'go.mod', line: 5 },
    });
    expect(find({}, 'git.acme.dev')).toEqual({ patterns: 'git.acme.dev', by: 'netrc', hosts: [] });
  });
});

describe('the build', () => {
  const files = { 'go.mod': mod, 'main.go': program };
  const run = (options: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
    const tree = new MemoryTree({ ...files, ...more });
    const report = scaffold({ tree, ecosystems: [go], options });
    return { report, text: tree.read('Dockerfile', 'utf8') ?? '' };
  };

  test('gets Git and GOPRIVATE, and credentials only where something is downloaded', () => {
    const { report, text } = run({ private: 'github.com/acme/*' });
    expect(text).toContain(
      'FROM toolchain AS private\nENV GOPRIVATE="github.com/acme/*"\nRUN apk add --no-cache git\n',
    );
    expect(text).toContain('FROM private AS deps');
    expect(text.match(/--mount=type=secret,id=netrc,target=\/root\/\.netrc/g)).toHaveLength(2);
    expect(report.findings).toEqual([]);
    expect(report.next[0]).toBe('docker build --secret id=netrc,src=$HOME/.netrc -t shop .');
    expect(report.facts).toContainEqual({
      name: 'private',
      value: 'github.com/acme/*',
      place: { file: 'go.mod', line: 5 },
    });
  });

  test('signs in with an agent on request', () => {
    const { report, text } = run({ private: 'github.com/acme/*', privateBy: 'ssh' });
    expect(text).toContain('RUN git config --global url."ssh://git@github.com/".insteadOf https://github.com/\n');
    expect(text.match(/--mount=type=ssh/g)).toHaveLength(2);
    expect(text).not.toContain('netrc');
    expect(report.findings).toEqual([]);
    expect(report.next[0]).toBe('docker build --ssh default -t shop .');
  });

  test('needs none of it when the modules are vendored', () => {
    const { report, text } = run({ private: 'github.com/acme' }, { 'vendor/modules.txt': '' });
    expect(text).not.toMatch(/GOPRIVATE|secret/);
    expect(report.next[0]).toBe('docker build -t shop .');
  });

  test('a pattern that matches nothing is said', () => {
    expect(run({ private: 'git.acme.dev' }).report.notes.map(({ message }) => message)).toContain(
      'go.mod requires no module of git.acme.dev',
    );
  });

  test.each(['a b', 'a"b', '$HOME', 'a\nUSER 0', 'a,,b', '`id`'])('%j is no pattern', (value) => {
    expect(() => run({ private: value })).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
