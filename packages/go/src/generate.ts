import { type Fact, join, type Note, type Place, type Project } from '@msb/core';
import type { Missing } from './embeds.ts';
import type { ModFile } from './modfile.ts';
import { folderOfImport, type GoPackage, importsOf, type ModuleFolders, moduleFiles, parentOf } from './packages.ts';

/** Files that have to be made before the compiler runs. */
export interface Generated {
  /** Packages, as `go generate` takes them, whose directives the build can run by itself. */
  readonly folders: readonly string[];
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

/** Whether the toolchain alone runs a directive: `go run` builds its tool, `go tool` runs one that go.mod names. */
function isRunnable({ words: [command, verb, tool = ''] }: Directive, { tools }: ModFile): boolean {
  if (command !== 'go') return false;
  return verb === 'run' || (verb === 'tool' && tools.some((path) => path === tool || path.endsWith(`/${tool}`)));
}

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
 * the build; other generators are not in the image, so that is said. `unembedded` are embedded files that are missing.
 */
export function findGenerated(
  project: Project,
  mod: ModFile,
  modules: ModuleFolders,
  packages: readonly GoPackage[],
  unembedded: readonly Missing[],
): Generated {
  const empty = emptyPackages(project, modules, packages);
  const all = empty.length + unembedded.length > 0 || hasDirective(project, packages) ? directives(project) : [];
  const folders = new Set<string>();
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
  const covered = new Set(files.map(({ path }) => parentOf(path)));
  const rest = [...empty, ...unembedded].filter(({ path }) => !covered.has(path));
  for (const item of [...files, ...rest.map((missing) => ({ ...missing, by: makerOf(missing, all, mod) }))]) {
    const { path, place, by } = item;
    if (by && isRunnable(by, mod)) {
      folders.add(by.folder === '' ? '.' : `./${by.folder}`);
      paths.add(path);
      facts.push({ name: 'generated', value: path, place: by.place });
    } else if (by) notes.push(foreignTool(path, by));
    else if (empty.some((other) => other.path === path)) unknown.push({ path, place });
  }
  notes.push(...nothingThere(unknown));
  return { folders: [...folders].sort(), paths, facts, notes: unique(notes) };
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

const foreignTool = (path: string, { words: [tool = ''], place, folder }: Directive): Note => ({
  message: `${path} is not there: go generate makes it with ${tool}, which is not in the build`,
  hint: `Run go generate ./${folder} first, or let the directive say go tool (a tool line in go.mod) or go run.`,
  place,
});

function nothingThere(missing: readonly Missing[]): readonly Note[] {
  const [first, ...others] = [...new Map(missing.map((item) => [item.path, item])).values()];
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, nor have ${others.length} other packages`;
  return [
    {
      message: `${first.path} is imported, but has no Go files${more}`,
      hint: 'If something generates them, run that before the image is built.',
      place: first.place,
    },
  ];
}

const unique = (notes: readonly Note[]): readonly Note[] => [
  ...new Map(notes.map((note) => [note.message, note])).values(),
];
