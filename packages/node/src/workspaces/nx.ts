import {
  at,
  itemsOf,
  join,
  MsbError,
  type Note,
  type Place,
  type Project,
  readJson,
  textAt,
  type Value,
} from '@msb/core';
import type { Build } from '../build.ts';
import { dependsOn, type PackageJson } from '../package-json.ts';
import { productionScripts } from '../start/names.ts';

/** A program of an Nx workspace whose root has the dependencies of all that is in it. */
export interface NxProgram {
  readonly name: string;
  /** Its folder; `''` where it is the only one, in the root itself. */
  readonly folder: string;
  /** The file that its build makes, relative to the root. */
  readonly entry: string;
  readonly place: Place;
}

/** How an application of such a workspace is built and started. */
export interface NxChoice {
  readonly build: Build;
  readonly start: string;
  readonly notes: readonly Note[];
}

/** Folders of what Nx runs tasks of (https://nx.dev/docs/reference/project-configuration), but for tests of others. */
const applications = (root: Project): readonly string[] =>
  ['apps', 'packages', 'services', '']
    .flatMap((above) => root.list(above).map((name) => join(above, name)))
    .filter((folder) => root.has(`${folder}/project.json`) && !folder.endsWith('-e2e'));

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
const programsOf = (root: Project): readonly NxProgram[] =>
  root.has('nx.json') ? ['', ...applications(root)].flatMap((folder) => programAt(root, folder) ?? []) : [];

/**
 * The program that an image is for, where nothing but Nx starts it: the one that `given` names by the file of its build,
 * else the only one. Throws `broken-file`.
 */
export function nxProgram(project: Project, manifest: PackageJson, given: string | undefined): NxChoice | undefined {
  if (!project.has('nx.json') || !dependsOn(manifest, 'nx')) return undefined;
  const programs = programsOf(project);
  const scripts = productionScripts.flatMap((name) => manifest.scripts.get(name)?.text ?? []);
  const [only, second] = programs;
  const named = programs.find(({ entry }) => given?.split(/\s+/).some((word) => join(word) === entry));
  const alone = given === undefined && second === undefined && scripts.every((text) => /\bnx\s/.test(text));
  const chosen = named ?? (alone ? only : undefined);
  if (chosen === undefined) return undefined;
  const others = alone ? builtIn(project).filter((folder) => folder !== chosen.folder) : [];
  return {
    build: buildOf(chosen),
    start: given ?? `node ${chosen.entry}`,
    notes: others.length > 0 ? [left(chosen, others)] : [],
  };
}

const left = ({ name, place }: NxProgram, others: readonly string[]): Note => ({
  message: `The image is for ${name}, the only program that Nx runs with node, and not for ${others.join(', ')}`,
  hint: 'For another, say how it is built, and what starts or sends the result: --build <script> --start <command>.',
  place,
});

/** No process of Nx stays behind a build, and none of its servers is asked. */
const buildOf = ({ name, place }: NxProgram): Build => ({
  name: `nx build ${name}`,
  script: undefined,
  command: `NX_DAEMON=false NX_NO_CLOUD=true npx nx build ${taskName(name, place)}`,
  place,
});

/** A name that means nothing to a shell. */
function taskName(name: string, place: Place): string {
  if (/^[\w@][\w@./-]*$/.test(name)) return name;
  throw new MsbError('unsupported', `${JSON.stringify(name)} can't be named on a command line`, 'Rename it.', place);
}

/** Sources of one program of a workspace, without those of its other applications. */
export function withoutOthers(root: Project, files: readonly string[], entry: string): readonly string[] {
  const chosen = programsOf(root).find((program) => program.entry === entry);
  if (chosen === undefined || chosen.folder === '') return files;
  const others = applications(root).filter((folder) => folder !== chosen.folder && !isLibrary(settings(root, folder)));
  return files.filter((file) => !others.some((folder) => file.startsWith(`${folder}/`)));
}

const settings = (root: Project, folder: string): Value => readJson(root, join(folder, 'project.json')).value;

const isLibrary = (value: Value): boolean => textAt(value, 'projectType') === 'library';

/** Folders of applications that Nx builds. */
const builtIn = (root: Project): readonly string[] =>
  root.has('nx.json')
    ? applications(root).filter((folder) => {
        const value = settings(root, folder);
        return !isLibrary(value) && at(value, 'targets', 'build') !== undefined;
      })
    : [];

/** Whether the root only has the dependencies of applications that lie in folders of their own. Throws `broken-file`. */
export const onlyHolds = (root: Project): boolean => !root.has('project.json') && builtIn(root).length > 0;

/**
 * Why nothing is found to start in an Nx workspace whose root has the dependencies of its applications; `undefined` for
 * anything else. Throws `broken-file`.
 */
export function integratedNx(root: Project): MsbError | undefined {
  const folders = builtIn(root);
  const [first] = folders;
  if (first === undefined) return undefined;
  const programs = programsOf(root);
  const about = `It is an Nx workspace whose root has the dependencies of its applications (${folders.join(', ')}), none of which it says to start`;
  if (programs.length > 0) {
    const starts = programs.map(({ entry }) => `--start "node ${entry}"`).join(', or ');
    return new MsbError('no-entry-point', about, `Name one: ${starts}.`, programs[0]?.place);
  }
  const value = settings(root, first);
  const name = textAt(value, 'name') ?? first.split('/').at(-1);
  const told = textAt(value, 'targets', 'build', 'options', 'outputPath') ?? '{';
  const output = told.includes('{') ? `dist/${first}` : told;
  return new MsbError(
    'no-entry-point',
    about,
    `Add a script to the root that builds one, "build:${name}": "nx build ${name}", and name what that makes: --build build:${name} --start "node ${join(output)}/main.js".`,
    { file: `${first}/project.json` },
  );
}
