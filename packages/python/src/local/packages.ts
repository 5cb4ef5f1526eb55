import { at, itemsOf, join, keysOf, MsbError, type Place, Project, relative, textAt } from '@msb/core';
import { normalized, pathOf, type Requirement } from '../names.ts';
import { groupRequirements, poetryTable, productionRequirements, type Wanted } from '../package-managers/wanted.ts';
import { type Pyproject, readPyproject, toolOf } from '../pyproject.ts';
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

/** What a manifest asks for by a path. */
export interface Asked {
  readonly requirement: Requirement;
  /** From the folder of the project. */
  readonly path: string;
  readonly needed: boolean;
  /** Whether it is to be installed as a link to its sources. */
  readonly linked?: boolean;
  /** The line of a requirements file. */
  readonly text?: string;
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

/** A path in a package of the repository as the project sees it: `../app/libs` and `libs` are one. */
const seenFrom = (top: Project, inside: Project, path: string): string => {
  const to = join(inside.folder, path);
  return to.startsWith('..') ? path : relative(top.folder, to);
};

const isDynamic = ({ value }: Pyproject): boolean =>
  at(value, 'project', 'name') === undefined || itemsOf(at(value, 'project', 'dynamic')).length > 0;

/** What the manifest of a package asks for by a path, as the project `top` sees it. */
function askedBy(top: Project, project: Project, pyproject: Pyproject, wanted: Wanted): readonly Asked[] {
  const path = relative(top.folder, project.folder);
  const production = productionRequirements(pyproject, wanted);
  const names = new Set(production.map(({ name }) => name));
  const direct = [...production, ...(path === '' ? developmentRequirements(pyproject) : [])];
  const sources = sourcesOf(project, pyproject);
  const editable = editableSources(pyproject);
  const siblings = siblingsOf(project);
  const named = [
    ...production,
    ...[...sources.keys()].map((name): Requirement => ({ name, extras: [], specifier: '' })),
  ];
  const all = [
    ...direct.flatMap((requirement) => (requirement.path === undefined ? [] : [{ requirement, to: requirement.path }])),
    ...named.flatMap((requirement) => {
      const to =
        sources.get(requirement.name) ?? (names.has(requirement.name) ? siblings.get(requirement.name) : undefined);
      return to === undefined ? [] : [{ requirement, to }];
    }),
  ];
  return all.map(({ requirement, to }) => {
    const { file, line } = pyproject.place(requirement.name);
    return {
      requirement,
      path: seenFrom(top, project, to),
      needed: names.has(requirement.name),
      linked: requirement.linked === true || editable.has(requirement.name),
      place: { file: join(path, file), ...(line !== undefined && { line }) },
    };
  });
}

/** What is for development alone, of which some package managers read the manifests all the same. */
function developmentRequirements(pyproject: Pyproject): readonly Requirement[] {
  const { value } = pyproject;
  const poetry = at(toolOf(pyproject, 'poetry'), 'group');
  return [
    ...keysOf(at(value, 'dependency-groups')).flatMap((group) => groupRequirements(pyproject, group)),
    ...keysOf(poetry).flatMap((group) => poetryTable(at(poetry, group, 'dependencies'))),
    ...keysOf(at(toolOf(pyproject, 'pdm'), 'dev-dependencies')).flatMap((group) =>
      itemsOf(at(toolOf(pyproject, 'pdm'), 'dev-dependencies', group)).flatMap(editableRequirement),
    ),
  ];
}

/** PDM's `-e file:///${PROJECT_ROOT}/libs/words#egg=words`. */
function editableRequirement(item: unknown): readonly Requirement[] {
  const [, url = '', egg] = /^-e\s+([^\s#]+)(?:#egg=([\w.-]+))?/.exec(String(item)) ?? [];
  const path = pathOf(url);
  return path === undefined
    ? []
    : [{ name: normalized(egg ?? path.split('/').at(-1) ?? ''), extras: [], specifier: '', path }];
}

/** The packages whose folder uv is told of (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources). */
function sourcesOf(project: Project, pyproject: Pyproject): ReadonlyMap<string, string> {
  const around = workspaceAround(project);
  const found = new Map<string, string>();
  const read = (from: Pyproject, up: string): void => {
    const table = at(toolOf(from, 'uv'), 'sources');
    for (const key of keysOf(table)) {
      const entry = at(table, key);
      const name = normalized(key);
      for (const item of Array.isArray(entry) ? entry : [entry]) {
        const path = textAt(item, 'path');
        const member = at(item, 'workspace') === true ? memberFolders(project).get(name) : undefined;
        const to = path === undefined ? member : /^(\/|\w:)/.test(path) ? undefined : join(up, path);
        if (to !== undefined) found.set(name, to);
      }
    }
  };
  // what the root says holds for all members that don't say otherwise
  if (around?.kind === 'uv') read(readPyproject(around.root), relative(project.folder, around.root.folder));
  read(pyproject, '');
  return found;
}

/** Those that uv installs as links for development. */
const editableSources = (pyproject: Pyproject): ReadonlySet<string> => {
  const table = at(toolOf(pyproject, 'uv'), 'sources');
  return new Set(
    keysOf(table)
      .filter((name) => at(table, name, 'editable') === true)
      .map(normalized),
  );
};

/** Members of PDM's and Hatch's workspaces need one another by name alone. */
const siblingsOf = (project: Project): ReadonlyMap<string, string> => {
  const around = workspaceAround(project);
  return around === undefined || around.kind === 'uv' ? new Map() : memberFolders(project);
};

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
