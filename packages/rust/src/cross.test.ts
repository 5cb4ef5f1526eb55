import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, type Files, program } from './project.test.kit.ts';

/** A Cargo.lock: of each crate its name, then those of what it depends on. The program depends on all, as features may. */
const locked = (...crates: readonly (readonly string[])[]): string =>
  [['app', ...crates.map(([name = '']) => name)], ...crates]
    .map(([name = '', ...uses], index) => {
      const source = index === 0 ? '' : 'source = "registry+x"\n';
      return `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}dependencies = ${JSON.stringify(uses)}\n`;
    })
    .join('\n');

const uses = (crate: string, ...rest: readonly (readonly string[])[]): Files =>
  program(`[dependencies]\n${crate} = "1"\n`, { 'Cargo.lock': locked(...rest) });

const reason = (files: Files, options = {}): string | undefined =>
  detectIn(files, options).facts.find(({ name }) => name === 'other platforms')?.value;

describe('other platforms', () => {
  test.each([
    ['nothing but Rust', program(), {}],
    ['Rust alone', uses('serde', ['serde', 'serde_core'], ['serde_core']), {}],
    [
      'C for another system',
      uses('chrono', ['chrono', 'iana-time-zone-haiku'], ['iana-time-zone-haiku', 'cc'], ['cc']),
      {},
    ],
    ['C for Android', uses('tokio', ['tokio', 'backtrace'], ['backtrace', 'cc'], ['cc']), {}],
    ['C that only a feature which is off takes in', uses('log', ['log'], ['ring', 'cc'], ['cc']), {}],
  ])('%s is compiled on the build machine', (_, files, options) => {
    expect(reason(files, options)).toBe('compiled without emulation, as no crate has C in it');
    const text = dockerfileOf(files, options);
    expect(text).toMatch(/^FROM --platform=\$BUILDPLATFORM rust:\S+ AS toolchain$/m);
    expect(text).toContain('\nFROM target AS tools\n');
    expect(text).toContain('\ninstall -D "target/$(cat /target)/release/app" /out/app\n');
  });

  const config = (text: string): Files => program('', { '.cargo/config.toml': text });
  test.each([
    ['C', uses('ring', ['ring', 'cc'], ['cc']), {}, 'ring compiles C, or links it'],
    [
      'a tool of the platform',
      uses('prost-build', ['prost-build']),
      {},
      'prost-build is built with protobuf-dev protoc',
    ],
    ['glibc', program(), { libc: 'gnu', runtime: 'distroless' }, 'the program is linked with glibc'],
    ['a target', config('[build]\ntarget = "x86_64-unknown-linux-musl"\n'), {}, /names a target or a linker$/],
    ['a linker', config('[target.aarch64-unknown-linux-musl]\nlinker = "clang"\n'), {}, /names a target or a linker$/],
    [
      'no lock',
      { 'Cargo.toml': '[package]\nname = "app"\n', 'src/main.rs': 'fn main() {}' },
      {},
      /^emulated, as without/,
    ],
  ])('%s needs the toolchain of the other one', (_, files, options, why) => {
    expect(reason(files, options)).toMatch(typeof why === 'string' ? `emulated, as ${why}` : why);
    const text = dockerfileOf(files, options);
    expect(text).toMatch(/^FROM rust:\S+ AS toolchain$/m);
    expect(text).not.toContain('cat /target');
  });
});
