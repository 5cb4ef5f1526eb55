import { at, itemsOf, join, keysOf, type Place, type Project, relative, textAt } from '@msb/core';
import { normalized, pathOf, type Requirement } from '../names.ts';
import { groupRequirements, poetryTable, productionRequirements, type Wanted } from '../package-managers/wanted.ts';
import { type Pyproject, readPyproject, toolOf } from '../pyproject.ts';
import { memberFolders, workspaceAround } from './members.ts';

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

/** A path in a package of the repository as the project sees it: `../app/libs` and `libs` are one. */
const seenFrom = (top: Project, inside: Project, path: string): string => {
  const to = join(inside.folder, path);
  return to.startsWith('..') ? path : relative(top.folder, to);
};

/** What the manifest of a package asks for by a path, as the project `top` sees it. */
export function askedBy(top: Project, project: Project, pyproject: Pyproject, wanted: Wanted): readonly Asked[] {
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
