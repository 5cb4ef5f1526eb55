import { MsbError } from '@msb/core';
import { expect, test } from 'vitest';
import { detectIn, errorOf, type Files, program } from './project.test.kit.ts';

const features = '[features]\nsqlite = []\nmysql = []\n';
const either = '#[cfg(not(any(feature = "sqlite", feature = "mysql")))]\ncompile_error!("choose");\nfn main() {}\n';
const one = 'fn main() {\n    #[cfg(not(feature = "sqlite"))]\n    compile_error! { "no database" }\n}\n';

function hintOf(files: Files): string | undefined {
  try {
    detectIn(files);
  } catch (error) {
    return error instanceof MsbError ? error.hint : String(error);
  }
  return undefined;
}

test('a program that needs one of some features is refused without', () => {
  for (const [name, text] of [['src/main.rs', either] as const, ['build.rs', either] as const]) {
    const files = program(features, { [name]: text });
    expect(errorOf(() => detectIn(files))).toMatch(`bad-option at ${name}:`);
    expect(detectIn(files, { features: 'mysql' }).facts).not.toEqual([]);
  }
  const files = (more = '') => program(`${features}${more}`, { 'src/main.rs': one });
  expect(errorOf(() => detectIn(files()))).toBe('bad-option at src/main.rs:2');
  expect(errorOf(() => detectIn(files(), { features: 'mysql' }))).toBe('bad-option at src/main.rs:2');
  expect(errorOf(() => detectIn(files('default = ["sqlite"]\n')))).toBe('no error');
});

test('what the message itself advises comes before the first of the features', () => {
  const hint = (message: string) =>
    hintOf(program(features, { 'build.rs': either.replace('"choose"', JSON.stringify(message)) }));
  expect(hint('choose')).toBe('Name what it shall have: --features sqlite');
  expect(hint('Do: cargo build --features mysql')).toBe('Name what it shall have: --features mysql');
});

test('a condition on something else is no feature', () => {
  const other = '#[cfg(not(any(unix, feature = "sqlite")))]\ncompile_error!("unix");\nfn main() {}\n';
  expect(errorOf(() => detectIn(program(features, { 'src/main.rs': other })))).toBe('no error');
});
