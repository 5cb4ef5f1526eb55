import { join, type Note, type Project } from '@msb/core';

/** What the `//go:embed` lines of some sources take in. */
export interface Embeds {
  /** Existing files, sorted. */
  readonly files: readonly string[];
  /** One note for each pattern that matches nothing yet. */
  readonly notes: readonly Note[];
}

const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}(/|$)`,
  );

/** Every file below a folder, whatever its name. */
function* filesBelow(project: Project, folder: string): Generator<string> {
  for (const name of project.list(folder)) {
    const path = join(folder, name);
    if (project.has(path)) yield path;
    else yield* filesBelow(project, path);
  }
}

function expand(project: Project, pattern: string): readonly string[] {
  if (project.has(pattern)) return [pattern];
  const fixed = pattern.split(/[*?[]/)[0] ?? '';
  const folder = fixed === pattern ? pattern : fixed.split('/').slice(0, -1).join('/');
  const matcher = globToRegExp(pattern);
  return [...filesBelow(project, folder)].filter((path) => matcher.test(path));
}

/**
 * Reads `//go:embed` (https://pkg.go.dev/embed): the files become part of the program, so the build needs them. A
 * pattern without a match stops the compiler; most often another build step has to make the files first.
 */
export function findEmbeds(project: Project, sources: readonly string[]): Embeds {
  const files = new Set<string>();
  const notes: Note[] = [];
  for (const { file, line, match } of project.matches(sources, /^\/\/go:embed\s+(.+)$/)) {
    const folder = file.split('/').slice(0, -1).join('/');
    for (const word of match[1]?.match(/"[^"]+"|`[^`]+`|\S+/g) ?? []) {
      const pattern = join(folder, word.replace(/^["`]|["`]$/g, '').replace(/^all:/, ''));
      const found = expand(project, pattern);
      for (const path of found) files.add(path);
      if (found.length === 0) {
        notes.push({
          message: `${pattern} is embedded, but it is not there`,
          hint: 'Something has to make it before the image is built: a front end, or go generate.',
          place: { file, line },
        });
      }
    }
  }
  return { files: [...files].sort(), notes };
}
