import { join, type Project } from '@msb/core';
import { holdsPaths } from './calls.ts';
import type { Named } from './named.ts';
import type { RunRead } from './reads.ts';

const settings = /\.(?:toml|ya?ml|json5?|ron|ini|conf)$/;

/** A key and the text that it is set to, in any of the usual formats. */
const setting = /^\s*(?:-\s*)?["']?([\w.-]+)["']?\s*[:=]\s*["']?([^"'\n#{}[\]]+?)["']?\s*,?\s*(?:#.*)?$/;

/** Larger files are data. In characters. */
const largest = 64 * 1024;

/** Paths that the settings name which a program reads: `template_dir = "views"`, `url: sqlite://data/app.db`. */
export function configuredPaths(project: Project, reads: readonly RunRead[]): readonly Named[] {
  const files = reads.flatMap(({ from, there }) => {
    if (!there || project.has(from)) return there ? [from] : [];
    return /(?:^|\/)(?:config(?:uration)?s?|settings|conf|etc)$/.test(from)
      ? project.list(from).map((name) => join(from, name))
      : [];
  });
  return files
    .filter((file) => settings.test(file) && project.has(file))
    .flatMap((file) => {
      const text = project.text(file) ?? '';
      if (text.length > largest) return [];
      return text.split('\n').flatMap((line, index): readonly Named[] => {
        const [, key = '', value = ''] = setting.exec(line) ?? [];
        if (value === '' || /^[\d.\s]+$|^(?:true|false|null)$/.test(value)) return [];
        return [{ base: 'working', text: value, place: { file, line: index + 1 }, aPath: holdsPaths.test(key) }];
      });
    });
}
