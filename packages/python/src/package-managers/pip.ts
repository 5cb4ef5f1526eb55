import { at, itemsOf, type Note, type Place, type Project, pathWord } from '@msb/core';
import type { LocalPackage } from '../local/packages.ts';
import { isArchive } from '../local/packages.ts';
import { type Pyproject, pyprojectFile } from '../pyproject.ts';
import type { Needs } from '../tests.ts';
import { namedPackages } from './closure.ts';
import {
  activated,
  type Dependencies,
  type InstallRequest,
  installPath,
  makeVenv,
  type PackageManager,
  pipInstall,
  pipProject,
  quietPip,
} from './manager.ts';
import { otherFiles, type RequirementFiles, readRequirements, requirementFiles } from './requirements.ts';
import { productionRequirements, type Wanted } from './wanted.ts';

/** What pip needs to know beside what all managers do. */
interface PipDependencies extends Dependencies {
  readonly requirements: readonly string[];
  /** Whether all but the packages of the repository can be installed before the sources are there. */
  readonly early?: boolean;
}

function read(
  project: Project,
  pyproject: Pyproject,
  wanted: Wanted,
  local: readonly LocalPackage[],
  given?: string,
): PipDependencies {
  const found = readRequirements(project, requirementFiles(project, given));
  return found.files.length > 0 ? fromFiles(project, found) : fromProject(project, pyproject, wanted, local);
}

function fromFiles(project: Project, found: RequirementFiles): PipDependencies {
  const { files, lines, local, hashes } = found;
  // an archive is installed as it is, a folder is built of its sources
  const archives = local.filter(({ path }) => isArchive(path)).map(({ path }) => path);
  const folders = local.filter(({ path }) => !isArchive(path));
  // lines that begin so are left out while the folders are not there
  const early =
    found.all.length === 1 &&
    folders.every((asked) => asked.path !== '' && /^\s*(?:-e|--editable|\.)/.test(asked.text ?? ''));
  const linked = folders.some((asked) => asked.linked === true || asked.path === '');
  const places = new Map(lines.map(({ requirement, place }) => [requirement.name, place]));
  const [first = ''] = files;
  const exact = lines.filter(({ requirement }) => /^==/.test(requirement.specifier) || requirement.url !== undefined);
  return {
    title: hashes ? 'pip, with hashes' : 'pip',
    place: { file: first },
    requirements: files,
    packages: namedPackages(
      lines.map(({ requirement }) => requirement),
      ({ name }): Place => places.get(name) ?? { file: first },
    ),
    complete: false,
    locked: lines.length > 0 && exact.length === lines.length,
    files: [...found.all, ...archives].map((file) => project.inContext(file)),
    notes: [
      ...unpinned(lines.length, exact.length, first),
      ...otherFiles(project, found).map((file) => otherFile(file, first)),
      ...(folders[0] && !early ? [together(folders[0].place)] : []),
    ],
    ...(folders.length > 0 && { together: true, early }),
    ...(linked && { linked }),
  };
}

/** A project whose dependencies stand in pyproject.toml, or in setup.py, which tells them when it is run. */
function fromProject(
  project: Project,
  pyproject: Pyproject,
  wanted: Wanted,
  local: readonly LocalPackage[],
): PipDependencies {
  const roots = productionRequirements(pyproject, wanted);
  const dynamic = itemsOf(at(pyproject.value, 'project', 'dynamic')).includes('dependencies');
  const isStatic = at(pyproject.value, 'project', 'name') !== undefined && !dynamic;
  const file = isStatic
    ? pyprojectFile
    : (['setup.py', 'setup.cfg', pyprojectFile].find((name) => project.has(name)) ?? pyprojectFile);
  const place = isStatic ? pyproject.place('dependencies') : { file };
  const folder = local.find(({ needed }) => needed);
  const declares = isStatic ? roots.length > 0 : project.has('setup.py') || project.has('setup.cfg');
  return {
    title: 'pip',
    place,
    requirements: [],
    packages: namedPackages(isStatic ? roots : setupRequirements(project), () => place),
    complete: false,
    locked: !declares,
    files: project.has(pyprojectFile) ? [project.inContext(pyprojectFile)] : [],
    notes: [
      ...(isStatic ? unpinned(roots.length, 0, file) : []),
      ...(isStatic || !declares ? [] : [together(place)]),
      ...(isStatic && folder ? [together(folder.place)] : []),
    ],
    ...(((!isStatic && declares) || folder) && { together: true }),
  };
}

/** The names in `install_requires` of setup.py and setup.cfg, as far as they stand there as text. */
function setupRequirements(project: Project): ReturnType<typeof productionRequirements> {
  const text = ['setup.py', 'setup.cfg'].map((file) => project.text(file) ?? '').join('\n');
  const [, list = '', lines = ''] = /install_requires\s*=\s*(?:\[([^\]]*)\]|((?:\n[ \t]+\S.*)+))/.exec(text) ?? [];
  const items = list === '' ? lines.split('\n') : [...list.matchAll(/["']([^"']+)["']/g)].map(([, item = '']) => item);
  return items.flatMap((item) => {
    const [, name] = /^\s*([A-Za-z][\w.-]*)/.exec(item) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase().replace(/[_.]/g, '-'), extras: [], specifier: '' }];
  });
}

function unpinned(all: number, exact: number, file: string): readonly Note[] {
  if (all === exact) return [];
  return [
    {
      message: `${all - exact} of ${all} dependencies in ${file} name no exact version, so each build may take others`,
      hint: 'Lock them: pip-compile --generate-hashes, or uv lock, Poetry, PDM.',
      place: { file },
    },
  ];
}

const otherFile = (file: string, chosen: string): Note => ({
  message: `There is ${file}, too; the image is built from ${chosen}`,
  hint: `If it is the other one, say --requirements ${file}.`,
  place: { file },
});

const together = (place: Place): Note => ({
  message: 'The dependencies can be told from the sources only, so they are installed again with each change of one',
  hint: 'List them in pyproject.toml ([project] dependencies) or in requirements.txt, and they get a layer of their own.',
  place,
});

/** Reads the list out of pyproject.toml, since pip installs it with the project only. */
function listed({ wanted }: InstallRequest): string {
  const extras = wanted.extras.map((extra) => `, *p['optional-dependencies']['${extra}']`).join('');
  const list = `*p.get('dependencies', [])${extras}`;
  return `python -c "import tomllib; p = tomllib.load(open('${pyprojectFile}', 'rb'))['project']; print(${list}, sep='\\n')" > /tmp/requirements.txt`;
}

/** The same of what is for tests; groups that a group includes are named themselves. */
function listedTests({ extras, groups }: Needs): string {
  const lists = [
    ...extras.map((name) => `*p['project']['optional-dependencies']['${name}']`),
    ...groups.map((name) => `*(x for x in p['dependency-groups']['${name}'] if isinstance(x, str))`),
  ];
  return `python -c "import tomllib; p = tomllib.load(open('${pyprojectFile}', 'rb')); print(${lists.join(', ')}, sep='\\n')" > /tmp/tests.txt`;
}

/** What tests need, by the file that lists it, or by what pyproject.toml does. */
function installTests(_: InstallRequest, tests: Needs): readonly string[] {
  const [file] = tests.requirements;
  if (file !== undefined) return [`${pipInstall} -r ${pathWord(file, 'A requirements file')}`];
  return tests.extras.length + tests.groups.length === 0 ? [] : [listedTests(tests), `${pipInstall} -r /tmp/tests.txt`];
}

/** The options that name requirements files. */
const filesOf = ({ dependencies }: InstallRequest): readonly string[] =>
  'requirements' in dependencies
    ? itemsOf(dependencies.requirements).map((file) => `-r ${pathWord(String(file), 'A requirements file')}`)
    : [];

function install(request: InstallRequest): readonly string[] {
  const { dependencies } = request;
  const files = filesOf(request);
  const none = dependencies.packages.size === 0 && !request.local.some(({ archive }) => archive);
  if ('early' in dependencies && dependencies.early === true && !none) {
    const file = itemsOf('requirements' in dependencies ? dependencies.requirements : [])[0];
    const from = pathWord(String(file), 'A requirements file');
    return [
      `grep -vE '^ *(-e|--editable|\\.)' ${from} > /tmp/requirements.txt`,
      makeVenv,
      `${pipInstall} -r /tmp/requirements.txt`,
    ];
  }
  if (dependencies.together || none) return [makeVenv];
  if (files.length > 0) return [makeVenv, `${pipInstall} ${files.join(' ')}`];
  return [listed(request), makeVenv, `${pipInstall} -r /tmp/requirements.txt`];
}

/** The project alone, or with its dependencies where only its sources tell them. */
function installProject(request: InstallRequest): readonly string[] {
  const { dependencies, wanted, local, linked } = request;
  const files = filesOf(request);
  if (!dependencies.together) return pipProject(request);
  if (files.length > 0) return [`${pipInstall} ${files.join(' ')}`];
  const packages = local.filter(({ needed }) => needed).map(({ path }) => installPath(path));
  if (!request.self) return [listed(request), `${pipInstall} ${packages.join(' ')} -r /tmp/requirements.txt`];
  const own = wanted.extras.length > 0 ? `'.[${wanted.extras.join(',')}]'` : '.';
  const paths = [...packages, own];
  return [`${pipInstall} ${paths.map((path) => (linked ? `-e ${path}` : path)).join(' ')}`];
}

/** pip, which the image of Python has. It checks hashes as soon as one requirement has some. */
export const pip: PackageManager & { readonly read: typeof read } = {
  id: 'pip',
  title: 'pip',
  lockfile: undefined,
  lock: 'pip-compile',
  uses: () => true,
  read,
  cache: { id: 'pip', target: '/root/.cache/pip' },
  localFiles: 'none',
  env: { ...activated, ...quietPip },
  install,
  installProject,
  installTests,
};
