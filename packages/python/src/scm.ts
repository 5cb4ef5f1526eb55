import { at, itemsOf, type Note, type Project, textAt } from '@msb/core';
import { parseRequirement } from './names.ts';
import { type Pyproject, toolOf } from './pyproject.ts';

/** Tools that take the version from Git, and the variable that tells it where there is no .git. */
const variables: Readonly<Record<string, string>> = {
  // https://setuptools-scm.readthedocs.io/en/latest/overrides/; hatch-vcs is built on it
  'setuptools-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'hatch-vcs': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'vcs-versioning': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  // https://github.com/mtkennerly/poetry-dynamic-versioning#environment-variables
  'poetry-dynamic-versioning': 'POETRY_DYNAMIC_VERSIONING_BYPASS',
  'uv-dynamic-versioning': 'UV_DYNAMIC_VERSIONING_BYPASS',
  // https://docs.openstack.org/pbr/latest/user/packagers.html
  pbr: 'PBR_VERSION',
};

/** The variable that gives the version to a build that would ask Git for it; .git is no part of the build. */
export function versionVariable(
  project: Project,
  pyproject: Pyproject,
): { readonly name?: string; readonly notes: readonly Note[] } {
  const requires = itemsOf(at(pyproject.value, 'build-system', 'requires')).flatMap((item) =>
    typeof item === 'string' ? (parseRequirement(item)?.name ?? []) : [],
  );
  const pdm = textAt(toolOf(pyproject, 'pdm'), 'version', 'source') === 'scm' ? 'PDM_BUILD_SCM_VERSION' : undefined;
  const setup = project.search(['setup.py', 'setup.cfg'], [/use_scm_version|setuptools_scm/]);
  const used = requires.find((name) => Object.hasOwn(variables, name));
  const name = (used && variables[used]) ?? pdm ?? (setup && variables['setuptools-scm']);
  if (name === undefined) return { notes: [] };
  return {
    name,
    notes: [
      {
        message: 'The version of the project comes from Git, which is no part of the build, so it is 0.0.0 there',
        hint: 'Hand it over: docker build --build-arg VERSION=1.2.3.',
        place: setup ? { file: setup.file, line: setup.line } : pyproject.place('requires'),
      },
    ],
  };
}
