import {
  at,
  type BuildSecret,
  itemsOf,
  MsbError,
  type Note,
  type Place,
  type Project,
  readToml,
  textAt,
} from '@msb/core';
import { type Pyproject, pyprojectFile, toolOf } from './pyproject.ts';

/** What private indexes of packages ask of the build. */
export interface Indexes {
  /** Values of `--mount`; a build without the secrets goes on, and fails only where a private package is fetched. */
  readonly mounts: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly notes: readonly Note[];
}

/** Indexes that ask nobody who they are. */
const open =
  /^https?:\/\/(?:[\w.-]+\.)?(?:pypi\.org|pythonhosted\.org|pypi\.python\.org|download\.pytorch\.org|pypi\.nvidia\.com)(?:\/|$)/;

interface Index {
  readonly name: string | undefined;
  readonly url: string;
  readonly place: Place;
}

/** The indexes that a project names, wherever its package manager looks for them. */
function named(project: Project, pyproject: Pyproject, manager: string, files: readonly string[]): readonly Index[] {
  const tables: Readonly<Record<string, () => unknown>> = {
    uv: () => at(toolOf(pyproject, 'uv'), 'index'),
    poetry: () => at(toolOf(pyproject, 'poetry'), 'source'),
    pdm: () => at(toolOf(pyproject, 'pdm'), 'source'),
    pipenv: () => (project.has('Pipfile') ? at(readToml(project, 'Pipfile'), 'source') : []),
  };
  const listed = itemsOf(tables[manager]?.()).flatMap((item): readonly Index[] => {
    const url = textAt(item, 'url');
    const place = manager === 'pipenv' ? { file: 'Pipfile' } : pyproject.place(manager === 'uv' ? 'index' : 'source');
    return url === undefined ? [] : [{ name: textAt(item, 'name'), url, place }];
  });
  const options = [
    ...project.matches(
      manager === 'pip' ? files : [],
      /^\s*(?:-i|--(?:extra-)?index-url|-f|--find-links)[\s=]+(https?:\S+)/,
    ),
  ];
  return [
    ...listed,
    ...options.map(({ match, file, line }) => ({ name: undefined, url: match[1] ?? '', place: { file, line } })),
  ];
}

/** `$NAME` or `${NAME}` in an address. */
const variablesOf = (url: string): readonly string[] =>
  [...url.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)].flatMap(([, name]) => name ?? []);

const variable = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '_');

/** Variables by which a manager is told who asks an index of this name. */
const credentials: Readonly<Record<string, (name: string) => readonly string[]>> = {
  // https://docs.astral.sh/uv/concepts/indexes/#providing-credentials-directly
  uv: (name) => [`UV_INDEX_${variable(name)}_USERNAME`, `UV_INDEX_${variable(name)}_PASSWORD`],
};

/**
 * Reads the private indexes of a project. Who asks is told by secrets of the build, as variables where the manager or the
 * address has some, else in a .netrc. Throws `secret-in-build` for an address with a password in it.
 */
export function readIndexes(
  project: Project,
  pyproject: Pyproject,
  manager: string,
  files: readonly string[],
): Indexes {
  const all = named(project, pyproject, manager, files).filter(({ url }) => !open.test(url));
  const variables = new Set<string>();
  let netrc = false;
  for (const { name, url, place } of all) {
    const [, password = ''] = /^\w+:\/\/[^/@\s]*?:([^/@\s]*)@/.exec(url) ?? [];
    if (password !== '' && variablesOf(password).length === 0) throw literal(place);
    const own = variablesOf(url);
    const asked = own.length > 0 ? own : name === undefined ? [] : (credentials[manager]?.(name) ?? []);
    for (const item of asked) variables.add(item);
    netrc ||= asked.length === 0;
  }
  const secrets: readonly BuildSecret[] = [
    ...[...variables].map((name) => ({ id: name, env: name })),
    ...(netrc ? [{ id: 'netrc', src: '$HOME/.netrc' }] : []),
  ];
  const [first] = all;
  return {
    mounts: [
      ...[...variables].map((name) => `type=secret,id=${name},env=${name}`),
      ...(netrc ? ['type=secret,id=netrc,target=/root/.netrc'] : []),
    ],
    secrets,
    notes: first
      ? [
          {
            message: `Packages come from ${hostOf(first.url)}, too; who asks for them is a secret of the build, and in no layer`,
            hint: `Build with ${secrets.map(({ id, env, src }) => `--secret id=${id},${env ? `env=${env}` : `src=${src}`}`).join(' ')}; without, if it asks nobody.`,
            place: first.place,
          },
        ]
      : [],
  };
}

const hostOf = (url: string): string => /^\w+:\/\/(?:[^/@]*@)?([\w.-]+)/.exec(url)?.[1] ?? 'another index';

const literal = (place: Place): MsbError =>
  new MsbError(
    'secret-in-build',
    `The address of an index in ${place.file === pyprojectFile ? pyprojectFile : place.file} has a password in it, which would be in a layer`,
    'Take it from a variable, $PYPI_TOKEN in the place of the password, and revoke the one that is there.',
    place,
  );
