import { at, itemsOf, join, type Project, readJson, textAt, type Value } from '@msb/core';
import type { PackageJson } from '../package-json.ts';

/** What decides about the output of TypeScript (https://www.typescriptlang.org/tsconfig/). */
export interface TsConfig {
  readonly file: string;
  /** An option, the nearest file of `extends` first; files of packages are not read. */
  option(name: string): Value;
  /** Folders with what is compiled; `''` is the whole project. */
  readonly roots: readonly string[];
}

/** Reads a configuration and the files of the project that it extends; `undefined` when there is none. Throws `broken-file`. */
export function readTsConfig(project: Project, file = 'tsconfig.json'): TsConfig | undefined {
  const chain: Value[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = join(file); next && !seen.has(next) && project.has(next); ) {
    seen.add(next);
    const { value } = readJson(project, next);
    chain.push(value);
    const parent: string | undefined =
      textAt(value, 'extends') ?? textAt({ last: itemsOf(at(value, 'extends')).at(-1) }, 'last');
    next = parent?.startsWith('.') ? join(next, '..', parent.endsWith('.json') ? parent : `${parent}.json`) : undefined;
  }
  if (chain.length === 0) return undefined;
  const first = (...path: readonly string[]): Value =>
    chain.map((value) => at(value, ...path)).find((value) => value !== undefined);
  const listed = [...itemsOf(first('include')), ...itemsOf(first('files'))].map(folderOf);
  return {
    file,
    option: (name) => first('compilerOptions', name),
    roots: listed.length > 0 ? [...new Set(listed)] : [''],
  };
}

/** The folder in front of the first wildcard or file: `./src/**\/*` → `src`. */
function folderOf(pattern: Value): string {
  const steps = join(String(pattern).replace(/^\.\//, '')).split('/');
  const end = steps.findIndex((step) => /[*?]|\.[cm]?[jt]sx?$/.test(step));
  return (end < 0 ? steps : steps.slice(0, end)).join('/');
}

/** The folder that all sources of the program have in common: the `rootDir` that older versions take by themselves. */
export function commonRoot(project: Project, config: TsConfig): string {
  const outDir = outputOf(config);
  const inside = (file: string): boolean => config.roots.some((root) => root === '' || file.startsWith(`${root}/`));
  const files = project
    .sources()
    .filter((file) => /(?<!\.d)\.[cm]?tsx?$/.test(file) && inside(file) && !file.startsWith(`${outDir}/`));
  const [first = '', ...rest] = files.map((file) => file.split('/').slice(0, -1));
  const steps = [...first];
  for (const other of rest) while (steps.some((step, index) => other[index] !== step)) steps.pop();
  return steps.join('/');
}

/** Whether a TypeScript takes the folder of tsconfig.json for `rootDir`, as 6.0 and newer do. */
const isModern = (manifest: PackageJson): boolean => {
  const spec = (manifest.development.get('typescript') ?? manifest.production.get('typescript'))?.spec ?? '';
  return Number(/\d+/.exec(spec)?.[0] ?? 6) >= 6;
};

interface Compiled {
  readonly project: Project;
  readonly manifest: PackageJson;
}

/** The folder that the compiler makes its output in. */
export const outputOf = (config: TsConfig): string => join(String(config.option('outDir') ?? 'dist'));

/** The folder that the output mirrors; `''` is the whole project. `own` is a call that names it. */
export function rootOf({ project, manifest }: Compiled, config: TsConfig, own: boolean): string {
  const declared = config.option('rootDir');
  if (declared !== undefined) return join(String(declared));
  return isModern(manifest) && !own ? '' : commonRoot(project, config);
}

/** Where the compiler puts what it makes of `entry`; `undefined` for a file outside of its root. */
export function compiledEntry(context: Compiled, config: TsConfig, entry: string, own: boolean): string | undefined {
  const root = rootOf(context, config, own);
  if (root !== '' && !entry.startsWith(`${root}/`)) return undefined;
  const inside = root === '' ? entry : entry.slice(root.length + 1);
  return join(outputOf(config), inside.replace(/\.([cm]?)tsx?$/, '.$1js'));
}
