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

/** Texts that name a file by where the program runs, and not by where its source lies, which a build moves. */
const byFolder =
  /\b(?:readFile(?:Sync)?|createReadStream|sendFile|loadSync|loadSchemaSync|loadFilesSync|join|resolve)\(\s*((?:process\.cwd\(\)\s*,\s*)?(?:['"`][\w@./-]+['"`]\s*,?\s*)+)/;

/** What a program reads and no compiler makes; nothing that could be code, or a secret. */
const data =
  /(?<!\b(?:secrets?|credentials?|service-?account)[\w.-]*)\.(?:graphqls?|gql|proto|sql|csv|html?|hbs|ejs|pug|njk|txt)$/i;

/**
 * Files that the program reads from the folder in which it runs: `readFile(join('libs/schema', 'api.graphql'))`. They
 * must ship where they lie.
 */
export function dataRead(project: Project, files: readonly string[]): readonly string[] {
  const named = [...project.matches(files, byFolder)].flatMap(({ match }) => {
    const texts = [...(match[1] ?? '').matchAll(/['"`]([^'"`]+)['"`]/g)].map(([, text]) => text ?? '');
    // readFile takes more than the path: 'utf8'
    return texts.map((_, index) => join(...texts.slice(0, index + 1)));
  });
  return [...new Set(named)].filter((path) => data.test(path) && !path.startsWith('..') && project.has(path)).sort();
}
