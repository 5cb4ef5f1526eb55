import { join, type Place, type Project } from '@msb/core';

/** Something that the compiler needs and that is not in the project, and the line that asks for it. */
export interface Missing {
  /** A file, a pattern of files, or a folder. */
  readonly path: string;
  readonly place: Place;
}

/** What the `//go:embed` lines of some sources take in. */
export interface Embeds {
  /** Existing files, sorted. */
  readonly files: readonly string[];
  /** The patterns that match nothing yet. */
  readonly missing: readonly Missing[];
  /** Every pattern that matches something, with its files. */
  readonly patterns: readonly (Missing & { readonly files: readonly string[] })[];
}

/** One name of a pattern as https://pkg.go.dev/path#Match reads it. */
const nameMatcher = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    'u',
  );

/** The files and folders that a pattern names. */
function* named(project: Project, folder: string, names: readonly string[]): Generator<string> {
  const [first, ...rest] = names;
  if (first === undefined) yield folder;
  else if (!/[*?[\\]/.test(first)) yield* named(project, join(folder, first), rest);
  else {
    const matching = project.list(folder).filter((name) => nameMatcher(first).test(name));
    for (const name of matching) yield* named(project, join(folder, name), rest);
  }
}

/** Every file of a folder, or the file itself; in a folder, `.x` and `_x` count only when `hidden` is set. */
function* filesOf(project: Project, path: string, hidden: boolean): Generator<string> {
  if (project.has(path)) yield path;
  else {
    const names = project.list(path).filter((name) => hidden || !/^[._]/.test(name));
    for (const name of names) yield* filesOf(project, join(path, name), hidden);
  }
}

/**
 * Reads `//go:embed` (https://pkg.go.dev/embed): the files become part of the program, so the build needs them. A
 * pattern without a match stops the compiler; most often another build step has to make the files first.
 */
export function findEmbeds(project: Project, sources: readonly string[]): Embeds {
  const files = new Set<string>();
  const missing: Missing[] = [];
  const patterns: Embeds['patterns'][number][] = [];
  for (const { file, line, match } of project.matches(sources, /^\s*\/\/go:embed\s+(.+)$/)) {
    const folder = file.split('/').slice(0, -1).join('/');
    for (const word of match[1]?.match(/"[^"]+"|`[^`]+`|\S+/g) ?? []) {
      const [, all, glob = ''] = /^(all:)?(.*)$/.exec(word.replace(/^["`]|["`]$/g, '')) ?? [];
      const pattern = join(folder, glob);
      const found = [...named(project, folder, join(glob).split('/'))].flatMap((path) => [
        ...filesOf(project, path, all !== undefined),
      ]);
      for (const path of found) files.add(path);
      if (found.length === 0) missing.push({ path: pattern, place: { file, line } });
      else patterns.push({ path: pattern, place: { file, line }, files: found });
    }
  }
  return { files: [...files].sort(), missing, patterns };
}
