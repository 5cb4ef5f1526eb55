import { at, keysOf, MsbError, type Note, type Place, type Project, readToml, textAt } from '@msb/core';
import { keyLine } from './cargofile.ts';
import type { Libc } from './libc.ts';
import { readLinking } from './linking.ts';

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
  /** Names of the variables that it sets for a build. */
  readonly variables: readonly string[];
  /** Where it sets a key of the release profile. */
  inRelease(key: string): Place | undefined;
}

/** Cargo prefers the name without a suffix (https://doc.rust-lang.org/cargo/reference/config.html#hierarchical-structure). */
const files = ['.cargo/config', '.cargo/config.toml'] as const;
const none: CargoConfig = {
  output: 'release',
  args: [],
  env: {},
  vendored: [],
  notes: [],
  variables: [],
  inRelease: () => undefined,
};

/**
 * Reads `.cargo/config.toml` for a build with a C library. Throws `broken-file`, or `unsupported` for a target that is
 * not Linux with musl.
 */
export function readConfig(project: Project, libc: Libc): CargoConfig {
  const file = files.find((name) => project.has(name));
  if (file === undefined) return none;
  const value = readToml(project, file);
  const text = project.mustText(file);
  const target = textAt(value, 'build', 'target');
  const sources = keysOf(at(value, 'source')).flatMap((name) => textAt(value, 'source', name, 'directory') ?? []);
  const placeOf = (table: string, key: string): Place => {
    const line = keyLine(text, table, key);
    return { file, ...(line && { line }) };
  };
  const place = placeOf('build', 'target');
  if (target !== undefined && !target.endsWith('-unknown-linux-musl')) {
    throw new MsbError(
      'unsupported',
      `The project is built for ${JSON.stringify(target)}, and the image needs Linux with musl`,
      `Remove build.target from ${file}; name it on the command line where you need it.`,
      place,
    );
  }
  const linking = readLinking(file, text, value, libc);
  return {
    output: target === undefined ? 'release' : `${target}/release`,
    args: textAt(value, 'build', 'target-dir') === undefined ? [] : ['--target-dir target'],
    env: {
      ...(textAt(value, 'build', 'rustc-wrapper') !== undefined && { RUSTC_WRAPPER: '' }),
      ...(at(value, 'net', 'git-fetch-with-cli') === true && { CARGO_NET_GIT_FETCH_WITH_CLI: 'false' }),
      ...linking.env,
    },
    vendored: sources.map((path) => path.replace(/^\.\//, '')),
    notes: [...linking.notes, ...(target === undefined ? [] : [{ ...oneMachine(file, target), place }])],
    variables: keysOf(at(value, 'env')),
    inRelease: (key) =>
      at(value, 'profile', 'release', key) === undefined ? undefined : placeOf('profile.release', key),
  };
}

/** A target is that of one machine, whatever platform an image is asked for. */
const oneMachine = (file: string, target: string) => ({
  message: `${file} names a target, so the program is for ${target.split('-')[0]} on every platform`,
  hint: 'Without build.target it is for the platform that docker build --platform asks for, and static as well.',
});
