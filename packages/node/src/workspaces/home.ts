import { join, type Place, type Project, pathWord, relative } from '@msb/core';
import { type PackageJson, readPackageJson } from '../package-json.ts';
import type { Focus, Importer } from '../package-managers/manager.ts';
import { managerId } from '../package-managers/select.ts';
import { isLocal, type Locals, linksFiles, localsOf } from './local.ts';
import { isInside, reaches } from './reaches.ts';
import { type Package, readPackages } from './workspace.ts';

/** Where the sources lie in the stages that build, and what is made of them in the image. */
const app = '/app';

/** Where a project lies, and which packages of its workspace are built and shipped with it. */
export interface Home {
  readonly target: Package;
  /** The folder of the target in the stages that build, and in the image. */
  readonly workdir: string;
  /** The package with the lockfile: the root of the workspace, or the project itself. */
  readonly root: Package;
  /** What names the packages of the workspace; absent for a project that is alone. */
  readonly workspace?: { readonly place: Place; readonly size: number; readonly members: ReadonlySet<Package> };
  /** Packages that the build needs, each after those that it depends on; the target is the last. */
  readonly built: readonly Package[];
  /** Those of them that the program needs when it runs. */
  readonly shipped: readonly Package[];
  /** Folders and archives that an installation copies, as the build context has them. */
  readonly mounted: readonly string[];
}

/** Finds the home of a project. Throws `broken-file`. */
export function homeOf(project: Project): Home {
  const packages = readPackages(project.root);
  const all = packages ? [packages.root, ...packages.members] : [];
  const target = all.find((item) => item.project.folder === project.folder);
  if (packages === undefined || target === undefined) {
    return lonely(project);
  }
  const { root, members, place } = packages;
  const own = [...members, ...(members.some((item) => linksTo(item, root)) ? [root] : [])];
  const locals = localsOfMembers(root, closure(target, own, namesIn), members);
  const pool = [...own, ...locals.linked];
  return {
    target,
    workdir: folderIn(target.folder),
    root,
    mounted: locals.mounted,
    workspace: { place, size: members.length + (target === root ? 1 : 0), members: new Set(members) },
    built: closure(target, pool, (item) => [...namesIn(item), ...extendedBy(item), ...reachedBy(item, members)]),
    shipped: closure(target, pool, ({ manifest }) => [...manifest.production.keys()]),
  };
}

/** A folder of the build context, where the stages have it. */
const folderIn = (folder: string): string =>
  folder === '' ? app : `${app}/${pathWord(folder, 'The folder of a package')}`;

/** A project that is in no workspace, with the packages that it takes from folders of its repository. */
function lonely(project: Project): Home {
  const manifest = readPackageJson(project);
  const target: Package = { project, folder: project.inContext(''), manifest, name: '' };
  const links = linksFiles(project, managerId(project, manifest));
  const { linked, shipped, mounted } = localsOf(target, links);
  return {
    target,
    workdir: folderIn(target.folder),
    root: target,
    built: [...linked, target],
    shipped: [...shipped, target],
    mounted,
  };
}

/** Folders that packages of a workspace take, and that are no members: npm installs what these need with the rest. */
function localsOfMembers(
  root: Package,
  used: readonly Package[],
  members: readonly Package[],
): Omit<Locals, 'shipped'> {
  const known = new Set(members.map(({ folder }) => folder));
  const links = linksFiles(root.project, managerId(root.project, root.manifest));
  const found = [...new Set([root, ...used])].map((item) => localsOf(item, links));
  const linked = found.flatMap((locals) => locals.linked).filter(({ folder }) => folder !== '' && !known.has(folder));
  const mounted = found.flatMap((locals) => locals.mounted).filter((path) => !known.has(path));
  return {
    linked: [...new Map(linked.map((item) => [item.folder, item])).values()],
    mounted: [...new Set(mounted)].sort(),
  };
}

const namesIn = ({ manifest: { production, development } }: Package): readonly string[] => [
  ...production.keys(),
  ...development.keys(),
];

/** Whether a package takes the root of its workspace for a dependency, as the documentation of a library does. */
const linksTo = ({ manifest: { production, development } }: Package, { name }: Package): boolean =>
  [production, development].some((all) => all.get(name)?.spec.startsWith('workspace:'));

/**
 * Packages whose tsconfig a package's own extends, declared or not: one node_modules for a whole workspace has them all
 * (https://www.typescriptlang.org/tsconfig/#extends).
 */
function extendedBy({ project }: Package): readonly string[] {
  const files = project.list().filter((name) => /^tsconfig[\w.-]*\.json$/.test(name));
  return [...project.matches(files, /"extends"\s*:/)].flatMap(({ match }) =>
    [...match.input.matchAll(/"((?:@[\w.-]+\/)?\w[\w.-]*)(?:\/[^"]*)?"/g)].map(([, name]) => name ?? ''),
  );
}

/** Packages whose files a package's configurations or its build take by their paths, declared or not. */
const reachedBy = (item: Package, members: readonly Package[]): readonly string[] =>
  reaches(item, false).flatMap((path) => members.filter((other) => isInside(other, path)).map(({ name }) => name));

/** A package and the members that it leads to, each after those that it depends on; a circle is cut where it closes. */
function closure(
  target: Package,
  members: readonly Package[],
  asks: (item: Package) => readonly string[],
): readonly Package[] {
  const byName = new Map(members.map((member) => [member.name, member]));
  const seen = new Set<Package>();
  const visit = (item: Package): readonly Package[] => {
    if (seen.has(item)) return [];
    seen.add(item);
    const needed = asks(item).flatMap((name) => byName.get(name) ?? []);
    return [...needed.flatMap(visit), item];
  };
  return visit(target);
}

/** The dependencies of a package that come from a registry. */
export function foreign({ manifest }: Package, { built, root }: Home): PackageJson {
  const own = new Set([...built, root].map(({ name }) => name));
  const rest = (all: PackageJson['production']) =>
    new Map([...all].filter(([name, dependency]) => !own.has(name) && !isLocal(dependency)));
  return { ...manifest, production: rest(manifest.production), development: rest(manifest.development) };
}

/** The manifests that an installation needs, as the build context has them. */
export const manifestsOf = ({ root }: Home, packages: readonly Package[]): readonly string[] => [
  ...new Set([root, ...packages].map(({ folder }) => join(folder, 'package.json'))),
];

/** The packages whose dependencies ship, the target last. */
export const importersOf = (home: Home): readonly Importer[] =>
  home.shipped.map((item) => ({
    folder: relative(home.root.folder, item.folder),
    name: item.name,
    manifest: foreign(item, home),
  }));

/** What an installation is for; `undefined` for a project that is alone. */
export function focusOf({ workspace, target, built, root }: Home): Focus | undefined {
  if (workspace === undefined || target === root) return undefined;
  const names = [...built.map(({ name }) => name), ...(root.name === '' ? [] : [root.name])];
  return { folder: target.folder, name: target.name, built: [...new Set(names)] };
}

/** Places of the root's files, as the target would call them. */
export const placesFrom =
  ({ target, root }: Home) =>
  <T extends { readonly place?: Place | undefined }>(item: T): T => {
    const { up } = target.project;
    return item.place === undefined || up === '' || target === root
      ? item
      : { ...item, place: { ...item.place, file: `${up}/${item.place.file}` } };
  };

/** Whether a package is in a folder of its own that no workspace knows, so that its manager is called there. */
export const isBeside = ({ root, workspace }: Home, item: Package): boolean =>
  workspace === undefined && item !== root && item.folder !== '';

/** A command in the folder of a package, from where an installation runs, or from the top where the libraries are built. */
export function inFolderOf(home: Home, { folder }: Package, command: string, from = home.root.folder): string {
  const way = relative(from, folder);
  return way === '' ? command : `(cd ${pathWord(way, 'The folder of a package')} && ${command})`;
}

/** A place in another package, as the target would call it. */
export function placeFromTarget({ target }: Home, item: Package, place: Place): Place {
  return item === target ? place : { ...place, file: join(target.project.up, item.folder, place.file) };
}
