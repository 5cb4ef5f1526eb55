import { at, keysOf, type Note, textAt, type Value } from '@msb/core';
import { keyLine, textsOf } from './cargofile.ts';
import type { Libc } from './libc.ts';
import { mayBeLinux } from './platform.ts';

/** What a configuration of Cargo says of linking that would break in the image's build, and how that is undone. */
export interface Linking {
  readonly env: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
}

const machines = ['x86_64', 'aarch64'] as const;

/** Reads `[build]` and the tables of `[target]` that reach a build for Linux with this C library. */
export function readLinking(file: string, text: string, value: Value, libc: Libc): Linking {
  const triples = machines.map((machine) => `${machine}-unknown-linux-${libc}`);
  const other = libc === 'musl' ? 'gnu' : 'musl';
  const reaches = (name: string): boolean =>
    name.startsWith('cfg(') ? mayBeLinux(name) && !name.includes(`"${other}"`) : triples.includes(name);
  const names = keysOf(at(value, 'target')).filter(reaches);
  const place = (key: string, ...table: readonly string[]) => {
    const line = keyLine(text, table.join('.'), key);
    return { file, ...(line && { line }) };
  };
  const linked = names.find((name) => textAt(value, 'target', name, 'linker') !== undefined);
  const flagged = names.filter((name) => flagsOf(at(value, 'target', name, 'rustflags')).length > 0);
  // flags of a target go before those of all (https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags)
  const tables = flagged.length > 0 ? flagged.map((name) => ['target', name]) : [['build']];
  const read = tables.map((table) => ({ table, flags: flagsOf(at(value, ...table, 'rustflags')) }));
  const harmful = read.find(({ flags }) => flags.some((flag) => kept(flag) !== flag));
  return {
    env: {
      ...(linked && Object.fromEntries(triples.map((triple) => [linkerOf(triple), 'cc']))),
      ...(harmful && { RUSTFLAGS: read.flatMap(({ flags }) => flags.flatMap((flag) => kept(flag) || [])).join(' ') }),
    },
    notes: [
      ...(linked === undefined ? [] : [{ ...linker(file), place: place('linker', 'target', linked) }]),
      ...(harmful === undefined ? [] : [{ ...flags(file), place: place('rustflags', ...harmful.table) }]),
    ],
  };
}

const linkerOf = (triple: string): string => `CARGO_TARGET_${triple.replaceAll('-', '_').toUpperCase()}_LINKER`;

const linker = (file: string) => ({
  message: `${file} names a linker, and the build links with that of the image, gcc`,
  hint: 'To have it there, too, install it in the stage tools, and remove the variables for it.',
});

const flags = (file: string) => ({
  message: `${file} has flags for a linker, or for static linking of macros, too, which break here: they are left out`,
  hint: 'RUSTFLAGS in the stage tools has the others; the program is static where its image needs that.',
});

/** Flags as whole words, `-C` together with what it sets. */
function flagsOf(value: Value): readonly string[] {
  const words = typeof value === 'string' ? value.split(' ') : textsOf(value);
  return words
    .join(' ')
    .replace(/(^| )(-C|--codegen|-Z|--cfg) +/g, '$1$2\0')
    .split(' ')
    .filter(Boolean)
    .map((flag) => flag.replace('\0', ' '));
}

/**
 * What is kept of a flag. Linkers other than gcc's are not there; and without a target +crt-static reaches procedural
 * macros, which can't be static (https://github.com/rust-lang/rust/issues/78210).
 */
function kept(flag: string): string {
  if (/fuse-ld|\blinker=/.test(flag)) return '';
  if (!flag.includes('+crt-static')) return flag;
  const rest = flag.replace(/\+crt-static,|,?\+crt-static/, '');
  return /target-feature=$/.test(rest) ? '' : rest;
}
