import { ignoreMatcher, join, type Project } from '@msb/core';
import { unshipped } from './ship.ts';

/** Patterns of .dockerignore, core's and ours, that a program's own reading overrules. Never those for secrets. */
const droppable = ignoreMatcher([...unshipped, '*.md', 'LICENSE*'].join('\n'));

/**
 * Files and folders that the program names in a text of its sources, relative to itself or to where it runs, and that
 * the .dockerignore would otherwise drop: `readFile('README.md')`, `join(__dirname, '../docs')`. What is not there, or
 * would be let in anyway, is left out; so are tests, which a program names only in order to skip them.
 */
export function filesRead(project: Project, files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const { file, match } of project.matches(files, /['"`][\w@./-]+['"`]/)) {
    for (const [, text = ''] of match.input.matchAll(/['"`]([\w@./-]+)['"`]/g)) {
      for (const path of [join(text), join(file, '..', text)]) {
        if (path !== '' && !path.startsWith('..') && droppable(path) && project.exists(path)) found.add(path);
      }
    }
  }
  return [...found].filter((path) => !/(^|\/)(tests?|e2e|__tests__|__mocks__)(\/|$)|\.(test|spec)\./.test(path)).sort();
}
