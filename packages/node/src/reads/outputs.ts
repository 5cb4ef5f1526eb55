import { foldersAbove, join, type Project, readJson, textAt } from '@msb/core';
import type { Build } from '../build.ts';
import { type PackageJson, wholeText } from '../package-json.ts';

/** Where a build puts what it makes of a source. */
export interface OutputMap {
  /** The folder of the sources; `''` for the project's own. */
  readonly from: string;
  /** The folder that they become. */
  readonly to: string;
  /** Whether all of them become files of that one folder. */
  readonly bundled: boolean;
}

const bundlers =
  /\b(?:tsup|esbuild|rollup|webpack|ncc|tsdown|vite|rspack|rsbuild|unbuild|bun build|pkgroll|microbundle)\b/;

/** How the sources lie in the output whose `entry` is started: `dist/main.js` of `src/main.ts`. */
export function outputMap(project: Project, manifest: PackageJson, build: Build | undefined, entry: string): OutputMap {
  const folder = join(entry).split('/')[0] ?? '';
  const text = build?.script ? wholeText(manifest, build.script) : (build?.command ?? '');
  const nest = project.has('nest-cli.json') && /"webpack"\s*:\s*true/.test(project.text('nest-cli.json') ?? '');
  if (bundlers.test(text) || nest) return { from: 'src', to: join(entry, '..'), bundled: true };
  const inside = join(entry)
    .slice(folder.length + 1)
    .replace(/\.[cm]?js$/, '');
  const root = ['src', 'lib', 'server', 'source', 'app', ''].find((from) =>
    ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs'].some((ending) => project.has(join(from, inside) + ending)),
  );
  return { from: root ?? rootDir(project) ?? 'src', to: folder, bundled: false };
}

function rootDir(project: Project): string | undefined {
  for (const file of ['tsconfig.build.json', 'tsconfig.json']) {
    const found = project.has(file) && textAt(readJson(project, file).value, 'compilerOptions', 'rootDir');
    if (typeof found === 'string') return join(found);
  }
  return undefined;
}

/** Where a path of the sources is in the output; `undefined` for one that is in none. */
export function inOutput({ from, to }: OutputMap, path: string): string | undefined {
  if (from === '') return join(to, path);
  return path === from || path.startsWith(`${from}/`) ? join(to, path.slice(from.length)) : undefined;
}

/** The folder that a source's own code runs in. */
export function folderOfOutput(map: OutputMap, file: string): string {
  if (map.bundled) return map.to;
  const made = inOutput(map, file);
  return made === undefined ? join(file, '..') : join(made, '..');
}

/** What copies files into the output, in a script or in settings of the compiler. */
const copiers = /\b(?:cp|cpx2?|cpy|copyfiles|copy|ncp|rsync|xcopy|robocopy|copy-files-from-to|tscp|typescript-cp)\b/;

/** Whether the build itself copies a file of the sources: it names the file, or a folder above it. */
export function isCopied(project: Project, manifest: PackageJson, build: Build | undefined, path: string): boolean {
  const script = build?.script ? wholeText(manifest, build.script) : '';
  const hooks = ['pre', 'post'].map((name) => manifest.scripts.get(name + (build?.script?.name ?? ''))?.text ?? '');
  const text = [script, ...hooks].join(' ; ');
  const settings = [
    'nest-cli.json',
    'tsup.config.ts',
    'tsdown.config.ts',
    'webpack.config.js',
    'esbuild.config.js',
    'build.js',
  ];
  const configured = settings.filter((file) => project.has(file)).map((file) => project.text(file) ?? '');
  const names = [path, ...foldersAbove(path)].filter((name) => name !== '' && name !== 'src');
  const ending = /\.\w+$/.exec(path)?.[0] ?? path;
  return (
    (copiers.test(text) && [...names, `*${ending}`].some((name) => text.includes(name))) ||
    configured.some(
      (config) => /\bassets\b|\bcopy\b|CopyPlugin|cpSync|publicDir/i.test(config) && mentionsAny(config, path, ending),
    )
  );
}

const mentionsAny = (config: string, path: string, ending: string): boolean => {
  const name = path.split('/').at(-2) ?? '';
  return config.includes(`*${ending}`) || config.includes('**/*"') || (name !== '' && config.includes(name));
};
