import { at, itemsOf, join, MsbError, type Place, Project } from '@msb/core';
import type { Wanted } from '../package-managers/wanted.ts';
import { type Pyproject, readPyproject } from '../pyproject.ts';
import { type Asked, askedBy } from './asked.ts';
import { memberFolders, workspaceAround } from './members.ts';

/** A package of the repository that the program is built with. */
export interface LocalPackage {
  readonly name: string;
  /** Its folder, or the archive that it is, as the project sees it: `../lib`. */
  readonly path: string;
  /** Whether it is a wheel or an archive, which is installed as it is. */
  readonly archive: boolean;
  /** Whether production needs it; others are there for what reads the manifests of all. */
  readonly needed: boolean;
  /** Whether it is a member of the project's own workspace. */
  readonly member: boolean;
  /** Whether its build backend works out some of its metadata. */
  readonly dynamic: boolean;
  /** Whether it is to be installed as a link to its sources. */
  readonly linked: boolean;
  /** Where it is asked for. */
  readonly place: Place;
}

/** Whether a path is of a wheel or an archive. */
export const isArchive = (path: string): boolean => archives.test(path);

const archives = /\.(?:whl|zip|tar\.(?:gz|bz2|xz)|tgz)$/;

/** A local package as a project of its own. */
export const packageProject = (project: Project, { path }: Pick<LocalPackage, 'path'>): Project =>
  new Project(project.tree, join(project.folder, path), project.context);

/**
 * The packages of the repository that a project is built with, with those that they are built with in turn. `more` is
 * what other files than pyproject.toml ask for.
 */
export function localPackages(
  project: Project,
  pyproject: Pyproject,
  wanted: Wanted,
  more: readonly Asked[] = [],
): readonly LocalPackage[] {
  const found = new Map<string, LocalPackage>();
  const members = new Set(workspaceAround(project)?.kind === 'uv' ? memberFolders(project).values() : []);
  const queue = [...askedBy(project, project, pyproject, wanted), ...more];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, requirement, needed, place } = next;
    const before = found.get(path);
    if (path === '' || (before !== undefined && (before.needed || !needed))) continue;
    const archive = archives.test(path);
    const inside = packageProject(project, { path });
    const manifest = readPyproject(inside);
    const dynamic = !archive && isDynamic(manifest);
    const linked = next.linked === true || requirement.linked === true;
    found.set(path, {
      name: requirement.name,
      path,
      archive,
      needed,
      member: members.has(path),
      dynamic,
      linked,
      place,
    });
    if (archive) continue;
    const all = askedBy(project, inside, manifest, { extras: requirement.extras, groups: [] });
    queue.push(...all.map((asked) => ({ ...asked, needed: asked.needed && needed })));
  }
  return [...found.values()];
}

/** Throws `broken-file` for a package that no build of this repository sees. */
export function refuseMissing(project: Project, packages: readonly LocalPackage[]): void {
  for (const item of packages.filter(({ needed }) => needed)) {
    const { path, archive, place } = item;
    const inside = packageProject(project, item);
    const files = ['pyproject.toml', 'setup.py', 'setup.cfg'];
    const there = archive ? project.has(path) : files.some((file) => inside.has(file));
    if (there && !project.inContext(path).startsWith('..')) continue;
    const what = archive || !project.exists(path) ? 'is not in this repository' : `has none of ${files.join(', ')}`;
    const hint = 'Commit it or correct its path; publish a package of another repository, and depend on its version.';
    throw new MsbError('broken-file', `${path} is a dependency, and ${what}`, hint, place);
  }
}

const isDynamic = ({ value }: Pyproject): boolean =>
  at(value, 'project', 'name') === undefined || itemsOf(at(value, 'project', 'dynamic')).length > 0;
