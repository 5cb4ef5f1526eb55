import { commonFolder, join, MsbError, type Place, Project, relative } from '@msb/core';
import { type Dependency, type PackageJson, readPackageJson } from '../package-json.ts';
import type { Package } from './workspace.ts';

/** A dependency that is a folder or a file of the repository, and not from a registry. */
export interface LocalDependency {
  readonly name: string;
  readonly place: Place;
  /** From the package that asks for it. */
  readonly path: string;
  readonly kind: 'folder' | 'file';
  /** Whether the package manager puts a link to it into node_modules; else it unpacks or copies it there. */
  readonly linked: boolean;
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#local-paths, https://pnpm.io/cli/link, https://yarnpkg.com/protocols */
const local = /^(?:(file|link|portal):)?((?:\.{1,2}(?:\/|$)|~\/|\/)?.*)$/;

/** The path of a local dependency, `undefined` for one that comes from elsewhere. */
function pathOf(spec: string): { readonly protocol: string; readonly path: string } | undefined {
  const [, protocol = '', path = ''] = local.exec(spec.trim()) ?? [];
  if (protocol === '' && !/^\.{1,2}(?:\/|$)|^\//.test(path)) return undefined;
  return { protocol, path: path.replace(/^\/\/(?=\.)/, '') };
}

/** Whether a dependency is a folder or a file of this machine. */
export const isLocal = ({ spec }: Dependency): boolean => pathOf(spec) !== undefined;

/** Whether a manager makes a link of `file:`; all others copy the folder, and so does npm where it is told to. */
export const linksFiles = (project: Project, manager: string): boolean =>
  manager === 'npm' && !/^\s*install-links\s*=\s*true/m.test(project.text('.npmrc') ?? '');

/**
 * The dependencies of a package that lie in the repository; `links` tells whether `file:` makes a link. Throws for one
 * that is not there, or that no build can see.
 */
export function localDependencies(project: Project, manifest: PackageJson, links: boolean): readonly LocalDependency[] {
  return [...manifest.production.values(), ...manifest.development.values()].flatMap((dependency) => {
    const found = pathOf(dependency.spec);
    return found ? [checked(project, dependency, found, links)] : [];
  });
}

function checked(
  project: Project,
  { name, spec, place }: Dependency,
  { protocol, path }: { readonly protocol: string; readonly path: string },
  links: boolean,
): LocalDependency {
  const inTree = join(project.folder, path);
  if (/^[/~]/.test(path) || inTree.startsWith('..')) {
    const hint = 'Put both packages into one repository, or publish it.';
    throw new MsbError('unsupported', `${name} lies outside of the repository (${spec})`, hint, place);
  }
  if (project.tree.isFile(inTree)) return { name, place, path: join(path), kind: 'file', linked: false };
  if (project.tree.isFile(join(inTree, 'package.json'))) {
    const linked = protocol === 'link' || protocol === 'portal' || links;
    return { name, place, path: join(path), kind: 'folder', linked };
  }
  const hint = 'Add the package, or correct its path.';
  throw new MsbError('broken-file', `${name} is asked for at ${path}, where there is no package`, hint, place);
}

/** What lies beside a project, or in folders of it, and is no part of a workspace. */
export interface Locals {
  /** Packages that are linked, each after those that it depends on; their folders are relative to the build context. */
  readonly linked: readonly Package[];
  /** Those of them that the program needs when it runs. */
  readonly shipped: readonly Package[];
  /** Folders that are copied into node_modules, and archives, as the build context has them. */
  readonly mounted: readonly string[];
}

/** All that a project takes from folders of its repository, and what these take themselves. */
export function localsOf({ project, manifest, folder }: Package, links: boolean): Locals {
  const linked = new Map<string, Package>();
  const shipped = new Set<string>();
  const mounted = new Set<string>();
  const visit = (from: Project, own: PackageJson, ships: boolean): void => {
    for (const { name, path, kind, linked: isLink } of localDependencies(from, own, links)) {
      const where = join(from.folder, path);
      const inContext = relative(project.context, where);
      if (inContext.startsWith('..')) throw outside(name, own.place('dependencies', name));
      const runs = ships && own.production.has(name);
      if (where === project.folder || (linked.has(inContext) && (!runs || shipped.has(inContext)))) continue;
      if (kind === 'file' || !isLink) {
        mounted.add(inContext);
        if (kind === 'file') continue;
      }
      const there = new Project(project.tree, where, project.context);
      const theirs = readPackageJson(there);
      if (isLink && runs) shipped.add(inContext);
      const item = linked.get(inContext) ?? { project: there, folder: inContext, name, manifest: theirs };
      if (isLink) linked.set(inContext, item);
      visit(there, theirs, runs);
      // what it depends on comes first
      if (isLink) linked.delete(inContext);
      if (isLink) linked.set(inContext, item);
    }
  };
  visit(project, manifest, true);
  const all = [...linked.values()].filter((item) => item.folder !== folder);
  return { linked: all, shipped: all.filter((item) => shipped.has(item.folder)), mounted: [...mounted].sort() };
}

const outside = (name: string, place: Place): MsbError =>
  new MsbError(
    'unsupported',
    `${name} lies outside of the workspace, which is all that its build has`,
    'Make it a package of the workspace, or publish it.',
    place,
  );

/** The folder that holds a project and all that it takes from its repository. */
export function contextWithLocals(project: Project, context: string, links: boolean): string {
  const seen = new Set<string>([project.folder]);
  const open = [project];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { path, kind } of localDependencies(next, readPackageJson(next), links)) {
      const where = join(next.folder, path);
      const folder = kind === 'file' ? join(where, '..') : where;
      if (seen.has(where)) continue;
      seen.add(where);
      seen.add(folder);
      if (kind === 'folder') open.push(new Project(project.tree, where));
    }
  }
  return commonFolder([context, ...seen]);
}
