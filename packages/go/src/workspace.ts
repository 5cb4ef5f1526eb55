import { foldersAbove, join, type Note, Project } from '@msb/core';
import { directives, type ModFile, versionsOf } from './modfile.ts';
import { importsOf, moduleFiles } from './packages.ts';
import type { Versions } from './version.ts';

/** A go.work, and the modules that it puts side by side (https://go.dev/ref/mod#workspaces). */
export interface GoWork extends Versions {
  /** Its folder in the tree. */
  readonly folder: string;
  /** Module paths, and their folders in the tree. */
  readonly members: ReadonlyMap<string, string>;
}

/** Reads the go.work of a folder of the tree; `project` is who asks. Throws `broken-file`. */
export function readWork(project: Project, folder: string): GoWork {
  const here = new Project(project.tree, folder);
  const file = join(new Project(project.tree, project.folder, folder).up, 'go.work');
  const all = directives(file, here.mustText('go.work'));
  const members = all.flatMap(({ verb, words: [path = ''] }) => {
    const text = verb === 'use' ? here.text(join(path, 'go.mod')) : undefined;
    const [, module] = /^module\s+"?([^\s"]+)/m.exec(text ?? '') ?? [];
    return module === undefined ? [] : [[module, join(folder, path)] as const];
  });
  return { folder, file, ...versionsOf(file, all), members: new Map(members) };
}

/** The go.work that Go finds for a module: the nearest in its folder or above, if that uses it. */
export function workOf(project: Project): GoWork | undefined {
  const { tree, folder } = project;
  const nearest = [folder, ...foldersAbove(folder)].find((path) => new Project(tree, path).has('go.work'));
  const work = nearest === undefined ? undefined : readWork(project, nearest);
  return work && [...work.members.values()].includes(folder) ? work : undefined;
}

/** What go.work adds to a module. */
export interface WorkUse {
  /** Whether something is imported that only go.work knows the place of. */
  readonly needed: boolean;
  /** One for each module that is built as published, although its sources are at hand. */
  readonly notes: readonly Note[];
}

/** The files of a module that may be part of a program. */
const ownFiles = (project: Project): readonly string[] =>
  moduleFiles(project).filter((path) => !path.endsWith('_test.go'));

/**
 * A workspace is for developing several modules at once, and a release is built from go.mod and go.sum alone; so go.work
 * takes part only where go.mod does not say where an imported module is.
 */
export function useOfWork(project: Project, mod: ModFile, { members }: GoWork): WorkUse {
  const notes = new Map<string, Note>();
  const replaced = new Set(mod.localReplaces.map(({ module }) => module));
  const others = [...members].filter(([module]) => module !== mod.module.value && !replaced.has(module));
  for (const { path } of others.length > 0 ? importsOf(project, ownFiles(project)) : []) {
    const [module, folder = ''] = others.find(([other]) => path === other || path.startsWith(`${other}/`)) ?? [];
    if (module === undefined) continue;
    const required = mod.requires.find(({ value }) => value === module);
    if (required === undefined || required.version.startsWith('v0.0.0')) return { needed: true, notes: [] };
    const sources = wayTo(project, folder);
    const message = `${module} is taken in its published ${required.version}`;
    const hint = `To build with ${sources}, add to go.mod: replace ${module} => ${sources}`;
    notes.set(module, { message, hint, place: { file: 'go.mod', line: required.line } });
  }
  return { needed: false, notes: [...notes.values()] };
}

/** A folder of the tree as go.mod writes it: `./lib`, `../lib`. */
function wayTo(project: Project, folder: string): string {
  const way = new Project(project.tree, project.folder, folder).up;
  return way.startsWith('..') ? way : `./${way}`;
}
