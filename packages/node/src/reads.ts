import { ignoreMatcher, join, type Project } from '@msb/core';
import { filesBelow, readsIn } from './reads/reads.ts';
import { unshipped } from './ship.ts';

/** Patterns of .dockerignore, core's and ours, that a program's own reading overrules. Never those for secrets. */
const droppable = ignoreMatcher(
  [
    ...unshipped,
    '*.md',
    'LICENSE*',
    'Dockerfile*',
    'compose*.y*ml',
    'docker-compose*.y*ml',
    '.github',
    '.gitignore',
    '.vscode',
    'coverage',
    '**/*.log',
  ].join('\n'),
);

/** Files in which a build may name another: code of any kind, and pages. */
const naming = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?|markdoc|njk|liquid|hbs|ejs|pug)$/;

/** Folders of configurations, which are hidden. */
const hidden = [
  '.vitepress',
  '.vuepress',
  '.storybook',
  '.config',
  'docs/.vitepress',
  'docs/.vuepress',
  'docs/.config',
];

/** A page that another takes in: `<!--@include: ../README.md-->`, or by an import. */
const included =
  /(?:@include:\s*|\bfrom\s*['"]|\bimport\s*['"]|\{%\s*(?:include|render)\s*['"]|<<<\s*@?\/?)([\w@./-]+\.\w+)/;

/** A pattern for pages in the project's own folder: `*.md`, `**\/*.{md,mdx}`. */
const pagesOfTop = /['"`](?:\.\/)?(?:\*\*\/)?\*\.(?:\{[^}]*\bmdx?\b[^}]*\}|mdx?)['"`]/;

/**
 * Files that the program or its build names, relative to itself or to where it runs, and that the .dockerignore would
 * otherwise drop: `readFile('README.md')`, `join(__dirname, '../docs')`. What is not there, or would be let in anyway, is
 * left out; so are tests, which a program names only in order to skip them.
 */
export function filesRead(project: Project, files: readonly string[]): readonly string[] {
  const configs = hidden.filter((folder) => project.exists(folder)).flatMap((folder) => filesBelow(project, folder));
  const own = project.list().filter((name) => /^\.[\w.-]+\.[cm]?[jt]s$/.test(name));
  const all = [...new Set([...files, ...project.sources(), ...configs, ...own])].filter((file) => naming.test(file));
  const code = all.filter((file) => !/\.(?:mdx?|markdoc)$/.test(file) && !isTest(file));
  const named = readsIn(project, code, undefined).map(({ path }) => path);
  const pages = [...project.matches(all, included)].flatMap(({ file, match }) => {
    const path = match[1] ?? '';
    return [join(path), join(file, '..', path)].filter((there) => !there.startsWith('..') && project.has(there));
  });
  const top = project.search(code, [pagesOfTop]) ? project.list().filter((name) => /\.mdx?$/.test(name)) : [];
  const found = [...named, ...pages].flatMap((path) => filesBelow(project, path));
  return [...new Set([...found, ...top])].filter((path) => droppable(path)).sort();
}

const isTest = (path: string): boolean => /(^|\/)(tests?|e2e|__tests__|__mocks__)(\/|$)|\.(test|spec)\./.test(path);
