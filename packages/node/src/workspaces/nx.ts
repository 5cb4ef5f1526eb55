import { join, MsbError, type Note, type Place, type Project, shellWord, textAt } from '@msb/core';
import type { Build } from '../build.ts';
import { dependsOn, type PackageJson } from '../package-json.ts';
import { productionScripts } from '../start/names.ts';
import { builtIn, type NxProgram, programsOf, settings } from './nx-projects.ts';

/** How an application of such a workspace is built and started. */
export interface NxChoice {
  readonly build: Build;
  readonly start: string;
  readonly notes: readonly Note[];
}

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
    start: given ?? `node ${shellWord(chosen.entry, 'The file that Nx builds')}`,
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
