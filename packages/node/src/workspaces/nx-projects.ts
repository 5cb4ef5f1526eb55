import { at, itemsOf, join, type Place, type Project, readJson, textAt, type Value } from '@msb/core';

/** Folders of what Nx runs tasks of (https://nx.dev/docs/reference/project-configuration), but for tests of others. */
const applications = (root: Project): readonly string[] =>
  ['apps', 'packages', 'services', '']
    .flatMap((above) => root.list(above).map((name) => join(above, name)))
    .filter((folder) => root.has(`${folder}/project.json`) && !folder.endsWith('-e2e'));

/** What project.json says. */
export const settings = (root: Project, folder: string): Value => readJson(root, join(folder, 'project.json')).value;

const isLibrary = (value: Value): boolean => textAt(value, 'projectType') === 'library';

/** Folders of applications that Nx builds. */
export const builtIn = (root: Project): readonly string[] =>
  root.has('nx.json')
    ? applications(root).filter((folder) => {
        const value = settings(root, folder);
        return !isLibrary(value) && at(value, 'targets', 'build') !== undefined;
      })
    : [];

/** Whether the root only has the dependencies of applications that lie in folders of their own. Throws `broken-file`. */
export const onlyHolds = (root: Project): boolean => !root.has('project.json') && builtIn(root).length > 0;

/** A program of an Nx workspace whose root has the dependencies of all that is in it. */
export interface NxProgram {
  readonly name: string;
  /** Its folder; `''` where it is the only one, in the root itself. */
  readonly folder: string;
  /** The file that its build makes, relative to the root. */
  readonly entry: string;
  readonly place: Place;
}

/** What Nx itself starts with node: https://nx.dev/docs/technologies/node/executors, before version 16 as @nrwl. */
const startsNode = /^@(?:nx|nrwl)\/(?:js|node):(?:node|execute)$/;

function programAt(root: Project, folder: string): NxProgram | undefined {
  const file = join(folder, 'project.json');
  if (!root.has(file)) return undefined;
  const value = settings(root, folder);
  const build = at(value, 'targets', 'build');
  const output = textAt(build, 'options', 'outputPath');
  const serves = ['serve', 'dev'].some((task) => startsNode.test(textAt(value, 'targets', task, 'executor') ?? ''));
  if (output === undefined || !serves || output.includes('{')) return undefined;
  const name = textAt(value, 'name') ?? folder.split('/').at(-1) ?? '';
  return { name, folder, entry: join(output, fileOf(build)), place: { file } };
}

/** webpack names its output itself; esbuild calls CommonJS `.cjs`, unless it is told otherwise. */
function fileOf(build: Value): string {
  const options = at(build, 'options');
  const named = textAt(options, 'outputFileName');
  if (named !== undefined) return named;
  const executor = textAt(build, 'executor') ?? '';
  if (!executor.endsWith(':esbuild')) return 'main.js';
  const base = (textAt(options, 'main') ?? 'main.ts')
    .split('/')
    .at(-1)
    ?.replace(/\.[cm]?tsx?$/, '');
  const formats = itemsOf(at(options, 'format'));
  const ending = formats.length === 1 && formats[0] === 'cjs' ? '.cjs' : '.js';
  return `${base}${textAt(options, 'esbuildOptions', 'outExtension', '.js') ?? ending}`;
}

/** The programs of a workspace; none of anything else. Throws `broken-file`. */
export const programsOf = (root: Project): readonly NxProgram[] =>
  root.has('nx.json') ? ['', ...applications(root)].flatMap((folder) => programAt(root, folder) ?? []) : [];

/** Sources of one program of a workspace, without those of its other applications. */
export function withoutOthers(root: Project, files: readonly string[], entry: string): readonly string[] {
  const chosen = programsOf(root).find((program) => program.entry === entry);
  if (chosen === undefined || chosen.folder === '') return files;
  const others = applications(root).filter((folder) => folder !== chosen.folder && !isLibrary(settings(root, folder)));
  return files.filter((file) => !others.some((folder) => file.startsWith(`${folder}/`)));
}
