import { describe, expect, test } from 'vitest';
import { dockerfileOf, errorOf, program, proposeIn } from './project.test.kit.ts';

describe('the build', () => {
  test('without Cargo.lock it is not --locked, and that is said', () => {
    const { 'Cargo.lock': _, ...files } = program();
    expect(dockerfileOf(files)).toContain('cargo rustc --release --bin app -- ');
    expect(proposeIn(files).inspection.detection.notes[0]?.message).toContain('no Cargo.lock');
    expect(dockerfileOf(program())).toContain('cargo rustc --release --locked --bin app -- ');
  });

  test('the package is named where it is not that of the root', () => {
    const member = { 'Cargo.toml': '[workspace]\nmembers = ["web"]\n', 'web/Cargo.toml': '[package]\nname = "web"\n' };
    expect(dockerfileOf({ ...member, 'web/src/main.rs': '' })).toContain(' --package web --bin web -- ');
    expect(dockerfileOf(program())).not.toContain('--package');
  });

  test('features that the binary requires are turned on', () => {
    const files = program('[[bin]]\nname = "app"\nrequired-features = ["a b", "c"]\n');
    expect(dockerfileOf(files)).toContain("--bin app --features 'a b,c' -- ");
  });

  test('Rocket is told to listen where it can be reached', () => {
    const text = dockerfileOf(program('[dependencies]\nrocket = "0.5"\n'));
    expect(text).toContain('ENV ROCKET_ADDRESS="0.0.0.0" \\\n    ROCKET_PORT="8000"');
    expect(text).toContain('EXPOSE 8000');
  });

  test('text from the manifest stays in its label', () => {
    const hostile = '"\\"\\nRUN id\\n$HOME `id` ü"';
    const text = dockerfileOf(program(`description = ${hostile}\nlicense = "MIT/Apache-2.0"\n`));
    expect(text).toContain('description="\\" RUN id \\$HOME `id` ü"');
    expect(text).toContain('licenses="MIT OR Apache-2.0"');
  });

  test.each(['a b', 'a\\nRUN id', '$(id)', '`id`', "a'b", 'ü', '-x'])('a binary named %s is refused', (name) => {
    const files = program(`[[bin]]\nname = "${name}"\npath = "src/main.rs"\n`);
    expect(errorOf(() => dockerfileOf(files))).toBe('unsafe-value');
  });
});

describe('what the build needs', () => {
  const needs = (files: Parameters<typeof proposeIn>[0]): readonly string[] => proposeIn(files).plan.needs;

  test('files that sources include, relative to the source or the package', () => {
    const files = program('', {
      'src/main.rs':
        '#![doc = include_str!("../README.md")]\nconst A: &[u8] = include_bytes!("a.bin");\nconcat!(env!("CARGO_MANIFEST_DIR"), "/x");\ninclude_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE"))',
      'src/a.bin': '',
      'README.md': '',
      LICENSE: '',
      'CHANGELOG.md': '',
    });
    expect(needs(files)).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'src/a.bin', 'src/main.rs']));
    expect(needs(files)).not.toContain('CHANGELOG.md');
    const ignore = proposeIn(files).files.find(({ path }) => path === '.dockerignore')?.text;
    expect(ignore).not.toContain('*.md');
  });

  test('none that lie outside, where a pattern of paths is meant', () => {
    const files = program('', { 'src/main.rs': 'include_str!("../../logo.svg")', 'build.rs': '"../logo.svg"' });
    expect(needs(files).filter((path) => path.includes('logo'))).toEqual([]);
  });

  test('files that build.rs names', () => {
    const script = 'println!("cargo::rerun-if-changed=schema.md");';
    expect(needs(program('', { 'build.rs': script, 'schema.md': '' }))).toContain('schema.md');
  });

  test('not those of unit tests', () => {
    const code = 'fn main() {}\n#[cfg(test)]\nmod tests {\n  const K: &str = include_str!("../test.key");\n}\n';
    const files = program('', { 'src/main.rs': code, 'test.key': 'PRIVATE KEY' });
    expect(needs(files)).not.toContain('test.key');
  });

  test('a private key that is compiled in is refused', () => {
    const files = program('', { 'src/main.rs': 'include_str!("../tls.key")', 'tls.key': 'BEGIN PRIVATE KEY' });
    expect(errorOf(() => proposeIn(files))).toBe('secret-in-build at tls.key');
  });
});

test('an unattended run without an obvious binary lists the candidates', () => {
  const files = program('autobins = true\n', { 'src/bin/a.rs': '', 'src/bin/b.rs': '' });
  const { 'src/main.rs': _, ...two } = files;
  expect(() => proposeIn(two)).toThrow(/found a, b/);
});
