import { foldersAbove, join, type Project, type Write } from '@msb/core';
import type { Build } from '../build.ts';
import { withoutComments } from '../frameworks/config.ts';
import { type PackageJson, wholeText } from '../package-json.ts';
import { constantsIn, expressionAt, pathIn } from './expressions.ts';
import { folderOfOutput, type OutputMap } from './outputs.ts';
import type { FileRead } from './reads.ts';

/** Calls that send the files of a folder: its path follows. */
const sends = [
  // https://expressjs.com/en/starter/static-files.html, serve-static
  /\b(?:express\.static|serveStatic|serve_static)\(/g,
  // https://docs.nestjs.com/techniques/mvc
  /\buseStaticAssets\(/g,
  // https://github.com/fastify/fastify-static#usage
  /\b(?:fastifyStatic|require\(['"](?:@fastify\/static|fastify-static)['"]\)|import\(['"]@fastify\/static['"]\))\s*,\s*\{[^{}]*?\broot\s*:/g,
];

/** Folders that builds write, by the names that tools give them. */
const outputs = /(?:^|\/)(?:dist|build|out|output|_site|\.output|\.next)(?:\/|$)/;

/** What decides whether something makes a folder. */
export interface Making {
  readonly project: Project;
  readonly manifest: PackageJson;
  readonly build: Build | undefined;
  readonly writes: readonly Write[];
}

/**
 * Folders that a program sends from and that are not in the repository: `made` where the build, or that of a front end
 * next to it, makes them. One that the program writes itself is left out, and so is one that it asks for first.
 */
export function servedFolders(
  making: Making,
  files: readonly string[],
  map: OutputMap | undefined,
): readonly FileRead[] {
  const found = new Map<string, FileRead>();
  for (const file of files) {
    const source = making.project.text(file);
    if (source === undefined || source.length > 512 * 1024 || !/static/i.test(source)) continue;
    const text = withoutComments(source);
    if (/\b(?:exists|access)(?:Sync)?\(/.test(text)) continue;
    const constants = constantsIn(text);
    for (const match of sends.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const expression = expressionAt(text, match.index + match[0].length);
      const where = isPlain(expression, constants) ? placeOf(expression, constants, file, map) : undefined;
      if (where === undefined || isThere(making, where)) continue;
      const line = text.slice(0, match.index).split('\n').length;
      const made = isMade(making, where.path);
      found.set(where.path, { ...where, place: { file, line }, sure: true, ...(made && { made }) });
    }
  }
  return [...found.values()];
}

/** Whether an expression has nothing in it that only a run could tell: a variable, an argument, a choice. */
function isPlain(expression: string, constants: ReadonlyMap<string, string>): boolean {
  const names = expression.replace(/(['"`])(?:(?!\1)[^\n])*\1/g, '').match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
  const known = /^(?:path|join|resolve|process|import|__dirname|fileURLToPath|URL|new|normalize)$/i;
  return (
    !/\?|\|\||\$\{(?!__dirname|process\.cwd|import\.meta)|\bprocess\.(?:env|argv)\b/.test(expression) &&
    names.every((name) => known.test(name) || (constants.has(name) && isPlain(constants.get(name) ?? '', constants)))
  );
}

interface Where {
  readonly path: string;
  readonly at: string;
}

function placeOf(
  expression: string,
  constants: ReadonlyMap<string, string>,
  file: string,
  map: OutputMap | undefined,
): Where | undefined {
  const named = pathIn(expression, constants);
  if (named === undefined || !/^[\w./@-]+$/.test(named.text)) return undefined;
  if (named.base === 'cwd') {
    const path = join(named.text);
    return named.text.startsWith('/') || path === '' ? undefined : { path, at: path };
  }
  const path = join(file, '..', named.text);
  const at = map === undefined ? path : join(folderOfOutput(map, file), named.text);
  return path === '' || at === '' ? undefined : { path, at };
}

/** Whether the folder is in the repository, from the sources or from the output, or the program writes it. */
function isThere({ project, writes }: Making, { path, at }: Where): boolean {
  const inContext = (there: string): boolean => !project.inContext(there).startsWith('..');
  if (!inContext(path) || !inContext(at)) return true;
  const written = writes.some(
    (write) => `${write.path}/`.startsWith(`${at}/`) || `${at}/`.startsWith(`${write.path}/`),
  );
  return written || project.exists(path) || project.exists(at);
}

/** Whether a script or a configuration of the project, or the package that a folder is in, makes it. */
function isMade({ project, manifest, build }: Making, path: string): boolean {
  const folders = foldersAbove(path).filter((folder) => folder !== '');
  const frontEnd = folders.find((folder) => project.has(join(folder, 'package.json')));
  const hooks = ['postinstall', 'prepare', 'install', 'prebuild', 'postbuild'];
  const text = [
    build?.script ? wholeText(manifest, build.script) : (build?.command ?? ''),
    ...hooks.map((name) => manifest.scripts.get(name)?.text ?? ''),
  ].join(' ; ');
  const named = (name: string): boolean =>
    name !== '' && new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(text);
  if (frontEnd !== undefined) {
    const all = /\b(?:turbo|nx|lerna|workspaces?|pnpm -r|--recursive)\b/.test(text);
    return path.startsWith('..') || all || named(last(frontEnd));
  }
  if (build === undefined && !hooks.some((name) => manifest.scripts.has(name))) return false;
  const configs = project
    .list()
    .filter((name) => /\.config\.[cm]?[jt]s$|^(?:angular\.json|gulpfile\.[cm]?js)$/.test(name));
  return outputs.test(path) || named(last(path)) || configs.some((file) => project.text(file)?.includes(last(path)));
}

const last = (path: string): string => path.split('/').at(-1) ?? '';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
