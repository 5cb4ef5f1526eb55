import { type Fact, join, type Note, type Place, type Project } from '@msb/core';
import type { Missing } from './embeds.ts';
import { pinned } from './generators.ts';
import type { ModFile } from './modfile.ts';
import { neededGenerators } from './neededGenerators.ts';
import { folderOfImport, type GoPackage, importsOf, type ModuleFolders, moduleFiles, parentOf } from './packages.ts';
import { foreignTool, nothingThere } from './ungenerated.ts';

/** Files that have to be made before the compiler runs. */
export interface Generated {
  /** Packages, as `go generate` takes them, whose directives the build can run by itself. */
  readonly folders: readonly string[];
  /** Tools that those directives call by their names, and how Go installs them. */
  readonly installs: readonly string[];
  /** Generators that no directive calls, and how Go runs them. */
  readonly runs: readonly string[];
  /** What those make. */
  readonly paths: ReadonlySet<string>;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
}

/** A `//go:generate` line (https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source). */
interface Directive {
  readonly folder: string;
  readonly words: readonly string[];
  readonly place: Place;
}

function directives(project: Project): readonly Directive[] {
  return [...project.matches(moduleFiles(project), /^\/\/go:generate\s+(\S.*)$/)].map(({ file, line, match }) => ({
    folder: parentOf(file),
    words: (match[1] ?? '').match(/"[^"]*"|\S+/g) ?? [],
    place: { file, line },
  }));
}

/** Flags that name the file which a generator writes: those of stringer, mockgen, oapi-codegen and their like. */
const outputFlag = /^--?(?:o|out|output|dest|destination)(?:=(.+))?$/;

/** The Go file that a directive makes, where a flag names it. */
function outputOf({ folder, words }: Directive): string | undefined {
  for (const [index, word] of words.entries()) {
    const [flag, value = words[index + 1]] = outputFlag.exec(word) ?? [];
    if (flag !== undefined && value?.endsWith('.go')) return join(folder, value);
  }
  return undefined;
}

/**
 * What the toolchain alone needs to run a directive: nothing, where `go run` builds its tool or `go tool` runs one that
 * go.mod names; an installation of a tool whose version go.mod knows. `undefined` for what it can't run.
 */
function needsOf({ words: [command = '', verb, tool = ''] }: Directive, mod: ModFile): readonly string[] | undefined {
  if (command !== 'go') {
    const known = pinned(command, mod);
    return known && [known.install];
  }
  const named = verb === 'tool' && mod.tools.some((path) => path === tool || path.endsWith(`/${tool}`));
  return verb === 'run' || named ? [] : undefined;
}

const isRunnable = (directive: Directive, mod: ModFile): boolean => needsOf(directive, mod) !== undefined;

/** Packages of the project's own that are imported but have no Go file at all. */
function emptyPackages(project: Project, modules: ModuleFolders, packages: readonly GoPackage[]): readonly Missing[] {
  const files = packages.flatMap((item) => item.files);
  return importsOf(project, files).flatMap(({ path, file, line }) => {
    const folder = folderOfImport(modules, path);
    if (folder === undefined) return [];
    return project.list(folder).some((name) => name.endsWith('.go')) ? [] : [{ path: folder, place: { file, line } }];
  });
}

/**
 * Finds generated sources that are not in the project, and who makes them. What `go run` and `go tool` make is made in
 * the build, like what generators make whose version go.mod names; of others it is said how to run them. `unembedded`
 * are embedded files that are missing, and `mainFile` is that of the program.
 */
export function findGenerated(
  project: Project,
  mod: ModFile,
  modules: ModuleFolders,
  packages: readonly GoPackage[],
  unembedded: readonly Missing[],
  mainFile?: string,
): Generated {
  const empty = emptyPackages(project, modules, packages);
  const all = empty.length + unembedded.length > 0 || hasDirective(project, packages) ? directives(project) : [];
  const folders = new Set<string>();
  const installs = new Set<string>();
  const paths = new Set<string>();
  const facts: Fact[] = [];
  const notes: Note[] = [];
  const unknown: Missing[] = [];
  const own = new Set([...packages.map(({ folder }) => folder), ...empty.map(({ path }) => path)]);
  const files = all.flatMap((directive) => {
    const path = outputOf(directive);
    const absent = path !== undefined && own.has(parentOf(path)) && !project.has(path);
    return absent ? [{ path, place: directive.place, by: directive }] : [];
  });
  const clients = all.flatMap((directive) => {
    const path = join(directive.folder, 'client.go');
    const absent = isEnt(directive) && own.has(directive.folder) && !project.has(path);
    return absent ? [{ path, place: directive.place, by: directive }] : [];
  });
  const needed = neededGenerators(project, packages, empty, mainFile).filter(
    ({ path }) => !files.some((file) => file.path === path),
  );
  const covered = new Set([
    ...files.map(({ path }) => parentOf(path)),
    ...needed.flatMap(({ path }) => [path, parentOf(path)]),
  ]);
  const ofClients = (path: string): boolean => clients.some(({ by }) => path.startsWith(`${by.folder}/`));
  const rest = [...empty, ...unembedded].filter(({ path }) => !covered.has(path) && !ofClients(path));
  for (const item of [
    ...files,
    ...clients,
    ...rest.map((missing) => ({ ...missing, by: makerOf(missing, all, mod) })),
  ]) {
    const { path, place, by } = item;
    const needs = by && needsOf(by, mod);
    if (by && needs) {
      for (const install of needs) installs.add(install);
      folders.add(by.folder === '' ? '.' : `./${by.folder}`);
      paths.add(path);
      facts.push({ name: 'generated', value: path, place: by.place });
    } else if (by) notes.push(foreignTool(project, path, by.words[0] ?? '', by.place, `go generate ./${by.folder}`));
    else if (empty.some((other) => other.path === path)) unknown.push({ path, place });
  }
  const runs: string[] = [];
  for (const { tool, path, args, place } of needed) {
    const known = pinned(tool, mod);
    const command = [tool, ...args].join(' ');
    if (known === undefined) notes.push(foreignTool(project, path, tool, place, command));
    else {
      runs.push([known.run, ...args].join(' '));
      paths.add(path);
      facts.push({ name: 'generated', value: path, place });
    }
  }
  notes.push(...nothingThere(project, unknown));
  return { folders: [...folders].sort(), installs: [...installs].sort(), runs, paths, facts, notes: unique(notes) };
}

const hasDirective = (project: Project, packages: readonly GoPackage[]): boolean => {
  const folders = packages.flatMap(({ folder }) => project.list(folder).map((name) => join(folder, name)));
  const [first] = project.matches(
    folders.filter((path) => path.endsWith('.go')),
    /^\/\/go:generate\s/,
  );
  return first !== undefined;
};

/** The directive of a missing thing: one that speaks of its folder, else one in the folder that wants it. */
function makerOf({ path, place }: Missing, all: readonly Directive[], mod: ModFile): Directive | undefined {
  const name = path.split('/').at(-1) ?? path;
  const speaks = all.find(({ folder, words }) => folder === path || words.some((word) => word.includes(name)));
  return speaks ?? all.find((item) => item.folder === parentOf(place.file) && isRunnable(item, mod));
}

/** A directive that makes ent's client, whose package is its folder (https://entgo.io/docs/code-gen). */
const isEnt = ({ words }: Directive): boolean => words.some((word) => word.startsWith('entgo.io/ent/cmd/ent'));

const unique = (notes: readonly Note[]): readonly Note[] => [
  ...new Map(notes.map((note) => [note.message, note])).values(),
];
