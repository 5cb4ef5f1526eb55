import { ignoreMatcher, join, type Project } from '@msb/core';
import { outputFolder } from './build.ts';
import type { Made } from './frameworks/framework.ts';
import type { FileRead } from './reads/reads.ts';
import { type Copy, isInside, readFiles } from './reads/shipping.ts';
import type { Start } from './start/start.ts';

/** What of the project lands in the image, beside package.json and node_modules. */
export type Shipped =
  /** The sources, as they are in the build context. */
  | { readonly kind: 'sources' }
  /** The folder that the build makes (`extras` are among its files), and folders that the program reads when it runs. */
  | {
      readonly kind: 'output';
      readonly folder: string;
      readonly assets: readonly string[];
      /** Files of the sources that no compiler copies, where the program looks for them. */
      readonly copies?: readonly Copy[];
      readonly extras?: boolean;
    }
  /** Everything, since the build writes among the sources. */
  | { readonly kind: 'tree' }
  /** What the build of a framework makes. */
  | { readonly kind: 'made'; readonly made: Made };

/** Folders that builds write, whatever made them. */
const usualOutputs = new Set(['dist', 'build', 'out', 'output']);

/** Folders that a program reads when it runs, and that no compiler copies. */
const runtimeFolders =
  'assets config db emails email i18n locales migrations proto public resources static templates views'.split(' ');

/**
 * Decides what ships. `built` tells whether the project is built at all, `extras` whether debuggers get something;
 * `reads` are files that the program names, `generated` folders of code that no compiler copies; `isCopied` tells which
 * files of the sources the build copies itself.
 */
export function shippedFiles(
  project: Project,
  built: boolean,
  start: Start,
  extras = false,
  reads: readonly FileRead[] = [],
  generated: readonly string[] = [],
  isCopied: (path: string) => boolean = () => false,
): Shipped {
  if (!built) return { kind: 'sources' };
  const entry = entryOf(start);
  const folder = join(entry).split('/')[0] ?? '';
  const inside = entry.includes('/') || !project.has(`${folder}.js`);
  if (!inside || !isOutput(project, folder)) return { kind: 'tree' };
  const read = runtimeFolders.filter((name) => name !== folder && hasAssets(project, name));
  const before = [...new Set([...read, ...neededBefore(project, start), ...generated])];
  const { assets, copies } = readFiles(project, reads, folder, isCopied);
  const apart = assets.filter((path) => !isInside(path, [...before, folder]));
  return {
    kind: 'output',
    folder,
    assets: [...before, ...apart],
    ...(copies.length > 0 && { copies }),
    ...(extras && { extras }),
  };
}

/** `fastify start dist/app.js`: a program of a dependency is told what to run. */
export const entryOf = ({ fromDependency, args, entry }: Start): string =>
  fromDependency ? (args.find((arg) => /\/.*\.[cm]?js$/.test(arg)) ?? '') : entry;

/** Files of tools that prepare a database, by a word in the command that runs them. */
const toolFiles: Readonly<Record<string, readonly string[]>> = {
  prisma: ['prisma', 'prisma.config.ts'],
  knex: ['knexfile.js', 'knexfile.cjs', 'knexfile.mjs', 'migrations'],
  'sequelize-cli': ['.sequelizerc', 'config', 'migrations', 'models'],
  'drizzle-kit': ['drizzle.config.ts', 'drizzle'],
  'node-pg-migrate': ['migrations'],
};

/** What the commands in front of the program read: files that they name, and those of their tools. */
function neededBefore(project: Project, { shell }: Start): readonly string[] {
  const words = (shell?.before ?? []).flatMap((line) => line.split(/[\s"']+/));
  const named = words.filter((word) => /^(?!node_modules\/)[\w./-]+$/.test(word)).map((word) => join(word));
  const known = Object.entries(toolFiles).flatMap(([tool, files]) =>
    words.some((word) => word.endsWith(`/${tool}`)) ? files : [],
  );
  return [...named, ...known].filter((path) => path !== '' && !path.startsWith('..') && project.exists(path));
}

/** A folder of the build's own: nobody writes TypeScript in it. It may be there already, from a build on this machine. */
export function isOutput(project: Project, folder: string): boolean {
  if (folder === '' || /[.]\w+$/.test(folder)) return false;
  const named = folder === outputFolder(project) || usualOutputs.has(folder);
  const handwritten = project
    .sources()
    .some((file) => file.startsWith(`${folder}/`) && (!named || /(?<!\.d)\.[cm]?tsx?$/.test(file)));
  return (named || !project.exists(folder)) && !handwritten;
}

const hasAssets = (project: Project, folder: string): boolean =>
  project.sources().some((file) => file.startsWith(`${folder}/`) && !/\.[cm]?tsx?$/.test(file));

/** Patterns for what is among the sources but of no use when the program runs. */
const unused: readonly string[] = [
  '**/*.test.*',
  '**/*.spec.*',
  '**/__tests__',
  '**/__mocks__',
  'test',
  'tests',
  'e2e',
  '.husky',
  '.editorconfig',
  '.eslintrc*',
  '.eslintignore',
  '.prettierrc*',
  '.prettierignore',
  '.lintstagedrc*',
  '.nvmrc',
  '.node-version',
  '.tool-versions',
  'biome.json*',
  'eslint.config.*',
  'jest.config.*',
  'prettier.config.*',
  'vitest.config.*',
];

/** The same, with a folder of prose; it stays where the program's own files are in it. */
export const unshipped: readonly string[] = [...unused, 'docs'];

/** Code and data of the program, which no pattern of .dockerignore may drop. */
export function neededFiles(project: Project): readonly string[] {
  const dropped = ignoreMatcher(unused.join('\n'));
  return project.sources().filter((file) => /(^|\/)[^./][^/]*\.([cm]?[jt]sx?|json)$/.test(file) && !dropped(file));
}
