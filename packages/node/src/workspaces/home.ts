import { join, type Place, type Project, pathWord } from '@msb/core';
import { type PackageJson, readPackageJson } from '../package-json.ts';
import type { Focus, Importer } from '../package-managers/manager.ts';
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
  readonly workspace?: { readonly place: Place; readonly size: number };
  /** Packages that the build needs, each after those that it depends on; the target is the last. */
  readonly built: readonly Package[];
  /** Those of them that the program needs when it runs. */
  readonly shipped: readonly Package[];
}

/** Finds the home of a project. Throws `broken-file`. */
export function homeOf(project: Project): Home {
  const packages = readPackages(project.root);
  const all = packages ? [packages.root, ...packages.members] : [];
  const target = all.find((item) => item.project.folder === project.folder);
  if (packages === undefined || target === undefined) {
    const manifest = readPackageJson(project);
    const alone: Package = { project, folder: '', manifest, name: '' };
    return { target: alone, workdir: app, root: alone, built: [alone], shipped: [alone] };
  }
  const { root, members, place } = packages;
  const pool = members.some((item) => linksTo(item, root)) ? [...members, root] : members;
  return {
    target,
    workdir: target === root ? app : `${app}/${pathWord(target.folder, 'The folder of a package')}`,
    root,
    workspace: { place, size: members.length + (target === root ? 1 : 0) },
    built: closure(target, pool, (item) => [
      ...item.manifest.production.keys(),
      ...item.manifest.development.keys(),
      ...extendedBy(item),
      ...reachedBy(item, members),
    ]),
    shipped: closure(target, pool, ({ manifest }) => [...manifest.production.keys()]),
  };
}

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
  const rest = (all: PackageJson['production']) => new Map([...all].filter(([name]) => !own.has(name)));
  return { ...manifest, production: rest(manifest.production), development: rest(manifest.development) };
}

/** The manifests that an installation needs, as the build context has them. */
export const manifestsOf = ({ root }: Home, packages: readonly Package[]): readonly string[] => [
  ...new Set([root, ...packages].map(({ folder }) => join(folder, 'package.json'))),
];

/** The packages whose dependencies ship, the target last. */
export const importersOf = (home: Home): readonly Importer[] =>
  home.shipped.map((item) => ({ folder: item.folder, name: item.name, manifest: foreign(item, home) }));

/** What an installation is for; `undefined` for a project that is alone. */
export function focusOf({ workspace, target, built, root }: Home): Focus | undefined {
  if (workspace === undefined || target === root) return undefined;
  const names = [...built.map(({ name }) => name), ...(root.name === '' ? [] : [root.name])];
  return { folder: target.folder, name: target.name, built: [...new Set(names)] };
}

/** Places of the root's files, as the target would call them. */
export const placesFrom =
  ({ target }: Home) =>
  <T extends { readonly place?: Place | undefined }>(item: T): T => {
    const { up } = target.project;
    return item.place === undefined || up === ''
      ? item
      : { ...item, place: { ...item.place, file: `${up}/${item.place.file}` } };
  };
