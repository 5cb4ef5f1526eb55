import { at, itemsOf, join, type Note, type Place, type Project, pathWord, textAt } from '@msb/core';
import { type LocalPackage, packageProject } from './local/packages.ts';
import { parseRequirement } from './names.ts';
import { type Pyproject, readPyproject, toolOf } from './pyproject.ts';

/** How a tool that asks Git for the version is told it where there is no .git: by a variable, or by a file. */
const tools: Readonly<Record<string, string>> = {
  // https://setuptools-scm.readthedocs.io/en/latest/overrides/; hatch-vcs and flit-scm are built on it
  'setuptools-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'hatch-vcs': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'flit-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'vcs-versioning': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  // https://github.com/mtkennerly/poetry-dynamic-versioning#environment-variables
  'poetry-dynamic-versioning': 'POETRY_DYNAMIC_VERSIONING_BYPASS',
  'uv-dynamic-versioning': 'UV_DYNAMIC_VERSIONING_BYPASS',
  // https://docs.openstack.org/pbr/latest/user/packagers.html
  pbr: 'PBR_VERSION',
  // these read what a source distribution has: https://versioningit.readthedocs.io/en/stable/
  versioningit: 'PKG-INFO',
  'setuptools-git-versioning': 'PKG-INFO',
};

/** What tells a build the versions that it would ask Git for. */
export interface GitVersion {
  /** Variables of the build. */
  readonly variables: readonly string[];
  /** Folders, from the project's, in which a file PKG-INFO does. */
  readonly folders: readonly string[];
  readonly notes: readonly Note[];
}

/** What tells the version to a build that would ask Git for it; .git is no part of the build. */
export function gitVersion(
  project: Project,
  pyproject: Pyproject,
  installed: boolean,
  local: readonly LocalPackage[],
): GitVersion {
  const own = installed ? [{ folder: '', ...askedOf(project, pyproject) }] : [];
  const others = local
    .filter(({ needed, archive }) => needed && !archive)
    .map((item) => {
      const inside = packageProject(project, item);
      return { folder: item.path, ...askedOf(inside, readPyproject(inside)) };
    });
  const asked = [...own, ...others].filter(({ by }) => by !== undefined);
  const scripts = installed ? scriptNotes(project) : [];
  const [first] = asked;
  if (first === undefined) return { variables: [], folders: [], notes: scripts };
  const place = { ...first.place, file: join(first.folder, first.place.file) };
  return {
    variables: [...new Set(asked.flatMap(({ by }) => (by === undefined || by === 'PKG-INFO' ? [] : by)))],
    folders: asked.filter(({ by }) => by === 'PKG-INFO').map(({ folder }) => folder),
    notes: [
      {
        message: 'The version of the project comes from Git, which is no part of the build, so it is 0.0.0 there',
        hint: 'Hand it over: docker build --build-arg VERSION=1.2.3.',
        place,
      },
    ],
  };
}

/** How a package is told its version, and where it says that it asks Git. */
function askedOf(project: Project, pyproject: Pyproject): { readonly by: string | undefined; readonly place: Place } {
  const requires = itemsOf(at(pyproject.value, 'build-system', 'requires')).flatMap((item) =>
    typeof item === 'string' ? (parseRequirement(item)?.name ?? []) : [],
  );
  const pdm = textAt(toolOf(pyproject, 'pdm'), 'version', 'source') === 'scm' ? 'PDM_BUILD_SCM_VERSION' : undefined;
  const setup = project.search(['setup.py', 'setup.cfg'], [/use_scm_version|setuptools_scm/]);
  const used = requires.find((name) => Object.hasOwn(tools, name));
  const by = (used && tools[used]) ?? pdm ?? (setup && tools['setuptools-scm']);
  return { by, place: setup ? { file: setup.file, line: setup.line } : pyproject.place('requires') };
}

/** A script of the build that starts Git itself can't be told anything. */
function scriptNotes(project: Project): readonly Note[] {
  const line = /["']git["']\s*,|["']git (?:describe|rev-parse|log|tag)|\bgit\.Repo\(|^\s*(?:from|import) dunamai\b/;
  const hit = project.search(['setup.py', 'hatch_build.py', 'build.py', 'pdm_build.py'], [line]);
  if (hit === undefined) return [];
  return [
    {
      message: 'A script of the build asks Git, and the build has neither Git nor the repository',
      hint: 'Let it do without: read the version from a variable, such as os.environ.get("VERSION", "0.0.0").',
      place: { file: hit.file, line: hit.line },
    },
  ];
}

/** The commands that write what a source distribution would have. */
export const packageInfo = (folders: readonly string[]): readonly string[] =>
  folders.map((folder) => {
    const file = pathWord(join(folder, 'PKG-INFO'), 'The folder of a package');
    return `printf 'Metadata-Version: 2.1\\nName: package\\nVersion: %s\\n' "$VERSION" > ${file}`;
  });
