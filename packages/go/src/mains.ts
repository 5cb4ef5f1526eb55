import { type Choice, join, MsbError, type Project } from '@msb/core';
import type { Conditions } from './constraints.ts';
import { moduleFiles, packageIn, parentOf } from './packages.ts';

/** A package that makes a program. */
export interface MainPackage {
  /** `.` or `./cmd/server`, as `go build` takes it. */
  readonly path: string;
  /** The file that has its `func main`. */
  readonly file: string;
  readonly line: number;
}

/** `cmd/server` → `./cmd/server`, the root → `.`. */
const packagePath = (folder: string): string => (folder === '' ? '.' : `./${folder}`);

/** The folder of a main package in the project. */
export const mainFolder = ({ path }: MainPackage): string => join(path);

/** Folders of this module that have Go files. */
const goFolders = (project: Project): readonly string[] => [...new Set(moduleFiles(project).map(parentOf))];

/** The main package in a folder, if it is one for the platform we build for. */
function mainIn(project: Project, folder: string, conditions: Conditions): MainPackage | undefined {
  for (const { file, line } of project.matches(packageIn(project, folder, conditions).files, /^func main\(\)/)) {
    if (/^package main\b/m.test(project.text(file) ?? '')) return { path: packagePath(folder), file, line };
  }
  return undefined;
}

/** Every main package, the root's first. */
const allMains = (project: Project, conditions: Conditions): readonly MainPackage[] =>
  goFolders(project).flatMap((folder) => mainIn(project, folder, conditions) ?? []);

/** Folders whose programs help developers and never ship. */
const helpers =
  /(^|\/)(internal|contrib|examples?|tools?|scripts?|hack|tests?|e2e|mocks?|docs|gen|codegen|benchmarks?)(\/|$)/;

/** Whether a program is one that nobody should ship without being asked. */
export const isHelper = ({ path }: MainPackage): boolean => helpers.test(path);

const usual = /^\.$|^\.\/(main|src|app)$|(^|\/)cmd(\/|$)/;

/**
 * The programs that an image may be for: those at the root and under `cmd/`, else those anywhere, and helpers of
 * developers only when there is nothing else. Throws `no-entry-point` for a library.
 */
export function findMains(project: Project, conditions: Conditions = {}): readonly MainPackage[] {
  const mains = allMains(project, conditions);
  const shipped = mains.filter((main) => !isHelper(main));
  const groups = [shipped.filter(({ path }) => usual.test(path)), shipped, mains];
  const found = groups.find((group) => group.length > 0);
  if (found) return found;
  throw new MsbError(
    'no-entry-point',
    'This module is a library: no package main has a func main',
    'Name the folder of a program, or add one under cmd/<name>/main.go.',
    { file: 'go.mod' },
  );
}

/** The main package that `--main` names. Throws `no-entry-point` when there is none in that folder. */
export function namedMain(project: Project, wanted: string, conditions: Conditions = {}): MainPackage {
  const folder = join(wanted);
  const main = folder.startsWith('..') ? undefined : mainIn(project, folder, conditions);
  if (main) return main;
  const known = allMains(project, conditions).map((candidate) => candidate.path);
  throw new MsbError(
    'no-entry-point',
    `${JSON.stringify(wanted)} is no main package of this module`,
    known.length > 0 ? `Found: ${known.map((path) => JSON.stringify(path)).join(', ')}.` : 'The module has none.',
  );
}

/** Mains as choices of a prompt. */
export const mainChoices = (mains: readonly MainPackage[]): readonly Choice[] =>
  mains.map(({ path, file }) => ({ value: path, about: file }));

/** Which main an unattended run takes: the module's own, at the root or in a folder named like it; of a server and its client, the server. */
export function defaultMain(mains: readonly MainPackage[], module: string): MainPackage | undefined {
  const named = (name: string) => mains.find(({ path }) => path.split('/').at(-1) === name);
  return mains.find(({ path }) => path === '.') ?? named(`${module}d`) ?? named(`${module}-server`) ?? named(module);
}

/** The name of a program: its folder's, as `go build` does it, unless that says nothing; then the module's. */
export function programName({ path }: MainPackage, module: string): string {
  const name = path.split('/').at(-1) ?? '.';
  return ['.', 'main', 'cmd', 'src', 'app'].includes(name) ? module : name;
}
