import { at, join, MsbError, type Project, readJson, textAt } from '@msb/core';

/** Folders of what Nx runs tasks of (https://nx.dev/docs/reference/project-configuration), but for tests of others. */
const applications = (root: Project): readonly string[] =>
  ['apps', 'packages', 'services', '']
    .flatMap((above) => root.list(above).map((name) => join(above, name)))
    .filter((folder) => root.has(`${folder}/project.json`) && !folder.endsWith('-e2e'));

/**
 * Why nothing is found to start in an Nx workspace whose root has the dependencies of its applications; `undefined` for
 * anything else. Throws `broken-file`.
 */
export function integratedNx(root: Project): MsbError | undefined {
  const folders = root.has('nx.json') ? applications(root) : [];
  const programs = folders.filter((folder) => {
    const { value } = readJson(root, `${folder}/project.json`);
    return textAt(value, 'projectType') !== 'library' && at(value, 'targets', 'build') !== undefined;
  });
  const [first] = programs;
  if (first === undefined) return undefined;
  const { value } = readJson(root, `${first}/project.json`);
  const name = textAt(value, 'name') ?? first.split('/').at(-1);
  const output = textAt(value, 'targets', 'build', 'options', 'outputPath') ?? `dist/${first}`;
  return new MsbError(
    'no-entry-point',
    `It is an Nx workspace whose root has the dependencies of its applications (${programs.join(', ')}), none of which it says to start`,
    `Add a script to the root that builds one, "build:${name}": "nx build ${name}", and name what that makes: --build build:${name} --start "node ${join(output)}/main.js".`,
    { file: `${first}/project.json` },
  );
}
