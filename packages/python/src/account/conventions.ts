import { at, itemsOf, join, type Place, type Project, textAt } from '@msb/core';
import { type Pyproject, pyprojectFile, toolOf } from '../pyproject.ts';
import { ownSources } from '../sources.ts';

/** What a program looks for by itself, from the folder that it is started in. */
export interface UsualRead {
  readonly path: string;
  readonly place: Place;
}

/** Files and folders by the package that reads them, or that is run with the image: migrations with their settings. */
const usual: Readonly<Record<string, readonly string[]>> = {
  // https://docs.gunicorn.org/en/stable/settings.html#config
  gunicorn: ['gunicorn.conf.py'],
  // https://docs.streamlit.io/develop/api-reference/configuration/config.toml
  streamlit: ['.streamlit/config.toml', 'static', 'pages'],
  chainlit: ['chainlit.md', '.chainlit', 'public'],
  celery: ['celeryconfig.py'],
  django: ['manage.py'],
  alembic: ['alembic.ini'],
  'flask-migrate': ['migrations'],
  aerich: ['aerich.ini'],
  'yoyo-migrations': ['yoyo.ini'],
  piccolo: ['piccolo_conf.py', 'piccolo_migrations'],
  // https://www.dynaconf.com/settings_files/
  dynaconf: ['settings.toml', 'settings.yaml', 'settings.yml', 'settings.json', 'config.toml', 'config.yaml', 'conf'],
  scrapy: ['scrapy.cfg'],
  'dbt-core': ['dbt_project.yml', 'models', 'macros', 'seeds', 'snapshots', 'profiles.yml'],
  kedro: ['conf'],
};

/** Where the settings of a tool for migrations name their folder. */
const scripts: readonly { readonly package: string; readonly file: string; readonly line: RegExp }[] = [
  {
    package: 'alembic',
    file: 'alembic.ini',
    line: /^\s*(?:script_location|version_locations)\s*=\s*(?:%\(here\)s\/)?(\S+)/,
  },
  { package: 'yoyo-migrations', file: 'yoyo.ini', line: /^\s*sources\s*=\s*(?:%\(here\)s\/)?(\S+)/ },
  { package: 'aerich', file: 'aerich.ini', line: /^\s*location\s*=\s*(\S+)/ },
];

/** What the packages of a program read by themselves, as far as it is there. */
export function usualReads(
  project: Project,
  pyproject: Pyproject,
  packages: ReadonlyMap<string, unknown>,
): readonly UsualRead[] {
  const plain = Object.entries(usual).flatMap(([name, paths]) =>
    packages.has(name)
      ? paths.filter((path) => project.exists(path)).map((path) => ({ path, place: { file: path } }))
      : [],
  );
  const named = scripts
    .filter((row) => packages.has(row.package))
    .flatMap(({ file, line }) => [...project.matches([file], line)])
    .map(({ match, file, line }) => ({ path: join((match[1] ?? '').replace(/:/g, '/')), place: { file, line } }));
  return [...plain, ...named, ...inPyproject(pyproject, packages)].filter(
    ({ path }) => path !== '' && !path.startsWith('..') && project.exists(path),
  );
}

/** The same of pyproject.toml, which is read then, too. */
function inPyproject(pyproject: Pyproject, packages: ReadonlyMap<string, unknown>): readonly UsualRead[] {
  const tables: readonly (readonly [string, string, string])[] = [
    ['aerich', 'aerich', 'location'],
    ['alembic', 'alembic', 'script_location'],
  ];
  return tables.flatMap(([name, table, key]) => {
    const path = textAt(toolOf(pyproject, table), key)?.replace('%(here)s/', '');
    if (path === undefined || !packages.has(name)) return [];
    const place = pyproject.place(key);
    return [path, pyprojectFile].map((file) => ({ path: join(file), place }));
  });
}

/** Names that .dockerignore keeps out, since tools make such folders. */
const outputs = ['build', 'dist', 'env', 'venv', 'tests', 'htmlcov'];

/** Folders that have such a name and are part of the program: packages, of which `tests` count where they are imported. */
export function packagesNamedLikeOutputs(project: Project): readonly string[] {
  const files = ownSources(project);
  const folders = new Set(['', ...files.map((file) => file.split('/').slice(0, -1).join('/'))]);
  return [...folders].flatMap((folder) =>
    outputs
      .map((name) => join(folder, name))
      .filter(
        (path) => !project.has(join(path, 'pyvenv.cfg')) && project.list(path).some((name) => name.endsWith('.py')),
      )
      .filter((path) => project.search(files, [importOf(path.split('/').at(-1) ?? '')]) !== undefined),
  );
}

const importOf = (name: string): RegExp =>
  new RegExp(
    `^\\s*(?:from\\s+(?:\\.|[\\w.]+\\.)?${name}(?:\\.[\\w.]+)?\\s+import|import\\s+(?:[\\w.]+\\.)?${name}\\b|from\\s+\\.+\\s+import\\s+.*\\b${name}\\b)`,
  );

/** Groups of pyproject.toml that list files of their own (https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata). */
export const dynamicFiles = (pyproject: Pyproject): readonly string[] =>
  ['version', 'readme', 'dependencies', 'description'].flatMap((key) => {
    const file = at(toolOf(pyproject, 'setuptools'), 'dynamic', key, 'file');
    return typeof file === 'string' ? [file] : itemsOf(file).filter((item) => typeof item === 'string');
  });
