import { at, keysOf, MsbError, type Note, type Project, readToml, textAt, type Value } from '@msb/core';
import { keyLine, textsOf } from './cargofile.ts';

/** What the project's own configuration of Cargo means for the build. */
export interface CargoConfig {
  /** Folder below target/ where programs land; a target of the project's own has one of its own. */
  readonly output: string;
  /** Arguments that undo a setting which does not fit the image. */
  readonly args: readonly string[];
  /** Variables that do so. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders of vendored crates, which are checked by their sums and not by time. */
  readonly vendored: readonly string[];
  readonly notes: readonly Note[];
}

/** Cargo prefers the name without a suffix (https://doc.rust-lang.org/cargo/reference/config.html#hierarchical-structure). */
const files = ['.cargo/config', '.cargo/config.toml'] as const;
const none: CargoConfig = { output: 'release', args: [], env: {}, vendored: [], notes: [] };

/** Reads `.cargo/config.toml`. Throws `broken-file`, or `unsupported` for a target that is not Linux with musl. */
export function readConfig(project: Project): CargoConfig {
  const file = files.find((name) => project.has(name));
  if (file === undefined) return none;
  const value = readToml(project, file);
  const text = project.mustText(file);
  const target = textAt(value, 'build', 'target');
  const sources = keysOf(at(value, 'source')).flatMap((name) => textAt(value, 'source', name, 'directory') ?? []);
  if (target !== undefined && !target.endsWith('-unknown-linux-musl')) {
    const line = keyLine(text, 'build', 'target');
    throw new MsbError(
      'unsupported',
      `The project is built for ${JSON.stringify(target)}, and the image needs Linux with musl`,
      `Remove build.target from ${file}; name it on the command line where you need it.`,
      { file, ...(line && { line }) },
    );
  }
  return {
    output: target === undefined ? 'release' : `${target}/release`,
    args: textAt(value, 'build', 'target-dir') === undefined ? [] : ['--target-dir target'],
    env: {
      ...(textAt(value, 'build', 'rustc-wrapper') !== undefined && { RUSTC_WRAPPER: '' }),
      ...(at(value, 'net', 'git-fetch-with-cli') === true && { CARGO_NET_GIT_FETCH_WITH_CLI: 'false' }),
    },
    vendored: sources.map((path) => path.replace(/^\.\//, '')),
    notes: linkNotes(file, text, value, target),
  };
}

/** Tables whose settings reach a build for musl on x86-64 or arm64. */
const reaches = (table: string): boolean => /linux-musl$|^cfg\((?!.*(windows|macos|wasm|gnu)).*\)$/.test(table);

/** One note for each kind of setting that a build on Alpine does not take, at its line. */
function linkNotes(file: string, text: string, value: Value, target: string | undefined): readonly Note[] {
  const tables: readonly (readonly string[])[] = [
    ['build'],
    ...keysOf(at(value, 'target'))
      .filter(reaches)
      .map((name) => ['target', name]),
  ];
  return linkRules.flatMap(({ key, applies, message, hint }) => {
    const table = tables.find((path) => applies(flagsOf(at(value, ...path, key)), target));
    if (table === undefined) return [];
    const line = keyLine(text, table.join('.'), key);
    return [{ message: `${file} ${message}`, hint, place: { file, ...(line && { line }) } }];
  });
}

const flagsOf = (value: Value): readonly string[] => (typeof value === 'string' ? value.split(' ') : textsOf(value));

interface LinkRule {
  readonly key: string;
  applies(flags: readonly string[], target: string | undefined): boolean;
  readonly message: string;
  readonly hint: string;
}

const linker = {
  message: 'names a linker, and the image has that of gcc alone',
  hint: 'Remove it, or install the linker in the build stage.',
};

const linkRules: readonly LinkRule[] = [
  { key: 'linker', applies: (flags) => flags.length > 0, ...linker },
  { key: 'rustflags', applies: (flags) => flags.some((flag) => /fuse-ld|linker=/.test(flag)), ...linker },
  {
    // https://github.com/rust-lang/rust/issues/78210: without a target, flags reach procedural macros, too
    key: 'rustflags',
    applies: (flags, target) => target === undefined && flags.some((flag) => flag.includes('+crt-static')),
    message: "sets +crt-static for everything, and procedural macros can't be compiled so on Alpine",
    hint: 'Remove it: programs for musl are static anyway, and the build asks for it.',
  },
];
