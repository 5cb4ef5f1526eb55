import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import type { Libc } from './libc.ts';
import { dockerfileOf, errorOf, program, projectOf } from './project.test.kit.ts';

const config = (text: string, libc: Libc = 'musl') => readConfig(projectOf({ '.cargo/config.toml': text }), libc);

describe('readConfig', () => {
  test('nothing is the usual', () => {
    expect(readConfig(projectOf({}), 'musl')).toMatchObject({ output: 'release', args: [], notes: [] });
  });

  test('a target of musl has its own folder, any other is refused', () => {
    expect(config('[build]\ntarget = "x86_64-unknown-linux-musl"\n').output).toBe('x86_64-unknown-linux-musl/release');
    expect(errorOf(() => config('[build]\njobs = 2\ntarget = "wasm32-wasip1"\n'))).toBe(
      'unsupported at .cargo/config.toml:3',
    );
  });

  test('a target is that of one machine, which is said', () => {
    const { notes } = config('[build]\ntarget = "x86_64-unknown-linux-musl"\n');
    expect(notes.map(({ message, place }) => [message.includes('for x86_64 on every platform'), place?.line])).toEqual([
      [true, 2],
    ]);
    expect(config('[build]\njobs = 2\n').notes).toEqual([]);
  });

  test('settings that do not fit the image are undone', () => {
    const text = dockerfileOf(
      program('', {
        '.cargo/config.toml':
          '[build]\ntarget-dir = "/tmp/t"\nrustc-wrapper = "sccache"\n[net]\ngit-fetch-with-cli = true\n',
      }),
    );
    expect(text).toContain('--target-dir target --bin app');
    expect(text).toContain('ENV RUSTC_WRAPPER=""\nENV CARGO_NET_GIT_FETCH_WITH_CLI="false"\n');
  });

  test('vendored crates are not timed', () => {
    const sources = '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "vendor"\n';
    const text = dockerfileOf(program('', { '.cargo/config.toml': sources }));
    expect(text).toContain('find /src -path /src/target -prune -o -path /src/vendor -prune -o -type f');
  });

  test.each([
    ['a linker', '[target.x86_64-unknown-linux-musl]\nlinker = "clang"\n', [2]],
    ['mold for everything', '[build]\nrustflags = ["-C", "link-arg=-fuse-ld=mold"]\n', [2]],
    ['static macros', '[target.\'cfg(target_env = "musl")\']\nrustflags = ["-C", "target-feature=+crt-static"]\n', [2]],
    ['Windows alone', '[target.x86_64-pc-windows-msvc]\nrustflags = ["-C", "target-feature=+crt-static"]\n', []],
    ['GNU alone', '[target.x86_64-unknown-linux-gnu]\nlinker = "clang"\n', []],
  ])('%s', (_, text, lines) => {
    expect(config(text).notes.map(({ place }) => place?.line)).toEqual(lines);
  });

  const flags = (table: string, list: readonly string[]) => `[${table}]\nrustflags = ${JSON.stringify(list)}\n`;

  test('flags that break the build are left out, and no others', () => {
    const mixed = ['-C', 'target-feature=+crt-static', '-C', 'link-arg=-fuse-ld=mold', '--cfg', 'tokio_unstable'];
    expect(config(flags('build', mixed)).env).toEqual({ RUSTFLAGS: '--cfg tokio_unstable' });
    expect(config('[build]\nrustflags = "-Ctarget-feature=+aes,+crt-static -Dwarnings"\n').env).toEqual({
      RUSTFLAGS: '-Ctarget-feature=+aes -Dwarnings',
    });
    expect(config(flags('build', ['--cfg', 'tokio_unstable'])).env).toEqual({});
  });

  test('flags of the target go before those of all', () => {
    const both = flags('build', ['-Clink-arg=-fuse-ld=lld']) + flags('target.x86_64-unknown-linux-gnu', ['-Dwarnings']);
    expect(config(both, 'gnu').env).toEqual({});
    expect(config(both).env).toEqual({ RUSTFLAGS: '' });
  });

  test('a linker that is not there is not used', () => {
    const text = '[target.x86_64-unknown-linux-gnu]\nlinker = "clang"\n';
    expect(config(text).env).toEqual({});
    expect(config(text, 'gnu').env).toEqual({
      CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER: 'cc',
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'cc',
    });
  });
});
