import { at, ignoreMatcher, itemsOf, join, keysOf, type Project, textAt } from '@msb/core';
import type { Layout } from '../layout.ts';
import { type Pyproject, toolOf } from '../pyproject.ts';
import { manifestIn, matchesGlob } from './manifest-in.ts';

/** What no program opens: sources of extensions, notes for those who read the code, and what tools leave behind. */
const aside =
  /(^|\/)(?:__pycache__|node_modules|tests?|testing|\.[^/]+)\/|\.(?:py[cod]?|pyi|pyx|pxd|so|c|cc|cpp|h|hpp|rs|ipynb)$|(^|\/)(?:README[^/]*|LICEN[CS]E[^/]*|CHANGELOG[^/]*|py\.typed|\.[^/]+|Makefile|CMakeLists\.txt)$/i;

/**
 * The files of an installed package that its wheel does not have, though they lie among its modules. `named` are those
 * that the code reads, whatever they look like.
 */
export function filesNotInWheel(
  project: Project,
  pyproject: Pyproject,
  layout: Layout,
  named: ReadonlySet<string> = new Set(),
): readonly string[] {
  const all = packageFolders(project, layout).flatMap((folder) => [...filesBelow(project, folder)]);
  const data = all.filter((file) => named.has(file) || !aside.test(`/${file}`));
  const modules = all.filter((file) => file.endsWith('.py'));
  const backend = textAt(pyproject.value, 'build-system', 'build-backend') ?? 'setuptools.build_meta';
  if (/setuptools/.test(backend)) {
    const has = setuptoolsData(project, pyproject, layout);
    return [...data.filter((file) => !has(file)), ...modules.filter(notFound(project, pyproject, layout))];
  }
  return /hatchling/.test(backend) ? data.filter(hatchLeavesOut(pyproject)) : [];
}

/** The folders of the packages that are installed. */
export const packageFolders = (project: Project, { installed, root, packages }: Layout): readonly string[] => {
  if (!installed) return [];
  const names = packages.length > 0 ? packages : root === '' ? [] : project.list(root);
  return names.map((name) => join(root, name)).filter((path) => project.exists(path) && !project.has(path));
};

/** All files below a folder. */
export function* filesBelow(project: Project, folder: string): Generator<string> {
  for (const name of project.list(folder)) {
    const path = join(folder, name);
    if (project.has(path)) yield path;
    else if (name !== '__pycache__' && name !== 'node_modules') yield* filesBelow(project, path);
  }
}

/** What setuptools adds to a package (https://setuptools.pypa.io/en/latest/userguide/datafiles.html). */
function setuptoolsData(project: Project, pyproject: Pyproject, { root }: Layout): (file: string) => boolean {
  const setuptools = toolOf(pyproject, 'setuptools');
  const setup = project.text('setup.py') ?? '';
  const cfg = project.text('setup.cfg') ?? '';
  const declared = at(pyproject.value, 'project') !== undefined;
  const flag = at(setuptools, 'include-package-data');
  const listed = flag === undefined ? declared : flag === true;
  const includes =
    /include_package_data\s*=\s*True/i.test(`${setup}\n${cfg}`) ||
    (listed && !/include_package_data\s*=\s*False/i.test(setup));
  const manifest = includes ? manifestIn(project) : () => false;
  const patterns = [
    ...keysOf(at(setuptools, 'package-data')).map(
      (name) => [name, texts(at(setuptools, 'package-data', name))] as const,
    ),
    ...setupPackageData(setup),
    ...cfgPackageData(cfg),
  ];
  return (file) =>
    manifest(file) ||
    patterns.some(([name, globs]) => {
      const inside = root === '' ? file : file.slice(root.length + 1);
      const all = name === '*' || name === '';
      const bases = all ? parents(inside) : [name.replaceAll('.', '/')];
      return bases.some(
        (base) =>
          inside.startsWith(`${base}/`) && globs.some((glob) => matchesGlob(glob, inside.slice(base.length + 1))),
      );
    });
}

const texts = (value: unknown): readonly string[] => itemsOf(value).filter((item) => typeof item === 'string');

const parents = (file: string): readonly string[] =>
  file
    .split('/')
    .map((_, index, names) => names.slice(0, index).join('/'))
    .filter(Boolean);

/** `package_data={"shop": ["templates/*.html"]}`, as far as it stands there as text. */
function setupPackageData(setup: string): readonly (readonly [string, readonly string[]])[] {
  const [, table = ''] = /package_data\s*=\s*\{([\s\S]*?)\}/.exec(setup) ?? [];
  return [...table.matchAll(/["']([\w.*]*)["']\s*:\s*\[([^\]]*)\]/g)].map(([, name = '', list = '']) => [
    name,
    [...list.matchAll(/["']([^"']+)["']/g)].map(([, glob = '']) => glob),
  ]);
}

/** `[options.package_data]` of setup.cfg. */
function cfgPackageData(cfg: string): readonly (readonly [string, readonly string[]])[] {
  const [, table = ''] = /^\[options\.package_data\]\n((?:(?!\[).*\n?)*)/m.exec(cfg) ?? [];
  return [...table.matchAll(/^([\w.*]+)\s*=\s*((?:.*(?:\n[ \t]+.*)*))/gm)].map(([, name = '', list = '']) => [
    name,
    list
      .split(/[\n,]/)
      .map((glob) => glob.trim())
      .filter(Boolean),
  ]);
}

/** Modules in a folder that setuptools does not take for a package: one that nobody lists, or one without __init__.py. */
function notFound(project: Project, pyproject: Pyproject, { root }: Layout): (file: string) => boolean {
  const listed = at(toolOf(pyproject, 'setuptools'), 'packages');
  const names = Array.isArray(listed) ? new Set(listed.map(String)) : undefined;
  const setup = `${project.text('setup.py') ?? ''}\n${project.text('setup.cfg') ?? ''}`;
  const strict = /\bfind_packages\(|^packages\s*=\s*find:/m.test(setup);
  return (file) => {
    if (/(^|\/)tests?\//.test(file)) return false;
    const inside = root === '' ? file : file.slice(root.length + 1);
    const folders = parents(inside);
    if (names !== undefined) return !names.has((folders.at(-1) ?? '').replaceAll('/', '.'));
    return strict && folders.some((folder) => !project.has(join(root, folder, '__init__.py')));
  };
}

/** What Hatch is told to leave out (https://hatch.pypa.io/latest/config/build/#patterns). */
function hatchLeavesOut(pyproject: Pyproject): (file: string) => boolean {
  const build = at(toolOf(pyproject, 'hatch'), 'build');
  const wheel = at(build, 'targets', 'wheel');
  const listOf = (key: string): readonly string[] => [...texts(at(build, key)), ...texts(at(wheel, key))];
  const include = listOf('include');
  const included = include.length === 0 ? () => true : ignoreMatcher(include.map(asIgnored).join('\n'));
  const excluded = ignoreMatcher(listOf('exclude').map(asIgnored).join('\n'));
  return (file) => !included(file) || excluded(file);
}

/** A pattern of Git's for .dockerignore: without a slash it is for every folder. */
const asIgnored = (pattern: string): string =>
  pattern.replace(/\/$/, '').includes('/') ? pattern.replace(/^\/|\/$/g, '') : `**/${pattern.replace(/\/$/, '')}`;
