import { join, type Place, type Project } from '@msb/core';
import { constraint } from './constraints.ts';
import { type GoPackage, parentOf } from './packages.ts';

/** A generator that a clean clone needs, although no `//go:generate` line says so: its own files do. */
export interface NeededGenerator {
  /** Its name in the table of generators. */
  readonly tool: string;
  /** What is missing: a file, or a folder that has no Go files. */
  readonly path: string;
  /** What follows its name. */
  readonly args: readonly string[];
  /** What shows it. */
  readonly place: Place;
}

/** What is missing of the program: an import without files, each with its line. */
interface Lacking {
  readonly path: string;
  readonly place: Place;
}

const buildFiles = ['Makefile', 'makefile', 'GNUmakefile', 'Taskfile.yml', 'Taskfile.yaml', 'justfile', 'README.md'];

/** Finds the generators that make what a clean clone lacks. `empty` are imported packages of the project's without files. */
export function neededGenerators(
  project: Project,
  packages: readonly GoPackage[],
  empty: readonly Lacking[],
  mainFile: string | undefined,
): readonly NeededGenerator[] {
  const folders = [...new Set([...packages.map(({ folder }) => folder), ...empty.map(({ path }) => path)])];
  return [
    ...templates(project, folders),
    ...injectors(project, packages),
    ...queries(project, empty),
    ...schemas(project, packages, empty),
    ...apiDocs(project, empty, mainFile),
  ];
}

/** templ: `page.templ` becomes `page_templ.go` (https://templ.guide). One run makes all. */
function templates(project: Project, folders: readonly string[]): readonly NeededGenerator[] {
  for (const folder of folders) {
    for (const name of project.list(folder)) {
      const path = join(folder, name.replace(/\.templ$/, '_templ.go'));
      if (!name.endsWith('.templ') || project.has(path)) continue;
      return [{ tool: 'templ', path, args: ['generate'], place: { file: join(folder, name) } }];
    }
  }
  return [];
}

/** Wire: a file for `wireinject` declares what `wire_gen.go` has (https://github.com/google/wire). */
const injectors = (project: Project, packages: readonly GoPackage[]): readonly NeededGenerator[] =>
  packages.flatMap(({ folder }) => {
    const path = join(folder, 'wire_gen.go');
    const injector = project
      .list(folder)
      .find(
        (name) => name.endsWith('.go') && /\bwireinject\b/.test(constraint(project.text(join(folder, name)) ?? '')),
      );
    if (
      injector === undefined ||
      project.has(path) ||
      /!\s*wireinject/.test(constraint(project.text(join(folder, injector)) ?? ''))
    )
      return [];
    return [
      {
        tool: 'wire',
        path,
        args: ['gen', folder === '' ? '.' : `./${folder}`],
        place: { file: join(folder, injector) },
      },
    ];
  });

/** sqlc: the folders of its `out` (https://docs.sqlc.dev/en/latest/reference/config.html). */
function queries(project: Project, empty: readonly Lacking[]): readonly NeededGenerator[] {
  const file = ['sqlc.yaml', 'sqlc.yml', 'sqlc.json'].find((name) => project.has(name));
  if (file === undefined) return [];
  for (const { line, match } of project.matches([file], /^\s*-?\s*"?(?:out|path)"?:\s*"?([\w./-]+)"?/)) {
    const path = join(match[1] ?? '');
    if (empty.some((item) => item.path === path))
      return [{ tool: 'sqlc', path, args: ['generate'], place: { file, line } }];
  }
  return [];
}

/** gqlgen: the file of its `exec` (https://gqlgen.com/config/). */
function schemas(
  project: Project,
  packages: readonly GoPackage[],
  empty: readonly Lacking[],
): readonly NeededGenerator[] {
  const file = ['gqlgen.yml', 'gqlgen.yaml', '.gqlgen.yml'].find((name) => project.has(name));
  if (file === undefined) return [];
  const own = new Set([...packages.map(({ folder }) => folder), ...empty.map(({ path }) => path)]);
  for (const { line, match } of project.matches([file], /^\s*filename:\s*"?([\w./-]+\.go)"?/)) {
    const path = join(match[1] ?? '');
    if (own.has(parentOf(path)) && !project.has(path))
      return [{ tool: 'gqlgen', path, args: ['generate'], place: { file, line } }];
  }
  return [];
}

/** swag: the package `docs`, as the project's own command makes it (https://github.com/swaggo/swag). */
function apiDocs(
  project: Project,
  empty: readonly Lacking[],
  mainFile: string | undefined,
): readonly NeededGenerator[] {
  const lacking = empty.find(({ path }) => /(^|\/)(?:docs|swagger)$/.test(path));
  if (lacking === undefined) return [];
  const [own] = project.matches(buildFiles, /\bswag\s+init((?:\s+[\w./,:=@-]+)*)/);
  const args =
    own?.match[1]
      ?.trim()
      .split(/\s+/)
      .filter((word) => word !== '') ?? [];
  const usual = ['-o', lacking.path, ...(mainFile === undefined || mainFile === 'main.go' ? [] : ['-g', mainFile])];
  const place = own ? { file: own.file, line: own.line } : lacking.place;
  return [{ tool: 'swag', path: lacking.path, args: ['init', ...(args.length > 0 ? args : usual)], place }];
}

/** The target of a Makefile whose lines speak of something: `make proto`. */
export function makeTarget(project: Project, word: RegExp): string | undefined {
  const [hit] = project.matches(['Makefile', 'makefile', 'GNUmakefile'], new RegExp(`^\\s+.*(?:${word.source})`));
  if (hit === undefined) return undefined;
  const above = (project.text(hit.file) ?? '').split('\n').slice(0, hit.line);
  const [, target] = /^([\w.-]+)\s*:(?!=)/.exec(above.findLast((line) => /^[\w.-]+\s*:(?!=)/.test(line)) ?? '') ?? [];
  return target === undefined ? undefined : `make ${target}`;
}
