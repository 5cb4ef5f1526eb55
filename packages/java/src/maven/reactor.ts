import { join, type Project, type Xml, xmlAt } from '@msb/core';
import { dependenciesOf } from './dependencies.ts';
import { type Pom, pomFile, readPom } from './pom.ts';
import { ownSections } from './profiles.ts';

/** The modules that a pom.xml lists, as paths relative to the root; profiles may add others. */
function listed(pom: Pom): readonly string[] {
  const names = (xml: Xml): readonly Xml[] => [
    ...(xmlAt(xml, 'modules')?.children('module') ?? []),
    ...(xmlAt(xml, 'subprojects')?.children('subproject') ?? []), // Maven 4's word for it
  ];
  return ownSections(pom)
    .flatMap(names)
    .map(({ text }) => join(pom.folder, text));
}

/** The pom.xml of the root and those of all its modules, each once. Throws `broken-file`. */
export function reactor(project: Project): readonly Pom[] {
  const found = new Map<string, Pom>();
  const visit = (path: string): void => {
    const file = pomFile(path);
    if (found.has(file) || !project.has(file)) return;
    const pom = readPom(project, path);
    found.set(file, pom);
    for (const module of listed(pom)) visit(module);
  };
  visit('');
  return [...found.values()];
}

/**
 * Whether a folder is to be built from `root`, which lists it as a module. A list of samples, each a project of its own, is
 * no build: who neither inherits from the rest nor depends on it is built where it is, unless the wrapper is at the root.
 */
export function includes(root: Project, folder: string): boolean {
  if (!root.has('pom.xml')) return false;
  const poms = reactor(root);
  const pom = poms.find((item) => item.folder === folder);
  if (pom === undefined) return false;
  const others = new Set(poms.filter((item) => item !== pom).map((item) => xmlAt(item.root, 'artifactId')?.text));
  const bound = pom.parent !== undefined || dependenciesOf(pom).some(({ artifact }) => others.has(artifact));
  return bound || (root.has('mvnw') && !root.has(join(folder, 'mvnw')));
}
