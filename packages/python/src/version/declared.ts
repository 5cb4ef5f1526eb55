import { at, isOurs, itemsOf, lineOf, type Place, type Project, readToml, textAt } from '@msb/core';
import { type Pyproject, toolOf } from '../pyproject.ts';

/** A Python version as a file of the project spells it: `3.12.4`, `>=3.11`, `^3.10`. */
export interface DeclaredVersion {
  readonly wanted: string;
  readonly place: Place;
}

type Source = (project: Project, pyproject: Pyproject) => DeclaredVersion | undefined;

/** The first line of a file with nothing but versions: https://github.com/pyenv/pyenv#choosing-the-python-version */
const versionFile =
  (file: string, line: RegExp): Source =>
  (project) => {
    const places = project.up === '' ? [file] : [file, `${project.up}/${file}`];
    const hit = project.search(places, [line]);
    const wanted = hit?.match[1];
    return hit && wanted !== undefined ? { wanted, place: { file: hit.file, line: hit.line } } : undefined;
  };

/** `python = "3.13"`, a list of them, or a table: https://mise.jdx.dev/configuration.html */
const mise =
  (file: string): Source =>
  (project) => {
    if (!project.has(file)) return undefined;
    const tool = at(readToml(project, file), 'tools', 'python');
    const wanted = [tool, itemsOf(tool)[0], textAt(tool, 'version')].find((value) => typeof value === 'string');
    const line = lineOf(project.text(file) ?? '', /^\s*(?:"?python"?\s*=|\[tools\.python\])/);
    return typeof wanted === 'string' ? { wanted, place: { file, ...(line !== undefined && { line }) } } : undefined;
  };

/** https://pipenv.pypa.io/en/latest/pipfile.html */
const pipfile: Source = (project) => {
  if (!project.has('Pipfile')) return undefined;
  const requires = at(readToml(project, 'Pipfile'), 'requires');
  const wanted = textAt(requires, 'python_full_version') ?? textAt(requires, 'python_version');
  const line = lineOf(project.text('Pipfile') ?? '', /^\s*python_(?:full_)?version\s*=/);
  if (wanted === undefined || wanted === '*') return undefined;
  return { wanted, place: { file: 'Pipfile', ...(line !== undefined && { line }) } };
};

const requiresPython: Source = (_, pyproject) => {
  const wanted = textAt(pyproject.value, 'project', 'requires-python');
  return wanted === undefined ? undefined : { wanted, place: pyproject.place('requires-python') };
};

/** Poetry's own key, beside the dependencies; a table may hold it. */
const poetry: Source = (_, pyproject) => {
  const python = at(toolOf(pyproject, 'poetry'), 'dependencies', 'python');
  const wanted = typeof python === 'string' ? python : textAt(python, 'version');
  return wanted === undefined ? undefined : { wanted, place: pyproject.place('python') };
};

/** `python_requires` of setup.py and setup.cfg. */
const setup = (file: string): Source => versionFile(file, /^\s*python_requires\s*=\s*["']?([^"'#\n]+?)["']?,?\s*$/);

/** The image that somebody's own Dockerfile starts from: what is known to work, where nothing else is said. */
const dockerfile: Source = (project) => {
  const foreign = ['Dockerfile'].filter((file) => !isOurs(project.text(file) ?? ''));
  const hit = project.search(foreign, [/^\s*FROM\s+(?:--\S+\s+)?(?:\S*\/)?python:(3\.\d+)/i]);
  const wanted = hit?.match[1];
  return hit && wanted !== undefined ? { wanted, place: { file: hit.file, line: hit.line } } : undefined;
};

/** A pin of one version: what people start, and images are made with. */
const pins: readonly Source[] = [
  versionFile('.python-version', /^\s*(?:python-|cpython-|cpython@)?(3[\d.]*)\s*(?:#.*)?$/),
  versionFile('.tool-versions', /^\s*python\s+(3[\d.]*)/),
  mise('mise.toml'),
  mise('.mise.toml'),
  versionFile('runtime.txt', /^\s*python-(3[\d.]*)/),
  pipfile,
];

/** Ranges of what the project can run on. */
const ranges: readonly Source[] = [requiresPython, poetry, setup('setup.cfg'), setup('setup.py'), dockerfile];

const first = (sources: readonly Source[], project: Project, pyproject: Pyproject): DeclaredVersion | undefined => {
  for (const source of sources) {
    const found = source(project, pyproject);
    if (found) return found;
  }
  return undefined;
};

/** What a project says of its Python. Throws `broken-file`. */
export const declaredVersion = (
  project: Project,
  pyproject: Pyproject,
): { readonly pin: DeclaredVersion | undefined; readonly range: DeclaredVersion | undefined } => ({
  pin: first(pins, project, pyproject),
  range: first(ranges, project, pyproject),
});
