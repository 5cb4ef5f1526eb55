import { at, itemsOf, keysOf, type Note, type Place, type Project, textAt } from '@msb/core';
import { normalized } from './names.ts';
import { type Pyproject, pyprojectFile, toolOf } from './pyproject.ts';
import { ownSources } from './sources.ts';

/** Whether the project is a package that is installed, and where its modules are. */
export interface Layout {
  readonly installed: boolean;
  readonly place: Place | undefined;
  /** The folder that the packages lie in, `src` or none; modules are named from there. */
  readonly root: string;
  /** The packages and modules that are installed. */
  readonly packages: readonly string[];
  readonly notes: readonly Note[];
}

const none = { installed: false, place: undefined, root: '', packages: [], notes: [] } as const;

/** Whether an installer would take the project for a package (https://docs.astral.sh/uv/concepts/projects/config/#project-packaging). */
function isPackage(project: Project, pyproject: Pyproject, manager: string): Place | undefined {
  const off = [
    at(toolOf(pyproject, 'uv'), 'package') === false,
    at(toolOf(pyproject, 'poetry'), 'package-mode') === false,
    at(toolOf(pyproject, 'pdm'), 'distribution') === false,
  ];
  if (off.includes(true)) return undefined;
  if (at(pyproject.value, 'build-system') !== undefined) return pyproject.place('build-system');
  if (at(toolOf(pyproject, 'uv'), 'package') === true) return pyproject.place('package');
  if (manager === 'poetry' && textAt(toolOf(pyproject, 'poetry'), 'name') !== undefined) return pyproject.place('name');
  return project.has('setup.py') ? { file: 'setup.py' } : undefined;
}

/** The name of the project, by whatever standard it says it. */
export const projectName = (project: Project, pyproject: Pyproject): string | undefined =>
  textAt(pyproject.value, 'project', 'name') ??
  textAt(toolOf(pyproject, 'poetry'), 'name') ??
  project.search(['setup.cfg'], [/^name\s*=\s*(\S+)/])?.match[1] ??
  project.search(['setup.py'], [/\bname\s*=\s*["']([^"']+)["']/])?.match[1];

const isCode = (project: Project, folder: string): boolean => project.list(folder).some((name) => name.endsWith('.py'));

/** What tools are told of where the packages are: the folder they lie in, and what is in it. */
function configured(pyproject: Pyproject): { readonly root: string; readonly names: readonly string[] } | undefined {
  const setuptools = toolOf(pyproject, 'setuptools');
  const where = itemsOf(at(setuptools, 'packages', 'find', 'where'))[0] ?? textAt(at(setuptools, 'package-dir'), '');
  const wheel = at(toolOf(pyproject, 'hatch'), 'build', 'targets', 'wheel');
  const uv = at(toolOf(pyproject, 'uv'), 'build-backend');
  // Hatch keeps the last part of a path alone (https://hatch.pypa.io/latest/config/build/#packages)
  const found: readonly Found[] = [
    ...texts(at(wheel, 'packages')).map((path) => split(path, path.lastIndexOf('/'))),
    ...[...texts(at(wheel, 'only-include')), ...keysOf(at(wheel, 'force-include'))].map(belowSrc),
    ...itemsOf(at(toolOf(pyproject, 'poetry'), 'packages')).map((item) => {
      const from = textAt(item, 'from');
      const include = textAt(item, 'include') ?? '';
      return from === undefined ? belowSrc(include) : { root: from.replace(/\/$/, ''), path: include };
    }),
    ...[...texts(at(setuptools, 'py-modules')), ...texts(at(setuptools, 'packages'))].map(belowSrc),
  ].filter(({ path }) => path !== '');
  const module = textAt(uv, 'module-name');
  const moduleRoot = textAt(uv, 'module-root') ?? 'src';
  if (module !== undefined) return { root: moduleRoot, names: [module] };
  const [first] = found;
  const told = typeof where === 'string' ? where.replace(/^\.?\/?$/, '') : undefined;
  if (first === undefined) return told === undefined ? undefined : { root: told, names: [] };
  const root = found.every((item) => item.root === first.root) ? first.root : '';
  return { root: root === '' ? (told ?? '') : root, names: found.map(({ path }) => path.replace(/\/.*|\.py$/, '')) };
}

/** A package that is installed: the folder that it is named from, and its path there. */
interface Found {
  readonly root: string;
  readonly path: string;
}

const split = (path: string, at: number): Found => ({ root: path.slice(0, Math.max(at, 0)), path: path.slice(at + 1) });

/** `src/shop` → `shop` in src. */
const belowSrc = (path: string): Found => split(path, path.startsWith('src/') ? 3 : -1);

/** The texts of a list; anything else is none. */
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** Reads how the project is laid out. `required` says whether the start can't do without it being installed. */
export function readLayout(project: Project, pyproject: Pyproject, manager: string): Layout {
  const place = isPackage(project, pyproject, manager);
  const src = ownSources(project).some((file) => /^src\/[^/]+\/[^/]+\.py$|^src\/[^/]+\.py$/.test(file));
  const isNamespace = src && project.has('src/__init__.py');
  const fallback = { ...none, root: src && !isNamespace && place !== undefined ? 'src' : '' };
  if (place === undefined) return fallback;
  const told = configured(pyproject);
  if (told !== undefined) return { installed: true, place, root: told.root, packages: told.names, notes: [] };
  const name = normalized(projectName(project, pyproject) ?? '').replaceAll('-', '_');
  for (const root of ['src', '']) {
    const prefix = root === '' ? '' : `${root}/`;
    const match = project.list(root).find((entry) => entry.replace(/\.py$/, '').toLowerCase() === name);
    if (match !== undefined && (match.endsWith('.py') || isCode(project, prefix + match))) {
      return { installed: true, place, root, packages: [match.replace(/\.py$/, '')], notes: [] };
    }
  }
  // setuptools finds packages by itself, as long as there is one alone, or a folder for them
  const backend = textAt(pyproject.value, 'build-system', 'build-backend') ?? 'setuptools';
  const flat = project
    .list('')
    .filter((entry) => project.has(`${entry}/__init__.py`) && !/^(tests?|docs?|examples?)$/.test(entry));
  if (backend.startsWith('setuptools') && (project.has('setup.py') || src || flat.length === 1)) {
    const packages = src ? project.list('src').filter((entry) => isCode(project, `src/${entry}`)) : flat;
    return { installed: true, place, root: src ? 'src' : '', packages, notes: [] };
  }
  return {
    ...fallback,
    notes: [
      {
        message: `The project is set up as a package, but there is no package ${name || 'of its name'}, so it is run from its sources`,
        hint: `Name its packages in ${pyprojectFile}, or say that it is none: [tool.uv] package = false, [tool.poetry] package-mode = false.`,
        place,
      },
    ],
  };
}

/** A module as Python names it, and the folder that it is started in, from which others are imported. */
export interface ModulePath {
  readonly module: string;
  readonly folder: string;
}

/** `src/shop/main.py` → `shop.main` in src; `backend/app/main.py` → `app.main` in backend, if that is how it imports. */
export function modulePath(project: Project, layout: Layout, file: string): ModulePath {
  const inRoot = layout.root !== '' && file.startsWith(`${layout.root}/`);
  const folders = file.split('/').slice(0, -1);
  const top = inRoot ? layout.root.split('/').length : topOf(project, folders);
  const path = file
    .split('/')
    .slice(top)
    .join('/')
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '');
  return { module: path.replaceAll('/', '.'), folder: folders.slice(0, top).join('/') };
}

/** How many of the folders lie above the first package. */
function topOf(project: Project, folders: readonly string[]): number {
  const isImported = (name: string): boolean =>
    project.search(ownSources(project), [new RegExp(`^\\s*(?:from|import)\\s+${name.replace(/\W/g, '.')}\\b`)]) !==
    undefined;
  for (let top = 0; top < folders.length; top += 1) {
    const path = folders.slice(0, top + 1).join('/');
    if (project.has(`${path}/__init__.py`) || isImported(folders[top] ?? '')) return top;
  }
  // nobody names the folder, and it is no package: its modules import one another by their own names
  const inside = ownSources(project).filter((file) => file.startsWith(`${folders.join('/')}/`));
  const siblings = inside.map((file) => file.split('/')[folders.length]?.replace(/\.py$/, '') ?? '');
  return folders.length > 0 && siblings.some(isImported) ? folders.length : 0;
}

/** Whether a file belongs to what is installed. */
export const isInstalled = ({ installed, root, packages }: Layout, file: string): boolean => {
  if (!installed) return false;
  const inRoot = root === '' ? file : file.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
  if (inRoot === undefined) return false;
  const top = inRoot.split('/')[0]?.replace(/\.py$/, '') ?? '';
  return packages.length === 0 ? root !== '' : packages.includes(top);
};
