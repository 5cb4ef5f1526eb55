import { expect, test } from 'vitest';
import { dockerfileOf, type Files, program } from './project.test.kit.ts';

const tested = '#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {}\n}\n';

/** The command that a bake file's target for tests runs. */
const command = (files: Files, options = {}): string | undefined =>
  /\ncargo test.*/.exec(dockerfileOf(files, { bake: true, ...options }))?.[0].trim();

test('tests are run beside the code, in a folder of their own, and with any runner', () => {
  expect(command(program('', { 'src/math.rs': tested }))).toBe('cargo test --locked');
  expect(command(program('', { 'tests/api.rs': '#[tokio::test]\nasync fn answers() {}\n' }))).toBe(
    'cargo test --locked',
  );
  const { 'Cargo.lock': _, ...unlocked } = program('', { 'src/math.rs': tested });
  expect(command(unlocked)).toBe('cargo test');
});

test('there is no stage where there are no tests, no bake file, or no wish', () => {
  expect(command(program())).toBeUndefined();
  expect(command(program('', { 'src/math.rs': '// #[test]\n' }))).toBeUndefined();
  expect(command(program('', { 'src/math.rs': tested }), { bake: false })).toBeUndefined();
  expect(command(program('', { 'src/math.rs': tested }), { tests: false })).toBeUndefined();
});

test('of a workspace, what the program is compiled from is tested, with its features', () => {
  const files: Files = {
    'Cargo.toml': '[workspace]\nmembers = ["api", "words", "other"]\n',
    'Cargo.lock': 'version = 4\n',
    'api/Cargo.toml': '[package]\nname = "api"\n[dependencies]\nwords = { path = "../words" }\n[features]\ntls = []\n',
    'api/src/main.rs': `fn main() {}\n${tested}`,
    'words/Cargo.toml': '[package]\nname = "words"\n',
    'words/src/lib.rs': tested,
    'other/Cargo.toml': '[package]\nname = "other"\n',
    'other/src/lib.rs': tested,
  };
  expect(command(files, { features: 'tls' })).toBe(
    'cargo test --locked --package api --package words --features api/tls',
  );
});

test('the stage has a cache of its own, whose times are its own', () => {
  const text = dockerfileOf(program('', { 'src/math.rs': tested }), { bake: true });
  expect(text).toContain('\nFROM build AS test\n');
  expect(text).toContain(`id=app-test-\${TARGETPLATFORM},target=/src/target,sharing=locked`);
});
