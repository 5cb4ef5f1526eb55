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

function linkNotes(file: string, text: string, value: Value, target: string | undefined): readonly Note[] {
  const tables = keysOf(at(value, 'target')).filter(reaches);
  const settings = [at(value, 'build'), ...tables.map((name) => at(value, 'target', name))];
  const flags = settings.flatMap((table) => textsOf(at(table, 'rustflags')).concat(textAt(table, 'rustflags') ?? []));
  const place = (pattern: RegExp) => {
    const line = text.split('\n').findIndex((candidate) => pattern.test(candidate)) + 1;
    return { file, ...(line > 0 && { line }) };
  };
  const notes: Note[] = [];
  if (settings.some((table) => textAt(table, 'linker')) || flags.some((flag) => /fuse-ld|linker/.test(flag))) {
    notes.push({
      message: `${file} names a linker, and the image has gcc's alone`,
      hint: 'Remove it, or install the linker in the build stage.',
      place: place(/fuse-ld|linker/),
    });
  }
  if (target === undefined && flags.some((flag) => flag.includes('+crt-static'))) {
    // https://github.com/rust-lang/rust/issues/78210: flags without a target reach procedural macros, too
    notes.push({
      message: `${file} sets +crt-static for everything, and procedural macros can't be compiled so on Alpine`,
      hint: 'Remove it: programs for musl are static anyway, and the build asks for it.',
      place: place(/\+crt-static/),
    });
  }
  return notes;
}
