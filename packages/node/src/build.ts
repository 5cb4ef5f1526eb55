import { MsbError, type Note, type Place, type Project, readJson, shellWord, textAt } from '@msb/core';
import { databaseNote, onlyConnects, withoutDatabase } from './codegen/connects.ts';
import { type PackageJson, type Script, wholeText } from './package-json.ts';
import { readCommand } from './start/command.ts';
import { productionScripts, startScripts } from './start/names.ts';
import { compileCommand } from './start/typescript.ts';
import { shellSteps } from './start/words.ts';

/** How the project is built. */
export interface Build {
  /** As a fact: the script's name, or the tool. */
  readonly name: string;
  /** The script, unless a tool is called directly. */
  readonly script: Script | undefined;
  /** The command to run in place of the script, or where there is none. */
  readonly command: string | undefined;
  readonly place: Place;
  readonly notes?: readonly Note[];
}

/** Scripts that build, by the names that people and platforms give them. */
const names = ['build', 'build:prod', 'build:production', 'compile', 'heroku-postbuild', 'gcp-build'];

/** Scripts that a project made for its image, which then are about nothing else. */
const ofImages = ['build:docker', 'build-docker', 'docker:build', 'docker-build', 'build:container'];

/** What starts an engine, which a build of an image has not. */
const startsEngine = /\b(?:docker|podman|buildah|nerdctl)(?:-compose)?\s+(?:build|buildx|compose|run|push|up|tag)\b/;

/** Scripts that build nothing which an image could use. */
const noBuild = /^(docker|podman|echo|exit|true|eslint|pkg|electron-builder)\b|^tsc\b.*--noEmit\b/;

/** Tools that make JavaScript or style sheets; before a start command they are the build. */
const compilers = new Set(
  'tsc swc tsup esbuild babel rollup webpack vite tsdown ncc sass lessc postcss tailwindcss'.split(' '),
);

/**
 * Finds what builds the project: the script that `given` names (`none` for none), else one with a usual name, else a
 * compiler in front of the start command, else TypeScript itself. `undefined` when it runs as it is. Throws
 * `bad-option` for a script that does not exist.
 */
export function findBuild(project: Project, manifest: PackageJson, given: string | undefined): Build | undefined {
  if (given === 'none') return undefined;
  if (given !== undefined) return ofScript(named(manifest, given));
  const forImage = ofImages
    .flatMap((name) => manifest.scripts.get(name) ?? [])
    .find((found) => !noBuild.test(found.text) && !startsEngine.test(wholeText(manifest, found)));
  const usual = usualScripts(manifest).find((found) => !noBuild.test(found.text) && !onlyConnects(manifest, found));
  const script = forImage ?? usual;
  return script
    ? offline(manifest, script)
    : (ofPart(manifest) ?? beforeStart(manifest) ?? typeScript(project, manifest) ?? onTheFly(project, manifest));
}

const usualScripts = ({ scripts }: PackageJson): readonly Script[] => names.flatMap((name) => scripts.get(name) ?? []);

/** What to tell of a script with the name of a build that only prepares a database: it is left out. */
export function leftOutNotes(manifest: PackageJson, build: Build | undefined): readonly Note[] {
  const [script] = usualScripts(manifest).filter((found) => onlyConnects(manifest, found));
  return script === undefined || build?.script === script ? [] : [databaseNote({ left: [script.text] }, script)];
}

/** `"build:frontend": "vite build"`, where it is all that is built: what a program sends, which itself runs as it is. */
function ofPart({ scripts }: PackageJson): Build | undefined {
  const parts = [...scripts.values()].filter(
    ({ name, text }) =>
      /^build[:-](?!docs?$|storybook|examples?$|demo$|types?$|lib$|analyze)/.test(name) &&
      shellSteps(text).steps.some(([program = '']) => compilers.has(program)),
  );
  const [only, second] = parts;
  return only !== undefined && second === undefined ? ofScript(only) : undefined;
}

/** A script without what only a platform with a database could run. */
function offline(manifest: PackageJson, script: Script): Build {
  const rest = withoutDatabase(manifest, script);
  const build = ofScript(script);
  return rest ? { ...build, command: rest.command, notes: [databaseNote(rest, script)] } : build;
}

const ofScript = (script: Script): Build => ({ name: script.name, script, command: undefined, place: script.place });

function named(manifest: PackageJson, name: string): Script {
  const script = manifest.scripts.get(name);
  if (script) return script;
  throw new MsbError(
    'bad-option',
    `--build ${JSON.stringify(name)} is no script of package.json`,
    `Its scripts are ${[...manifest.scripts.keys()].join(', ') || 'none'}; --build none is for no build.`,
    manifest.place('scripts'),
  );
}

/** `"start": "ts-node src/main.ts"`: a start for developers, so that another script is the one for production. */
const onTheFlyStart = /\b(?:ts-node|ts-node-dev|nodemon|nest start|tsx)\b/;

/** `"prestart": "tsc"`, or `"start": "tsc && node dist/server.js"`, or a script that compiles in its place. */
function beforeStart(manifest: PackageJson): Build | undefined {
  const compiles = (words: readonly string[]): boolean => compilers.has(words[0] ?? '');
  const start = manifest.scripts.get('start');
  const started = start && !onTheFlyStart.test(start.text) ? ['start'] : productionScripts;
  const prestart = started
    .flatMap((name) => manifest.scripts.get(`pre${name}`) ?? [])
    .find(({ text }) => shellSteps(text).steps.some(compiles));
  if (prestart) return ofScript(prestart);
  const before = shellSteps(start?.text ?? '').steps.slice(0, -1);
  const script = before
    .flatMap((step) => scriptOf(manifest, step) ?? [])
    .find(({ text }) => shellSteps(text).steps.every(compiles));
  if (script) return ofScript(script);
  const words = before.find(compiles);
  if (!start || words === undefined) return undefined;
  const command = `npx ${words.map((word) => shellWord(word, 'The build command')).join(' ')}`;
  return { name: words[0] ?? '', script: undefined, command, place: start.place };
}

/** The script that a step runs: `npm run scss`. */
function scriptOf({ scripts }: PackageJson, words: readonly string[]): Script | undefined {
  const command = readCommand(words);
  return command.kind === 'script' ? scripts.get(command.name) : undefined;
}

/** TypeScript with an `outDir`, and nothing that says how to start it but what would come out. */
function typeScript(project: Project, manifest: PackageJson): Build | undefined {
  const outDir = outputFolder(project);
  const start = manifest.scripts.get('start')?.text ?? textAt(manifest.json.value, 'main') ?? '';
  if (outDir === undefined || !manifest.development.has('typescript') || !start.includes(`${outDir}/`))
    return undefined;
  return { name: 'tsc', script: undefined, command: 'npx tsc', place: { file: 'tsconfig.json' } };
}

/** TypeScript that nothing but a runner such as tsx starts, and that its own compiler can build. */
function onTheFly(project: Project, manifest: PackageJson): Build | undefined {
  const scripts = startScripts.flatMap((name) => manifest.scripts.get(name) ?? []);
  for (const { text, place } of scripts) {
    const command = readCommand(shellSteps(text).steps.at(-1) ?? []);
    if (command.kind !== 'typescript') return undefined;
    const compile = compileCommand({ project, manifest }, command.run);
    if (compile !== undefined) return { name: 'tsc', script: undefined, command: compile, place };
  }
  return undefined;
}

/** `outDir` of tsconfig.json, when it lies inside the project: `./dist/` → `dist`. Throws `broken-file`. */
export function outputFolder(project: Project): string | undefined {
  for (const file of ['tsconfig.build.json', 'tsconfig.json']) {
    if (!project.has(file)) continue;
    const outDir = textAt(readJson(project, file).value, 'compilerOptions', 'outDir');
    const folder = outDir?.replace(/^\.\//, '').split('/')[0];
    if (folder !== undefined && !['', '.', '..'].includes(folder)) return folder;
  }
  return undefined;
}

/** Files that decide on what a compiler writes beside JavaScript. */
const settings = [
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.base.json',
  'tsconfig.prod.json',
  'tsup.config.ts',
  'tsdown.config.ts',
];

/**
 * Whether the build leaves source maps, declarations or notes to itself beside its output, which nothing reads when the
 * program runs. A configuration of a package may ask for them, too.
 */
export function leavesExtras(project: Project, build: Build | undefined): boolean {
  const text = build?.script?.text ?? build?.command ?? '';
  const asked =
    /"?\b(?:sourceMap|sourcemap|declaration|declarationMap|dts|composite|incremental)\b"?\s*:\s*(?!false\b)\S/;
  return (
    /--(?:source-?map|sourcemap|dts|declaration)\b/i.test(text) ||
    project.search(settings, [asked, /"extends"\s*:\s*\[?\s*"(?:[^.]|\.\.\/)/]) !== undefined
  );
}
