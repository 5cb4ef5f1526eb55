import { MemoryTree, scaffold } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';
import { initialValue } from './stamp.ts';

describe('initialValue', () => {
  test.each([
    ['var version = "dev"', 'dev'],
    ['var version string', ''],
    ['var version string = "1.2" // set by make', '1.2'],
    ['var (\n\tcommit  = "x"\n\tversion = "dev"\n)', 'dev'],
    ['var (\n\tversion string\n)', ''],
    ['const version = "dev"', undefined],
    ['const (\n\tversion = "dev"\n)', undefined],
    ['var version = read()', undefined],
    ['var versions = "dev"', undefined],
    ['var a = 1\n\nfunc f() {\n\tversion = "dev"\n}', undefined],
    ['var (\n\ta = 1\n)\n\nconst (\n\tversion = "dev"\n)', undefined],
  ])('%j', (text, expected) => expect(initialValue(`package main\n\n${text}\n`, 'version')).toBe(expected));
});

const program = 'package main\n\nvar version = "dev"\n\nfunc main() {\n}\n';

function run(files: Readonly<Record<string, string>>) {
  const tree = new MemoryTree({ 'go.mod': 'module example.com/shop\n\ngo 1.26\n', 'main.go': program, ...files });
  const report = scaffold({ tree, ecosystems: [go], options: {} });
  const text = tree.read('Dockerfile', 'utf8') ?? '';
  return { tree, text, fact: report.facts.find(({ name }) => name === 'version'), report };
}

describe('a version', () => {
  test.each([
    ['Makefile', 'build:\n\tgo build -ldflags "-X main.version=$(V)"\n', 2],
    ['.goreleaser.yaml', 'builds:\n  - ldflags:\n      - -s -w\n      - -X main.version={{.Version}}\n', 4],
    ['.goreleaser.yml', 'builds:\n  - main: .\n', 1],
    ['Makefile', "LDFLAGS := -s -X 'main.commit=x' -X 'main.version=x'\n", 1],
  ])('set by %s is a build argument', (file, text, line) => {
    const { fact, text: dockerfile } = run({ [file]: text });
    expect(fact).toEqual({ name: 'version', value: 'main.version, by --build-arg VERSION', place: { file, line } });
    expect(dockerfile).toMatch(/^COPY \. \.\nARG VERSION=dev\nRUN/m);
    expect(dockerfile).toContain(`-ldflags="-s -X main.version=\${VERSION}"`);
  });

  test('of a package of the module counts as well; one that is not there, or of others, does not', () => {
    const files = {
      'main.go': 'package main\n\nimport _ "example.com/shop/about"\n\nfunc main() {\n}\n',
      'about/about.go': 'package about\n\nvar (\n\tAppVersion string\n)\n',
      Makefile: '-X main.version=1 -X example.com/shop/about.AppVersion=1 -X github.com/a/b.Version=1\n',
    };
    const { text } = run(files);
    expect(text).toContain(`-ldflags="-s -X example.com/shop/about.AppVersion=\${VERSION}"`);
    expect(text).toContain('ARG VERSION=dev\n');
  });

  test('stays out when nothing sets it, or GoReleaser sets something else', () => {
    expect(run({}).text).toContain('-ldflags=-s ');
    expect(run({ '.goreleaser.yml': 'builds:\n  - ldflags: -s -w\n' }).fact).toBeUndefined();
  });

  test('taken from a Dockerfile that is overwritten stays', () => {
    const old = 'FROM golang\nRUN go build -ldflags "-X main.version=$V"\n';
    const tree = new MemoryTree({ 'go.mod': 'module example.com/shop\n', 'main.go': program, Dockerfile: old });
    scaffold({ tree, ecosystems: [go], options: {} }, 'overwrite');
    const again = scaffold({ tree, ecosystems: [go] });
    expect(again.files.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test.each(['"', '$(id)', 'a b', '\\n', "'"])('a default of %j breaks no Dockerfile', (value) => {
    const main = program.replace('"dev"', `"${value}"`);
    const { text } = run({ 'main.go': main, Makefile: '-X main.version=1\n' });
    expect(text).toMatch(/^ARG VERSION=dev$|-ldflags=-s /m);
  });

  test('is linked into a program with C as well', () => {
    const main = program.replace('var version', 'import _ "github.com/mattn/go-sqlite3"\n\nvar version');
    expect(run({ 'main.go': main, Makefile: '-X main.version=1\n' }).text).toContain(
      `-ldflags="-s -linkmode external -extldflags -static -X main.version=\${VERSION}"`,
    );
  });
});
