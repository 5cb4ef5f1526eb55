import { describe, expect, test } from 'vitest';
import { detectIn, errorOf, type Files, program, proposeIn } from './project.test.kit.ts';

const crate = (name: string, ...uses: readonly string[]): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = [${uses.map((use) => `"${use}"`)}]\n`;
const locked = (...crates: readonly string[]): string => ['version = 4\n', ...crates].join('\n');
const families = (files: Files, given = {}) => detectIn(files, given).runtimes?.families;
const loading = program('[dependencies]\nlibloading = "0.8"\n');

describe('the C library', () => {
  test.each([
    ['nothing special', program(), undefined],
    [
      'a crate that links a library',
      program('[dependencies]\npq-sys = "1"\n', { 'Cargo.lock': locked(crate('pq-sys')) }),
      ['distroless'],
    ],
    [
      'the same with its own sources',
      program('', { 'Cargo.lock': locked(crate('pq-sys'), crate('pq-src')) }),
      undefined,
    ],
    ['bindgen', program('', { 'Cargo.lock': locked(crate('bindgen'), crate('x-sys', 'bindgen')) }), ['distroless']],
    [
      'bindgen for rare targets',
      program('', { 'Cargo.lock': locked(crate('bindgen'), crate('aws-lc-sys', 'bindgen')) }),
      undefined,
    ],
    ['a program that loads libraries', loading, ['distroless']],
    ['a crate of another that does', program('', { 'Cargo.lock': locked(crate('libloading')) }), undefined],
  ])('%s', (_about, files, expected) => {
    expect(families(files)).toEqual(expected);
  });

  test('only what the chosen program uses counts', () => {
    const lock = locked(crate('api', 'log'), crate('tool', 'pq-sys'), crate('log'), crate('pq-sys'));
    const member = (name: string, uses: string): Files => ({
      [`${name}/Cargo.toml`]: `[package]\nname = "${name}"\n[dependencies]\n${uses} = "1"\n`,
      [`${name}/src/main.rs`]: '',
    });
    const files = {
      'Cargo.toml': '[workspace]\nmembers = ["api", "tool"]\n',
      'Cargo.lock': lock,
      ...member('api', 'log'),
      ...member('tool', 'pq-sys'),
    };
    expect(families(files, { bin: 'api' })).toBeUndefined();
    expect(families(files, { bin: 'tool' })).toEqual(['distroless']);
  });

  test('--libc decides against what was found, and for glibc where nothing was', () => {
    expect(families(loading, { libc: 'musl' })).toBeUndefined();
    expect(families(program(), { libc: 'gnu' })).toEqual(['distroless']);
  });

  test('the reason has its line, and another runtime is refused', () => {
    expect(detectIn(loading).runtimes?.reason.place).toEqual({ file: 'Cargo.toml', line: 5 });
    expect(errorOf(() => proposeIn(loading, { runtime: 'scratch' }))).toBe('bad-option at Cargo.toml:5');
  });

  test('a build with glibc is on Debian, and ships with what it links', () => {
    const { plan, files } = proposeIn(loading, { runtime: 'distroless' });
    const text = files.find(({ path }) => path === 'Dockerfile')?.text;
    expect(text).toMatch(/^FROM rust:[\d.]+-slim-trixie AS toolchain$/m);
    expect(text).toMatch(/^FROM gcr\.io\/distroless\/cc-debian13:nonroot AS runtime-base$/m);
    expect(text).not.toContain('crt-static');
    expect(plan.runtime.artifacts).toContainEqual({ stage: 'build', src: '/out/lib', dest: '/usr/local/lib' });
  });
});

describe('the allocator', () => {
  const server = (features: string, lock = ''): Files =>
    program(`[dependencies]\naxum = "0.8"\ntokio = { version = "1", features = [${features}] }\n`, {
      'Cargo.lock': locked(lock),
    });
  const said = (files: Files, given = {}): boolean =>
    detectIn(files, given).notes.some(({ message }) => message.includes('allocate'));

  test('matters for servers with threads', () => {
    expect(said(server('"full"'))).toBe(true);
    expect(said(server('"rt"'))).toBe(false);
    expect(said(server('"full"', crate('mimalloc')))).toBe(false);
    expect(said(server('"full"'), { libc: 'gnu' })).toBe(false);
    expect(said(program('[dependencies]\nrayon = "1"\n'))).toBe(false);
  });
});
