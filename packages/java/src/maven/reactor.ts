import { join, type Project, type Xml, xmlAt } from '@msb/core';
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

/** Whether the build of `root` has a module in this folder. */
export const includes = (root: Project, folder: string): boolean =>
  root.has('pom.xml') && reactor(root).some((pom) => pom.folder === folder);
