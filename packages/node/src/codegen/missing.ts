import { at, ignoreMatcher, itemsOf, join, keysOf, type Place, type Project, readJson } from '@msb/core';

/** An import of a file that a clean checkout does not have. */
export interface MissingImport {
  /** As the project has it, without the ending that the import may leave out. */
  readonly path: string;
  readonly place: Place;
}

const imported =
  /^(?!\s*(?:\*|\/\/)).*?(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]([.@~#$][^'"?]*|[\w-]+\/[^'"?]*)['"]/;

/** Modules that a framework makes for its own build: `./$types`, `./+types/root`. */
const ofFramework = /(^|\/)(?:\$types|\+types)(?:\/|\.|$)/;

const endings = [
  '',
  ...'ts tsx mts cts d.ts js jsx mjs cjs json vue svelte astro css scss md mdx'.split(' ').map((e) => `.${e}`),
];

/** Whether an import finds a file; TypeScript writes the ending of what it will be compiled to. */
function resolves(project: Project, ignored: (path: string) => boolean, path: string): boolean {
  const stems = [path, path.replace(/\.([cm]?)jsx?$/, ''), join(path, 'index')];
  return stems.some((stem) => endings.some((ending) => project.has(stem + ending) && !ignored(stem + ending)));
}

/** Patterns of .gitignore as those of .dockerignore: one without a slash holds in every folder. */
export function gitIgnored(project: Project): (path: string) => boolean {
  const lines = (project.text('.gitignore') ?? '').split('\n').map((line) => line.trim());
  const patterns = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, not = '', path = ''] = /^(!?)(.*)$/.exec(line) ?? [];
      return not + (/\/./.test(path) ? path.replace(/^\//, '') : `**/${path}`);
    });
  return ignoreMatcher(patterns.join('\n'));
}

/** The aliases of tsconfig.json: `"@/*": ["./src/*"]` gives `@/` → `src/`. */
function aliases(project: Project): readonly (readonly [prefix: string, folder: string])[] {
  if (!project.has('tsconfig.json')) return [];
  const options = at(readJson(project, 'tsconfig.json').value, 'compilerOptions');
  const base = at(options, 'baseUrl');
  return keysOf(at(options, 'paths')).flatMap((name) => {
    const [target] = itemsOf(at(options, 'paths', name));
    if (typeof target !== 'string' || !name.endsWith('*') || !target.endsWith('*')) return [];
    return [[name.slice(0, -1), join(typeof base === 'string' ? base : '', target.slice(0, -1))] as const];
  });
}

/** Imports of files of the project's own that are not there, or that Git ignores. `files` are its sources. */
export function missingImports(project: Project, files: readonly string[]): readonly MissingImport[] {
  const known = aliases(project);
  const ignored = gitIgnored(project);
  const found = new Map<string, MissingImport>();
  for (const { file, line, match } of project.matches(files, imported)) {
    const name = match[1] ?? '';
    const alias = known.find(([prefix]) => name.startsWith(prefix) && prefix !== '');
    if (ofFramework.test(name) || (!alias && !/^\.{1,2}\//.test(name))) continue;
    const path = alias ? join(alias[1], name.slice(alias[0].length)) : join(file, '..', name);
    if (path === '' || path.startsWith('..') || /(^|\/)node_modules\//.test(path)) continue;
    if (!found.has(path) && !resolves(project, ignored, path)) found.set(path, { path, place: { file, line } });
  }
  return [...found.values()];
}
