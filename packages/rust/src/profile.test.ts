import { describe, expect, test } from 'vitest';
import { dockerfileOf, type Files, factOf, program } from './project.test.kit.ts';

/** The instruction that completes the profile. */
const settings = (files: Files, lto?: string): string | undefined =>
  /^ENV (CARGO_PROFILE_RELEASE_(?:.*\\\n)*.*)$/m
    .exec(dockerfileOf(files, lto ? { lto } : {}))?.[1]
    ?.replace(/ \\\n +/g, ' ');

const prefix = 'CARGO_PROFILE_RELEASE_';
const all = `${prefix}STRIP="symbols" ${prefix}LTO="thin" ${prefix}CODEGEN_UNITS="1"`;

describe('the release profile', () => {
  test('is completed where it is silent', () => {
    expect(settings(program())).toBe(all);
    expect(factOf(program(), 'release profile')).toEqual({ value: 'stripped, thin LTO, one codegen unit' });
  });

  test('keeps what the manifest sets, which is said with its line', () => {
    const files = program('[profile.release]\nopt-level = "z"\nlto = "fat"\nstrip = false\n');
    expect(settings(files)).toBe(`${prefix}CODEGEN_UNITS="1"`);
    const place = { file: 'Cargo.toml', line: 7 };
    expect(factOf(files, 'release profile')).toEqual({
      value: "one codegen unit, the rest is the project's own",
      place,
    });
  });

  test('keeps what the configuration of Cargo sets, which is weaker than variables', () => {
    const config = '[profile.release]\nlto = true\ncodegen-units = 4\nstrip = "none"\n';
    const files = program('', { '.cargo/config.toml': config });
    expect(settings(files)).toBeUndefined();
    expect(factOf(files, 'release profile')).toEqual({
      value: "the project's own",
      place: { file: '.cargo/config.toml', line: 4 },
    });
  });

  test('--lto takes the other kind, or leaves it all to Cargo for faster rebuilds', () => {
    expect(settings(program(), 'fat')).toBe(all.replace('thin', 'fat'));
    expect(settings(program(), 'off')).toBe(`${prefix}STRIP="symbols"`);
    expect(settings(program('[profile.release]\nlto = "thin"\n'), 'fat')).not.toContain('LTO');
  });
});
