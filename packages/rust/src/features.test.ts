import { expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, program } from './project.test.kit.ts';

const files = program(
  '[features]\ntls = []\nsqlite = ["dep:rusqlite"]\n"it\'s" = []\n[dependencies]\nrusqlite = "1"\nzstd = { version = "1", optional = true }\n',
);
const cargo = (features: string, project = files): string =>
  dockerfileOf(project, { features }).match(/^cargo .*$/m)?.[0] ?? '';

test.each([
  ['tls', 'tls'],
  ['tls,sqlite', 'tls,sqlite'],
  [' tls  sqlite,tls,', 'tls,sqlite'],
  ['zstd,default,axum/macros', 'zstd,default,axum/macros'],
  ["it's", "'it'\\''s'"],
  ["a/'$(id)", "'a/'\\''$(id)'"],
])('--features %j reaches Cargo as one word', (given, word) => {
  expect(cargo(given)).toBe(
    `cargo rustc --release --locked --bin app --features ${word} -- -C target-feature=+crt-static`,
  );
});

test('none, and those that the binary requires first', () => {
  expect(dockerfileOf(files)).not.toContain('--features');
  const required = program('[[bin]]\nname = "app"\nrequired-features = ["cli"]\n[features]\ncli = []\ntls = []\n');
  expect(cargo('tls,cli', required)).toContain('--features cli,tls --');
  const binary = detectIn(required, { features: 'tls' }).facts.find(({ name }) => name === 'binary');
  expect(binary?.value).toBe('app, with the features cli, tls');
});

test.each(['tsl', '$(id)', 'rusqlite', '`id`', 'tls\u0000'])('%j is no feature', (features) => {
  expect(errorOf(() => dockerfileOf(files, { features }))).toBe('bad-option at Cargo.toml:4');
});

test('a line end separates, and other control characters are refused', () => {
  expect(cargo('tls\nsqlite')).toContain('--features tls,sqlite --');
  expect(errorOf(() => dockerfileOf(files, { features: 'a/\u0007' }))).toBe('unsafe-value');
});
