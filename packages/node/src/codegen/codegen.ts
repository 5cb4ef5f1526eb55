import { at, foldersAbove, keysOf, type Note, type Project } from '@msb/core';
import type { InstallStep } from '../lifecycle.ts';
import { dependsOn, type PackageJson, type Script, wholeText } from '../package-json.ts';
import { programSources } from '../service/sources.ts';
import { frameworkTypes, type Generator, generators, typeCheckers } from './generators.ts';
import { type MissingImport, missingImports } from './missing.ts';

/** What generates code before the build, and what to tell of it. */
export interface Codegen {
  readonly steps: readonly InstallStep[];
  readonly notes: readonly Note[];
}

const endings = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map((ending) => `.${ending}`);

/** Names of folders that say little: nearly every path has one of them in it. */
const common = /^(?:\.|src|app|lib|server|client|packages|apps|source|web)$/;

/** Names of what tools write, which nobody writes by hand. */
const generated = /generated|\.gen\b|(^|\/)(?:gen|gql|proto|paraglide|styled-system|\.velite|\.source)(\/|$)|_pb\b/i;

/** Names of scripts that generate code, and what goes on running. */
const generates = /(?:^|[:_-])(?:code)?gen(?:erate)?(?:$|[:_-])|proto|openapi|graphql/i;
const stays = /\b(?:nodemon|serve|dev|start|ts-node-dev)\b/;

/** Finds what a clean checkout has to generate. `ran` are the texts of all scripts that the build runs by itself, `made` folders that others write. */
export function codegen(
  project: Project,
  manifest: PackageJson,
  build: Script | undefined,
  ran: readonly string[],
  made: readonly string[] = [],
): Codegen {
  const text = ran.join(' ; ');
  const types = typesFirst(manifest, build, text);
  const missing = missingImports(project, ownSources(project)).filter(
    ({ path }) => !made.some((folder) => path === folder || path.startsWith(`${folder}/`)),
  );
  const steps = new Map<string, InstallStep>();
  const notes: Note[] = [];
  for (const lost of missing) {
    const step = stepFor(project, manifest, lost, text);
    if (step === 'runs') continue;
    if (step !== undefined) {
      if (!steps.has(step.name)) notes.push(...added(project, lost, step));
      steps.set(step.name, step);
    } else if (generated.test(lost.path)) notes.push(unmade(lost));
  }
  return { steps: [...types, ...steps.values()], notes: notes.slice(0, 3) };
}

/** Sources of this package, without those of packages in folders of it. */
function ownSources(project: Project): readonly string[] {
  const nested = project
    .sources()
    .filter((file) => /\/package\.json$/.test(file))
    .map((file) => file.replace(/package\.json$/, ''));
  const more = project.sources().filter((file) => /\.(?:vue|svelte|astro)$/.test(file));
  return [...programSources(project), ...more].filter((file) => !nested.some((folder) => file.startsWith(folder)));
}

/** `tsc && vite build`: the checker comes before the framework, whose types it reads. */
function typesFirst(manifest: PackageJson, build: Script | undefined, text: string): readonly InstallStep[] {
  if (build === undefined || !typeCheckers.test(text)) return [];
  return frameworkTypes
    .filter((row) => dependsOn(manifest, row.package) && !row.runs.test(text))
    .map(({ command }) => ({ name: command, text: command, place: build.place, command }));
}

/** What makes a missing file; `runs` where the build does so already, or a plugin of its bundler. */
function stepFor(
  project: Project,
  manifest: PackageJson,
  lost: MissingImport,
  ran: string,
): InstallStep | 'runs' | undefined {
  for (const tool of generators.filter((row) => dependsOn(manifest, row.package))) {
    const config = configOf(project, tool);
    const settings = config === undefined ? '' : (project.text(config) ?? '');
    const script = scriptWith(manifest, (text) => tool.runs.test(text));
    const where = `${settings}\n${script ? wholeText(manifest, script) : ''}\n${packageSettings(manifest)}`;
    if (!tool.usual?.test(lost.path) && !mentions(where, lost.path)) continue;
    if (tool.runs.test(ran)) return 'runs';
    if (script !== undefined) return script;
    if (config === undefined || tool.command === undefined) continue;
    return { name: tool.command, text: tool.command, place: { file: config }, command: tool.command };
  }
  if (mentions(ran, lost.path)) return 'runs';
  return scriptWith(manifest, (text, name) => mentions(text, lost.path) && generates.test(name) && !stays.test(text));
}

/** The script that a tool is started with; one that watches would never end. */
function scriptWith(manifest: PackageJson, fits: (text: string, name: string) => boolean): Script | undefined {
  const candidates = [...manifest.scripts.values()].filter(
    ({ text, name }) => fits(text, name) && !/--watch\b|\s-w\b|\bwatch\b/.test(`${name} ${text}`),
  );
  return candidates.find(({ name }) => !/^(?:dev|start|test|lint|build)\b/.test(name));
}

const configOf = (project: Project, { configs }: Generator): string | undefined =>
  configs.flatMap((name) => [name, ...endings.map((ending) => name + ending)]).find((file) => project.has(file));

/** Settings that tools keep in package.json. */
const packageSettings = ({ json }: PackageJson): string =>
  ['codegen', 'graphql', 'relay']
    .filter((name) => keysOf(json.value).includes(name))
    .map((name) => JSON.stringify(at(json.value, name)))
    .join('\n');

/** Whether a text names a path, or a folder above it that is not just `src`. */
function mentions(text: string, path: string): boolean {
  const above = [path, ...foldersAbove(path)].filter((folder) => folder !== '' && !common.test(folder));
  return above.some((folder) => {
    const at = text.indexOf(folder);
    return at >= 0 && !/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + folder.length));
  });
}

function added(
  project: Project,
  { path, place }: MissingImport,
  { name, command, text }: InstallStep,
): readonly Note[] {
  const run = command ?? `the script ${name}`;
  const far = [...generators].find(({ runs }) => runs.test(text));
  const config = far && configOf(project, far);
  const connects = /https?:\/\/(?!localhost|json-schema|schema)[\w.-]+/.exec(
    `${text} ${config ? project.text(config) : ''}`,
  );
  return [
    {
      message: `${path} is not in the repository, so the image runs ${run} before the build`,
      hint: connects ? `It asks ${connects[0]} while the image is built.` : 'Nothing to do, if that is what makes it.',
      place,
    },
  ];
}

const unmade = ({ path, place }: MissingImport): Note => ({
  message: `${path} is not in the repository, and no script of the build is known to make it`,
  hint: 'Commit it, or let the script build make it.',
  place,
});
