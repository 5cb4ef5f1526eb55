import { describe, expect, test } from 'vitest';
import { dockerfileOf, type Files, program } from './project.test.kit.ts';

const external = 'version = 4\n\n[[package]]\nname = "cfg-if"\nversion = "1.0.0"\nsource = "registry+x"\n';
const dependent = (manifest = '', files: Files = {}): Files =>
  program(`[dependencies]\ncfg-if = "1"\n${manifest}`, { 'Cargo.lock': external, ...files });

describe('every platform has the same Dockerfile', () => {
  const c = '[[package]]\nname = "ring"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["cc"]\n';
  test.each([
    ['musl', dependent(), ['toolchain', 'rootfs']],
    ['musl', dependent('ring = "1"\n', { 'Cargo.lock': `${external}\n${c}` }), ['rootfs']],
    ['gnu', dependent(), []],
  ])('with %s: caches are those of a platform, and what compiles for one alone runs on it', (libc, files, own) => {
    const text = dockerfileOf(files, { libc, ...(libc === 'gnu' && { runtime: 'distroless' }) });
    const stages = [...text.matchAll(/^FROM --platform=\$BUILDPLATFORM \S+ AS (\S+)$/gm)].map(([, name]) => name);
    expect(stages).toEqual(own);
    expect(text.replace(/^case \$TARGETARCH[\s\S]*?^esac$/m, '')).not.toMatch(/amd64|x86_64|arm64|aarch64/);
    const caches = [...text.matchAll(/type=cache,id=(\S+?),/g)].map(([, id = '']) => id);
    expect(caches.filter((id) => !/^cargo-(registry|git)$|-\$\{TARGETPLATFORM\}$/.test(id))).toEqual([]);
    expect(caches).toHaveLength(6);
  });
});

describe('dependencies in a layer', () => {
  test('are compiled with the arguments of the build', () => {
    const files = dependent('[features]\ntls = []\n');
    const text = dockerfileOf(files, { features: 'tls' });
    expect(text).toContain(
      '\ncargo build --release --locked --bin app --features tls --keep-going || cargo fetch --locked\n',
    );
    expect(text).toContain('\ncargo rustc --release --locked --bin app --features tls -- ');
    expect(text).toContain('target=/src/target,from=deps,source=/deps,sharing=locked');
  });

  test('what was compiled without the code of the project is forgotten', () => {
    const clean = 'cargo clean --release --locked --package';
    expect(dockerfileOf(dependent())).toContain(`\n${clean} app\ncp -a target /deps\n`);
    const files = dependent('words = { path = "words" }\nlogs = { path = "logs" }\n', {
      'words/Cargo.toml': '[package]\nname = "words"\n',
      'logs/Cargo.toml': '[package]\nname = "cfg-if"\n',
      'Cargo.lock': `${external}\n[[package]]\nname = "cfg-if"\nversion = "9.0.0"\n`,
    });
    expect(dockerfileOf(files)).toContain(`\n${clean} app --package words --package file:///src/logs\n`);
  });

  test('the packages of a large workspace are on several lines', () => {
    const names = Array.from({ length: 12 }, (_, index) => `member-${index}`);
    const manifests = names.map((name) => [`${name}/Cargo.toml`, `[package]\nname = "${name}"\n`] as const);
    const files = dependent(
      names.map((name) => `${name} = { path = "${name}" }\n`).join(''),
      Object.fromEntries(manifests),
    );
    const [command = ''] = /^cargo clean (?:.*\\\n)*.*$/m.exec(dockerfileOf(files)) ?? [];
    expect(command.split(' \\\n    ').join(' ')).toBe(
      `cargo clean --release --locked ${['app', ...names].map((name) => `--package ${name}`).join(' ')}`,
    );
    expect(command.split('\n').map(({ length }) => length <= 112)).toEqual([true, true, true]);
  });

  test('a program without any has no such stage', () => {
    expect(dockerfileOf(program())).not.toMatch(/skeleton|from=deps/);
    const { 'Cargo.lock': _, ...unlocked } = dependent();
    expect(dockerfileOf(unlocked)).toMatch(/ --keep-going \|\| cargo fetch\n/);
  });

  test('crates that others are compiled with are there as they are', () => {
    const files = dependent('[patch.crates-io]\ncfg-if = { path = "forks/cfg-if" }\n', {
      'forks/cfg-if/Cargo.toml': '[package]\nname = "cfg-if"\n[dependencies]\nhelp = { path = "../help" }\n',
      'forks/help/Cargo.toml': '[package]\nname = "help"\n',
    });
    expect(dockerfileOf(files)).toContain(
      'COPY --link forks/cfg-if /src/forks/cfg-if\nCOPY --link forks/help /src/forks/help\n',
    );
    const text = dockerfileOf(files);
    expect(text).toContain('\nfind /src/forks/cfg-if /src/forks/help -type f -print | while');
    expect(text).toContain('\ncargo clean --release --locked --package app\n');
    const vendored = dependent('', { '.cargo/config.toml': '[source.v]\ndirectory = "./third"\n' });
    expect(dockerfileOf({ ...vendored, 'third/cfg-if/Cargo.toml': '' })).toContain('COPY --link third /src/third\n');
  });
});
