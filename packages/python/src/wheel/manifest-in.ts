import type { Project } from '@msb/core';

/** Whether MANIFEST.in adds a file (https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html#using-manifest-in). */
export type Included = (file: string) => boolean;

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('**/', '\u0000')
      .replaceAll('**', '\u0001')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')
      .replaceAll('\u0000', '(?:.*/)?')
      .replaceAll('\u0001', '.*')}$`,
  );

/** Whether a path matches a pattern with `*`, `?` and `**`. */
export const matchesGlob = (pattern: string, path: string): boolean => glob(pattern).test(path);

/** Reads MANIFEST.in; its last line that says something of a file decides. */
export function manifestIn(project: Project): Included {
  const lines = (project.text('MANIFEST.in') ?? '').replaceAll('\\\n', ' ').split('\n');
  const rules = lines.flatMap((line): readonly { readonly adds: boolean; readonly of: Included }[] => {
    const [command = '', ...words] = line.replace(/#.*$/, '').trim().split(/\s+/);
    const [folder = '', ...patterns] = words;
    const inside = (file: string): boolean => file.startsWith(`${folder.replace(/\/$/, '')}/`) || folder === '.';
    const named = (list: readonly string[], file: string): boolean =>
      list.some((pattern) => matchesGlob(pattern, file));
    const last = (file: string): string => file.split('/').at(-1) ?? '';
    const table: Readonly<Record<string, Included>> = {
      include: (file) => named(words, file),
      exclude: (file) => named(words, file),
      'recursive-include': (file) =>
        inside(file) &&
        (named(patterns, last(file)) ||
          named(
            patterns.map((p) => `**/${p}`),
            file,
          )),
      'recursive-exclude': (file) => inside(file) && named(patterns, last(file)),
      'global-include': (file) => named(words, last(file)),
      'global-exclude': (file) => named(words, last(file)),
      graft: inside,
      prune: inside,
    };
    const of = Object.hasOwn(table, command) ? table[command] : undefined;
    return of ? [{ adds: /include|graft/.test(command), of }] : [];
  });
  return (file) => rules.findLast(({ of }) => of(file))?.adds ?? false;
}
