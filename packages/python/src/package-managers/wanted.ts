import { at, itemsOf, keysOf } from '@msb/core';
import { normalized, type Requirement, requirementsOf } from '../names.ts';
import { type Pyproject, toolOf } from '../pyproject.ts';

/** Which optional dependencies are installed, and why. */
export interface Wanted {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

/** Names under which people keep what only production needs, such as its web server. */
const production = new Set(['prod', 'production', 'deploy', 'deployment', 'server']);

const split = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((name) => /^[A-Za-z0-9][\w.-]*$/.test(name));

/** The extras of a project, by whatever standard. */
const extrasOf = (pyproject: Pyproject): readonly string[] => [
  ...keysOf(at(pyproject.value, 'project', 'optional-dependencies')),
  ...keysOf(at(toolOf(pyproject, 'poetry'), 'extras')),
];

/** Its groups: https://peps.python.org/pep-0735/, and Poetry's. */
const groupsOf = (pyproject: Pyproject): readonly string[] => [
  ...keysOf(at(pyproject.value, 'dependency-groups')),
  ...keysOf(at(toolOf(pyproject, 'poetry'), 'group')),
];

/** The extras and groups that were asked for, else those whose names say that they are for production. */
export function wantedParts(pyproject: Pyproject, extras: string | undefined, groups: string | undefined): Wanted {
  const named = (names: readonly string[]): readonly string[] => [
    ...new Set(names.filter((name) => production.has(name.toLowerCase()))),
  ];
  return {
    extras: extras === undefined ? named(extrasOf(pyproject)) : split(extras),
    groups: groups === undefined ? named(groupsOf(pyproject)) : split(groups),
  };
}

/** What pyproject.toml asks for in production: dependencies, wanted extras, wanted groups. */
export function productionRequirements(pyproject: Pyproject, wanted: Wanted): readonly Requirement[] {
  const { value } = pyproject;
  const poetry = toolOf(pyproject, 'poetry');
  const extras = wanted.extras.flatMap((extra) => itemsOf(at(value, 'project', 'optional-dependencies', extra)));
  return [
    ...requirementsOf(itemsOf(at(value, 'project', 'dependencies'))),
    ...requirementsOf(extras),
    ...wanted.groups.flatMap((group) => groupRequirements(pyproject, group)),
    ...poetryTable(
      at(poetry, 'dependencies'),
      wanted.extras.flatMap((extra) => itemsOf(at(poetry, 'extras', extra))),
    ),
    ...wanted.groups.flatMap((group) => poetryTable(at(poetry, 'group', group, 'dependencies'))),
  ];
}

/** A group may include others. */
export function groupRequirements(
  pyproject: Pyproject,
  group: string,
  seen: ReadonlySet<string> = new Set(),
): readonly Requirement[] {
  if (seen.has(group)) return [];
  const items = itemsOf(at(pyproject.value, 'dependency-groups', group));
  const included = items.flatMap((item) => {
    const name = at(item, 'include-group');
    return typeof name === 'string' ? groupRequirements(pyproject, name, new Set([...seen, group])) : [];
  });
  return [...requirementsOf(items), ...included];
}

/** `flask = "^3"`, or a table that may say extras, a repository, or that it is optional. */
export function poetryTable(table: unknown, optional: readonly unknown[] = []): readonly Requirement[] {
  return keysOf(table)
    .filter((name) => name !== 'python')
    .filter((name) => at(table, name, 'optional') !== true || optional.includes(name))
    .map((name) => {
      const entry = at(table, name);
      const git = at(entry, 'git') ?? at(entry, 'url');
      const path = at(entry, 'path') ?? at(entry, 'file');
      return {
        name: normalized(name),
        extras: itemsOf(at(entry, 'extras')).map(String).map(normalized),
        specifier: typeof entry === 'string' ? entry : String(at(entry, 'version') ?? ''),
        ...(typeof git === 'string' && { url: `git+${git}` }),
        ...(typeof path === 'string' && !/^(\/|\w+:)/.test(path) && { path }),
        ...((at(entry, 'develop') === true || at(entry, 'editable') === true) && { linked: true }),
      };
    });
}
