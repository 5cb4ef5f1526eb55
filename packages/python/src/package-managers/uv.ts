import { at, itemsOf, join, type Project, readToml, relative, shellWord, textAt } from '@msb/core';
import { memberFolders, workspaceAround } from '../local/members.ts';
import { normalized, type Requirement } from '../names.ts';
import { type Pyproject, pyprojectFile, readPyproject, toolOf } from '../pyproject.ts';
import { closure, namedPackages } from './closure.ts';
import { lockPlace, staleNotes, unlockedNote } from './locked.ts';
import {
  builtPackages,
  type Dependencies,
  type InstallRequest,
  type LockedPackage,
  type PackageManager,
  venv,
  withTests,
} from './manager.ts';
import { toolVersion } from './version.ts';
import { productionRequirements, type Wanted } from './wanted.ts';

const lockfile = 'uv.lock';

/** Entries such as `{ name = "fastapi", extra = ["standard"] }`. */
const entries = (items: unknown): readonly Requirement[] =>
  itemsOf(items).flatMap((item) => {
    const name = textAt(item, 'name');
    const extras = itemsOf(at(item, 'extra')).map(String).map(normalized);
    return name === undefined ? [] : [{ name: normalized(name), extras, specifier: '' }];
  });

/** The packages of uv.lock; a file's name is the end of its address. */
export function readUvLock(project: Project): readonly LockedPackage[] {
  const place = lockPlace(project, lockfile);
  return itemsOf(at(readToml(project, lockfile), 'package')).map((item) => {
    const name = normalized(textAt(item, 'name') ?? '');
    const optional = at(item, 'optional-dependencies');
    return {
      name,
      version: textAt(item, 'version'),
      dependencies: entries(at(item, 'dependencies')),
      extras: Object.fromEntries(
        Object.entries(Object(optional)).map(([extra, list]) => [normalized(extra), entries(list)]),
      ),
      wheels: local(item)
        ? undefined
        : itemsOf(at(item, 'wheels')).map(
            (wheel) => (textAt(wheel, 'url') ?? textAt(wheel, 'filename') ?? '').split('/').at(-1) ?? '',
          ),
      git: at(item, 'source', 'git') !== undefined,
      place: place(name),
    };
  });
}

/** Whether it is built of sources that are here, or fetched by Git. */
const local = (item: unknown): boolean =>
  ['editable', 'virtual', 'directory', 'path', 'git'].some((key) => at(item, 'source', key) !== undefined);

function read(project: Project, pyproject: Pyproject, wanted: Wanted): Dependencies {
  const around = workspaceAround(project);
  const root = around?.kind === 'uv' ? around.root : project;
  const up = relative(project.folder, root.folder);
  const roots = productionRequirements(pyproject, wanted);
  const settings = toolOf(readPyproject(root), 'uv');
  const version = toolVersion('uv', textAt(settings, 'required-version'));
  const own = [pyprojectFile, lockfile, 'uv.toml'].map((file) => join(up, file));
  // uv reads the manifests of all members, whichever it installs
  const members = root === project && around === undefined ? [] : [...memberFolders(project).values()];
  const manifests = ['', ...members].map((folder) => join(folder, pyprojectFile));
  const inContext = (paths: readonly string[]): readonly string[] =>
    paths.filter((file) => project.has(file)).map((file) => project.inContext(file));
  const files = [...new Set([...inContext(own), ...[...inContext(manifests)].sort()])];
  const common = { title: `uv ${version.text}`, tool: [`uv${version.specifier}`], files };
  if (!root.has(lockfile)) {
    const place = pyproject.place('dependencies');
    return {
      ...common,
      place,
      packages: namedPackages(roots, () => place),
      complete: false,
      locked: false,
      notes: [unlockedNote(uv, lockfile, place)],
    };
  }
  const packages = closure(roots, readUvLock(root));
  const file = join(up, lockfile);
  return {
    ...common,
    place: { file },
    packages,
    complete: true,
    locked: true,
    notes: staleNotes(uv, file, roots, packages),
  };
}

/** Groups that uv installs unasked are for development (https://docs.astral.sh/uv/concepts/projects/dependencies/#default-groups). */
function sync(
  { dependencies, wanted, pyproject, member, linked }: InstallRequest,
  ...flags: readonly string[]
): string {
  const usual = wanted.groups.includes('dev') ? [] : '--no-dev'; // which wins over --group dev
  const groups = at(toolOf(pyproject, 'uv'), 'default-groups') === undefined ? usual : '--no-default-groups';
  return [
    '/opt/uv/bin/uv sync',
    dependencies.locked ? '--locked' : [],
    groups,
    wanted.extras.map((extra) => `--extra ${extra}`),
    wanted.groups.map((group) => `--group ${group}`),
    member === undefined ? [] : `--package ${shellWord(member, 'The name of a package')}`,
    linked ? [] : '--no-editable',
    flags,
  ]
    .flat()
    .join(' ');
}

/** Packages of the repository are built of their sources, which are not there yet. */
const withoutProject = (request: InstallRequest): string =>
  sync(
    request,
    request.member === undefined && !request.local.some(({ member }) => member)
      ? '--no-install-project'
      : '--no-install-workspace',
    ...builtPackages(request)
      .filter(({ member }) => !member)
      .map(({ name }) => `--no-install-package ${shellWord(name, 'The name of a package')}`),
  );

/**
 * The dependencies of a project that has no uv.lock and whose build works out some of its metadata: `uv sync` would lock
 * it first, hence build it, of sources that are not there yet. What pyproject.toml lists is installed all the same; a list
 * that is worked out, too, has to wait for the sources.
 */
function unbuilt({ wanted, pyproject }: InstallRequest): readonly string[] {
  const extras = wanted.extras.map((extra) => `--extra ${extra}`);
  const groups = wanted.groups.map((group) => `--group ${group}`);
  // -r has had two long names
  const listed = ['/opt/uv/bin/uv pip install --python', venv, '-r', pyprojectFile, ...extras, ...groups].join(' ');
  return [`/opt/uv/bin/uv venv ${venv}`, ...(dynamicFields(pyproject).includes('dependencies') ? [] : [listed])];
}

/** Fields that the build backend works out (https://packaging.python.org/en/latest/specifications/pyproject-toml/#dynamic). */
const dynamicFields = ({ value }: Pyproject): readonly unknown[] => itemsOf(at(value, 'project', 'dynamic'));

function installDependencies(request: InstallRequest): readonly string[] {
  const { dependencies, member, pyproject, local } = request;
  if (dependencies.locked) return [withoutProject(request)];
  // what a package of the repository needs can be told once it is built
  if (local.some((item) => item.dynamic) || (member !== undefined && dynamicFields(pyproject).length > 0)) {
    return [`/opt/uv/bin/uv venv ${venv}`];
  }
  return dynamicFields(pyproject).length > 0 && local.length === 0 ? unbuilt(request) : [withoutProject(request)];
}

/** uv (https://docs.astral.sh/uv/guides/integration/docker/). */
export const uv: PackageManager = {
  id: 'uv',
  title: 'uv',
  lockfile,
  lock: 'uv lock',
  uses: (project, pyproject) =>
    project.has('uv.toml') || toolOf(pyproject, 'uv') !== undefined || workspaceAround(project)?.kind === 'uv',
  read,
  cache: { id: 'uv', target: '/root/.cache/uv' },
  localFiles: 'manifests',
  env: {
    UV_PROJECT_ENVIRONMENT: venv,
    // the interpreter of the image, whatever patch release .python-version names
    UV_PYTHON: '/usr/local/bin/python',
    UV_PYTHON_DOWNLOADS: 'never',
    UV_COMPILE_BYTECODE: '1',
    // the cache is another file system
    UV_LINK_MODE: 'copy',
    // as pip does: certificates that a company's base image trusts count
    UV_SYSTEM_CERTS: '1',
  },
  install: installDependencies,
  installProject: (request) => [sync(request, ...(request.self ? [] : ['--no-install-project']))],
  installTests: (request, tests, installed) => [(installed ? sync : withoutProject)(withTests(request, tests))],
};
