import type { Project } from '@msb/core';
import { textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import type { TsConfig } from './tsconfig.ts';

/** Something in the sources that stands in the way. */
export interface Obstacle {
  readonly what: string;
  readonly file: string;
  readonly line: number;
}

/** The name in front of the first slash that `paths` gives a meaning to: `@/*` → `@/`. */
const prefixes = (config: TsConfig | undefined): readonly string[] =>
  Object.keys((config?.option('paths') as object | undefined) ?? {}).map((name) => name.replace(/\*.*$/, ''));

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A module's name in an import, an export or a call of `import()`; lines of types alone do not matter. */
const imported = (name: string): RegExp =>
  new RegExp(
    String.raw`^(?!\s*(?:import|export)\s+type\b).*(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]${name}['"]`,
  );

function first(project: Project, files: readonly string[], what: string, pattern: RegExp): Obstacle | undefined {
  const hit = project.search(files, [pattern]);
  return hit && { what, file: hit.file, line: hit.line };
}

/** An import through `paths` of tsconfig.json, which neither the compiler nor Node resolves in what runs. */
const alias = (project: Project, files: readonly string[], config: TsConfig | undefined): Obstacle | undefined =>
  prefixes(config)
    .filter((prefix) => prefix !== '')
    .map((prefix) => first(project, files, `an import through paths (${prefix})`, imported(`${escaped(prefix)}[^'"]*`)))
    .find((found) => found !== undefined);

/** Whether the compiler makes modules that Node resolves by the rules of ESM, where an ending is a must. */
export function makesEsm(manifest: PackageJson, config: TsConfig | undefined): boolean {
  const module = String(config?.option('module') ?? '').toLowerCase();
  if (module === 'commonjs') return false;
  return textAt(manifest.json.value, 'type') === 'module' || /^(es|preserve)/.test(module);
}

/** Why Node can't run what the compiler makes of `files`, such as an import without its ending in an ES module. */
export function afterCompiling(
  { project, manifest }: { readonly project: Project; readonly manifest: PackageJson },
  files: readonly string[],
  config: TsConfig,
): Obstacle | undefined {
  const bare = imported(String.raw`\.{1,2}(?:/[^'"]*)?(?<!\.[cm]?js|\.json|\.node)`);
  const rewritten = config.option('rewriteRelativeImportExtensions') === true;
  const esm = makesEsm(manifest, config) && !rewritten && first(project, files, 'an import without its ending', bare);
  return esm || alias(project, files, config);
}

/** Syntax that is more than types: https://nodejs.org/api/typescript.html#typescript-features */
const syntax: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an enum', /^\s*(?:export\s+)?(?:const\s+)?enum\s+\w+/],
  ['a namespace', /^\s*(?:export\s+)?(?:namespace|module)\s+[\w.]+\s*\{/],
  [
    'a parameter property',
    /^\s*(?:constructor\(\s*)?(?:private|public|protected|readonly)\s+(?:readonly\s+)?\w+\??\s*:\s*[^;=]*[,)]/,
  ],
  ['a decorator', /^\s*@\w+(?:\(|\s*$)/],
  ['import … = require()', /^\s*(?:import\s+\w+\s*=|export\s*=)/],
  ['an import without its ending .ts', imported(String.raw`\.{1,2}(?:/[^'"]*)?(?<!\.[cm]?ts|\.json|\.[cm]js)`)],
];

/** A name that is imported without `type` and never used as a value: the compiler drops it, Node looks for it in vain. */
function importOfType(project: Project, files: readonly string[]): Obstacle | undefined {
  for (const { file, line, match } of project.matches(
    files,
    /^\s*import\s+(?!type\b)[^'"]*\{([^}]*)\}\s*from\s*['"]/,
  )) {
    const names = (match[1] ?? '')
      .split(',')
      .flatMap((name) => /^\s*(?!type\s)(?:\w+\s+as\s+)?([A-Z]\w*)\s*$/.exec(name)?.[1] ?? []);
    const text = project.text(file) ?? '';
    const dropped = names.find(
      (name) => !new RegExp(String.raw`\b(?:new|extends|instanceof)\s+${name}\b|\b${name}[.(]`).test(text),
    );
    if (dropped !== undefined) return { what: `an import of ${dropped}, which may be a type`, file, line };
  }
  return undefined;
}

/** Why Node can't run `files` as they are, by taking the types away. */
export function beforeCompiling(
  project: Project,
  files: readonly string[],
  config: TsConfig | undefined,
): Obstacle | undefined {
  const tsx = files.find((file) => /\.tsx$/.test(file));
  if (tsx !== undefined) return { what: 'JSX', file: tsx, line: 1 };
  const found = syntax.map(([what, pattern]) => first(project, files, what, pattern)).find((hit) => hit !== undefined);
  if (found) return found;
  const strict = ['verbatimModuleSyntax', 'erasableSyntaxOnly'].some((name) => config?.option(name) === true);
  return alias(project, files, config) ?? (strict ? undefined : importOfType(project, files));
}
