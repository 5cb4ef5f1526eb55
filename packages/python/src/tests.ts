import { at, itemsOf, keysOf, type Project, pathWord, readToml } from '@msb/core';
import { requirementsOf } from './names.ts';
import { groupRequirements, poetryTable } from './package-managers/wanted.ts';
import { type Pyproject, toolOf } from './pyproject.ts';

/** What an installation is asked for beside what ships. */
export type Needs = Pick<Tests, 'groups' | 'extras' | 'requirements'>;

/** How a project tests itself, and what that needs beside what ships. */
export interface Tests {
  readonly command: string;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
  /** Requirements files. */
  readonly requirements: readonly string[];
  /** Files in a folder of tests, which no other build needs. */
  readonly files: readonly string[];
}

/** Files that pytest takes for tests; those of unittest begin so, too. */
const testFile = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/;
const unittestFile = /(^|\/)test[^/]*\.py$/;

/** What .dockerignore keeps out of other builds. */
const folder = /(^|\/)tests\//;

/** Names under which people keep what tests need, beside what has the runner itself. */
const development = /^(dev|develop|development|tests?|testing|ci)$/i;

const requirementsFile =
  /^(requirements[-_.](dev|develop|development|tests?|testing|ci)|(dev|tests?)[-_.]requirements|requirements\/(dev|development|tests?|testing|ci|local))\.txt$/;

/**
 * pytest where the project asks for it, in production or for development; else unittest where a test imports it, with
 * Django's own command for it where the database needs no server. `production` are the packages that ship.
 */
export function findTests(
  project: Project,
  pyproject: Pyproject,
  production: ReadonlyMap<string, unknown>,
): Tests | undefined {
  const sources = project.sources();
  const ofFolder = sources.filter((path) => folder.test(path));
  if (sources.some((path) => testFile.test(path))) {
    const parts = pytestParts(project, pyproject);
    if (parts || production.has('pytest')) return { ...none, ...parts, files: ofFolder, command: 'python -m pytest' };
  }
  const files = sources.filter((path) => unittestFile.test(path));
  if (project.search(files, [/^\s*from django\.test import/])) {
    const server = project.search(sources, [/django\.db\.backends\.(postgresql|mysql|oracle)/]);
    return project.has('manage.py') && !server
      ? { ...none, files: ofFolder, command: 'python manage.py test' }
      : undefined;
  }
  if (!project.search(files, [/^\s*(import unittest|from unittest\b)/])) return undefined;
  return { ...none, files: ofFolder, command: `python -m unittest discover${startOf(project, files)}` };
}

const none = { groups: [], extras: [], requirements: [] } as const;

/** The folder that all tests are in, unless it is a package, which is found from above. */
function startOf(project: Project, files: readonly string[]): string {
  const folders = new Set(files.map((file) => file.split('/').slice(0, -1).join('/')));
  const [folder = ''] = folders;
  if (folders.size !== 1 || folder === '' || project.has(`${folder}/__init__.py`)) return '';
  return ` -s ${pathWord(folder, 'The folder of the tests')}`;
}

/** What has pytest in it, with its neighbours of development. */
function pytestParts(project: Project, pyproject: Pyproject): Needs | undefined {
  const { value } = pyproject;
  const poetry = toolOf(pyproject, 'poetry');
  const pdm = at(toolOf(pyproject, 'pdm'), 'dev-dependencies');
  const groups: Readonly<Record<string, readonly { readonly name: string }[]>> = {
    ...tables(at(value, 'dependency-groups'), (name) => groupRequirements(pyproject, name)),
    ...tables(pdm, (name) => requirementsOf(itemsOf(at(pdm, name)))),
    ...tables(at(poetry, 'group'), (name) => poetryTable(at(poetry, 'group', name, 'dependencies'))),
    ...(at(poetry, 'dev-dependencies') !== undefined && { dev: poetryTable(at(poetry, 'dev-dependencies')) }),
    ...(at(toolOf(pyproject, 'uv'), 'dev-dependencies') !== undefined && {
      dev: requirementsOf(itemsOf(at(toolOf(pyproject, 'uv'), 'dev-dependencies'))),
    }),
    ...(project.has('Pipfile') && { dev: poetryTable(at(readToml(project, 'Pipfile'), 'dev-packages')) }),
  };
  const optional = at(value, 'project', 'optional-dependencies');
  const extras = tables(optional, (name) => requirementsOf(itemsOf(at(optional, name))));
  const files = project
    .sources()
    .filter((path) => requirementsFile.test(path) && project.search([path], [/^pytest\b/]) !== undefined);
  const parts = { groups: withRunner(groups), extras: withRunner(extras), requirements: files.slice(0, 1) };
  return Object.values(parts).some((list) => list.length > 0) ? parts : undefined;
}

const tables = <T>(table: unknown, read: (name: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(keysOf(table).map((name) => [name, read(name)]));

/** What a list may be called (https://peps.python.org/pep-0735/#specification): others are nothing for a command. */
const validName = /^[A-Za-z0-9][\w.-]*$/;

/** Names of the lists with pytest and of those of development; none where none has it. */
function withRunner(lists: Readonly<Record<string, readonly { readonly name: string }[]>>): readonly string[] {
  const has = (name: string): boolean => lists[name]?.some((item) => item.name === 'pytest') === true;
  const names = Object.keys(lists).filter((name) => validName.test(name));
  return names.some(has) ? names.filter((name) => has(name) || development.test(name)) : [];
}
