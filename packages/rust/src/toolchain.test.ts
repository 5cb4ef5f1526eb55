import { product } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { errorOf, type Files, program, projectOf } from './project.test.kit.ts';
import { chooseToolchain, type Toolchain } from './toolchain.ts';
import { readWorkspace } from './workspace.ts';

const newest = product('rust').default;
const choose = (files: Files, wanted?: string): Toolchain => {
  const project = projectOf(files);
  return chooseToolchain(project, readWorkspace(project), wanted);
};
const pinned = (text: string, file = 'rust-toolchain.toml'): Files => program('', { [file]: text });

describe('chooseToolchain', () => {
  test.each([
    ['nothing says', program(), newest],
    ['stable', pinned('[toolchain]\nchannel = "stable"\n'), newest],
    ['a file that names only components', pinned('[toolchain]\ncomponents = ["clippy"]\n'), newest],
    ['a minor release', pinned('[toolchain]\nchannel = "1.97"\n'), '1.97'],
    ['a patch release', pinned('[toolchain]\nchannel = "1.97.1"\n'), '1.97'],
    ['an older one', pinned('[toolchain]\nchannel = "1.90.0"\n'), '1.90'],
    ['with a host', pinned('[toolchain]\nchannel = "1.97.1-x86_64-unknown-linux-gnu"\n'), '1.97'],
    ['the old form', pinned('1.97.1\n', 'rust-toolchain'), '1.97'],
    ['asdf', program('', { '.tool-versions': 'nodejs 24.1.0\nrust 1.97.1\n' }), '1.97'],
    ['mise', program('', { 'mise.toml': '[tools]\nrust = "latest"\n' }), newest],
    ['the oldest allowed is a minimum', program('rust-version = "1.60"\n'), newest],
  ])('%s → %s', (_, files, release) => {
    expect(choose(files).release).toBe(release);
  });

  test('the option wins, and the file is still known', () => {
    expect(choose(pinned('nightly\n', 'rust-toolchain'), '1.97')).toMatchObject({
      release: '1.97',
      file: 'rust-toolchain',
    });
  });

  test('the place is the line that decided', () => {
    expect(choose(pinned('# why\n[toolchain]\nchannel = "1.97"\n')).place).toEqual({
      file: 'rust-toolchain.toml',
      line: 3,
    });
    expect(choose(program('rust-version = "1.60"\n')).place).toEqual({ file: 'Cargo.toml', line: 4 });
  });

  test.each([
    ['nightly', 'unsupported at rust-toolchain.toml:2', pinned('[toolchain]\nchannel = "nightly-2026-01-01"\n')],
    ['beta', 'unsupported at rust-toolchain:1', pinned('beta', 'rust-toolchain')],
    ['a hostile channel', 'unsupported at rust-toolchain.toml:2', pinned('[toolchain]\nchannel = "1.97\\nRUN id"\n')],
    [
      'a release without an image',
      'unknown-version at rust-toolchain.toml:2',
      pinned('[toolchain]\nchannel = "1.60"\n'),
    ],
    ['a minimum above all', 'unknown-version at Cargo.toml:4', program('rust-version = "1.999"\n')],
    ['broken TOML', 'broken-file at rust-toolchain.toml:1', pinned('[toolchain\n')],
  ])('%s is refused: %s', (_, expected, files) => {
    expect(errorOf(() => choose(files))).toBe(expected);
  });

  test('an unknown option is refused', () => {
    expect(errorOf(() => choose(program(), '1.1'))).toBe('unknown-version');
  });
});
