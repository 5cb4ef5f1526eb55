import { describe, expect, test } from 'vitest';
import { errorOf, program, projectOf } from './project.test.kit.ts';
import { readWorkspace } from './workspace.ts';

const lib = (name: string, more = ''): string => `[package]\nname = "${name}"\n${more}`;
const names = (packages: readonly { readonly name: string }[]): readonly string[] => packages.map(({ name }) => name);

describe('readWorkspace', () => {
  test('a single package is a workspace of its own, with what it depends on by path', () => {
    const read = readWorkspace(
      projectOf({ ...program('[dependencies]\nutil = { path = "util" }\n'), 'util/Cargo.toml': lib('util') }),
    );
    expect(names(read.members)).toEqual(['app']);
    expect(names(read.defaults)).toEqual(['app']);
    expect(names(read.packages)).toEqual(['app', 'util']);
  });

  test('members by glob, without excluded ones and folders that have no Cargo.toml', () => {
    const read = readWorkspace(
      projectOf({
        'Cargo.toml': '[workspace]\nmembers = ["crates/*", "deep/**/x"]\nexclude = ["crates/old"]\n',
        'crates/a/Cargo.toml': lib('a'),
        'crates/old/Cargo.toml': lib('old'),
        'crates/notes/README.md': '',
        'crates/.hidden/Cargo.toml': lib('hidden'),
        'deep/er/x/Cargo.toml': lib('x'),
      }),
    );
    expect(names(read.members)).toEqual(['a', 'x']);
  });

  test('default members narrow what is built unasked', () => {
    const read = readWorkspace(
      projectOf({
        'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\ndefault-members = ["b"]\n',
        'a/Cargo.toml': lib('a'),
        'b/Cargo.toml': lib('b'),
      }),
    );
    expect(names(read.defaults)).toEqual(['b']);
  });

  test('a path dependency inside of a workspace is a member', () => {
    const read = readWorkspace(
      projectOf({
        'Cargo.toml': '[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nb = { path = "b" }\n',
        'a/Cargo.toml': lib('a', '[dependencies]\nb.workspace = true\n'),
        'b/Cargo.toml': lib('b'),
      }),
    );
    expect(names(read.members)).toEqual(['a', 'b']);
    expect(read.members[0]?.locals).toEqual(['b']);
  });

  test('fields are inherited from the workspace', () => {
    const [a] = readWorkspace(
      projectOf({
        'Cargo.toml':
          '[workspace]\nmembers = ["a"]\n[workspace.package]\nedition = "2024"\nlicense = "MIT"\nrust-version = "1.90"\n',
        'a/Cargo.toml': lib(
          'a',
          'edition.workspace = true\nlicense = { workspace = true }\nrust-version.workspace = true\n',
        ),
      }),
    ).members;
    expect(a).toMatchObject({ edition: '2024', license: 'MIT' });
    expect(a?.rustVersion).toEqual({ value: '1.90', place: { file: 'Cargo.toml', line: 6 } });
  });

  test.each([
    ['a path dependency outside', 'unsupported at Cargo.toml:5', program('[dependencies]\nx = { path = "../x" }\n')],
    ['an absolute path', 'unsupported at Cargo.toml:5', program('[dependencies]\nx = { path = "/x" }\n')],
    ['a patch outside', 'unsupported at Cargo.toml:5', program('[patch.crates-io]\nx = { path = "../../x" }\n')],
    [
      'a path dependency that is not there',
      'broken-file at Cargo.toml:5',
      program('[dependencies]\nx = { path = "x" }\n'),
    ],
    [
      'a workspace that lies outside',
      'unsupported at Cargo.toml:4',
      program('version.workspace = true\nlicense.workspace = true\n'),
    ],
    [
      'a member that is not there',
      'broken-file at Cargo.toml:2',
      { 'Cargo.toml': '[workspace]\nmembers = ["gone"]\n' },
    ],
    ['neither package nor members', 'broken-file at Cargo.toml:1', { 'Cargo.toml': '[workspace]\n' }],
    ['a package without a name', 'broken-file at Cargo.toml:1', { 'Cargo.toml': '[package]\nversion = "1.0.0"\n' }],
    ['broken TOML', 'broken-file at Cargo.toml:2', { 'Cargo.toml': '[package]\nname = "a\n' }],
  ])('%s: %s', (_, expected, files) => {
    expect(errorOf(() => readWorkspace(projectOf(files)))).toBe(expected);
  });
});
