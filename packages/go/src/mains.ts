import { type Choice, MsbError, type Project } from '@msb/core';

/** A package that makes a program. */
export interface MainPackage {
  /** `.` or `./cmd/server`, as `go build` takes it. */
  readonly path: string;
  /** The file that has its `func main`. */
  readonly file: string;
  readonly line: number;
}

/** Go sources of this module that are part of a normal build: no tests, no nested modules. */
export function goSources(project: Project): readonly string[] {
  const nested = project
    .sources()
    .filter((path) => path.endsWith('/go.mod'))
    .map((path) => path.slice(0, -'go.mod'.length));
  return project
    .sources()
    .filter(
      (path) => path.endsWith('.go') && !path.endsWith('_test.go') && !nested.some((folder) => path.startsWith(folder)),
    );
}

const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/');
const isHelper = (text: string): boolean => /^\/\/(go:build|\s*\+build)\s+ignore\b/m.test(text);

/** Every main package, the root's first. */
function allMains(project: Project): readonly MainPackage[] {
  const found = new Map<string, MainPackage>();
  for (const { file, line } of project.matches(goSources(project), /^func main\(\)/)) {
    const text = project.text(file) ?? '';
    if (!/^package main\b/m.test(text) || isHelper(text)) continue;
    const folder = folderOf(file);
    const path = folder === '' ? '.' : `./${folder}`;
    if (!found.has(path)) found.set(path, { path, file, line });
  }
  return [...found.values()];
}

/**
 * The programs that an image may be for: those at the root and under `cmd/`, else those anywhere (tools and examples
 * often are programs, too). Throws `no-entry-point` for a library.
 */
export function findMains(project: Project): readonly MainPackage[] {
  const mains = allMains(project);
  const usual = mains.filter(({ path }) => path === '.' || /(^|\/)cmd(\/|$)/.test(path));
  if (mains.length === 0) {
    throw new MsbError(
      'no-entry-point',
      'This module is a library: no package main has a func main',
      'Name the folder of a program, or add one under cmd/<name>/main.go.',
      { file: 'go.mod' },
    );
  }
  return usual.length > 0 ? usual : mains;
}

/** The main package that `--main` names. Throws `no-entry-point` when there is none in that folder. */
export function namedMain(project: Project, wanted: string): MainPackage {
  const path = `./${wanted.replace(/^\.?\/+|\/+$/g, '')}`.replace(/^\.\/\.?$/, '.');
  const main = allMains(project).find((candidate) => candidate.path === path);
  if (main) return main;
  const known = allMains(project).map((candidate) => candidate.path);
  throw new MsbError(
    'no-entry-point',
    `${JSON.stringify(wanted)} is no main package of this module`,
    known.length > 0 ? `Found: ${known.join(', ')}.` : 'The module has none.',
  );
}

/** Mains as choices of a prompt. */
export const mainChoices = (mains: readonly MainPackage[]): readonly Choice[] =>
  mains.map(({ path, file }) => ({ value: path, about: file }));

/** Which main an unattended run takes: the module's own, at the root or in a folder named like it. */
export const defaultMain = (mains: readonly MainPackage[], module: string): MainPackage | undefined =>
  mains.find(({ path }) => path === '.') ?? mains.find(({ path }) => path.split('/').at(-1) === module);
