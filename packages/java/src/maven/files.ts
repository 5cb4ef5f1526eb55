import { join, type Project, type Xml, xmlAt } from '@msb/core';
import type { BuildFile } from '../build.ts';
import { filled, lineage, type Pom, placeOf } from './pom.ts';

/** Where Maven's own names for folders lead; the rest is the folder of the pom.xml itself. */
const rootFolder =
  /\$\{(?:maven\.multiModuleProjectDirectory|session\.(?:executionRootDirectory|rootDirectory|topDirectory)|project\.rootDirectory|root\.basedir)\}\/?/;
const ownFolder = /\$\{(?:project\.|pom\.)?basedir\}\/?/;
const parentFolder = /\$\{project\.parent\.basedir\}\/?/;

/** Elements whose text is a name, an address or a number, and those that lead to other pom.xml files. */
const noPath =
  /^(groupId|artifactId|version|module|subproject|relativePath|modelVersion|packaging|name|description|scope|type|phase|goal|id)$/;

const pathName = /(?:director(?:y|ies)|folder|file|path|dir|location)$/i;

/** The files and folders of the repository that the pom.xml files of a build name. */
export function mavenFiles(project: Project, poms: readonly Pom[]): readonly BuildFile[] {
  const all = new Map(poms.flatMap(lineage).map((pom) => [pom.file, pom] as const));
  const found = new Map<string, BuildFile>();
  for (const pom of all.values()) {
    for (const file of named(project, pom)) {
      const known = found.get(file.path);
      if (!known || (file.early && !known.early)) found.set(file.path, file);
    }
  }
  return [...found.values(), ...fromConfig(project)];
}

function named(project: Project, pom: Pom): readonly BuildFile[] {
  const inside = (xml: Xml, above: string): readonly BuildFile[] => {
    const children = xml.children();
    if (children.length > 0) return children.flatMap((child) => inside(child, xml.name));
    const path = noPath.test(xml.name) ? undefined : pathIn(project, pom, xml);
    if (path === undefined) return [];
    const early = xml.name === 'systemPath' || (xml.name === 'url' && /epositor/.test(above)) || xml.name === 'exists';
    return [{ path, place: placeOf(xml), early }];
  };
  return inside(pom.root, '');
}

/** The path that a text is, where something is there. */
function pathIn(project: Project, pom: Pom, { name, text }: Xml): string | undefined {
  if (text === '' || text.length > 300 || /[\s,;<>|*?]|^[\d.]+$/.test(text)) return undefined;
  const plain = text.replace(/^(?:file|filesystem):(?:\/\/)?/, '');
  if (plain.startsWith('/') || /^\w+:/.test(plain)) return undefined;
  const base = rootFolder.test(plain) ? '' : parentFolder.test(plain) ? (pom.parent?.folder ?? '..') : pom.folder;
  const rest = filled(pom, plain.replace(rootFolder, '').replace(parentFolder, '').replace(ownFolder, ''));
  // one word is a path only where it is a file: `test` and `app` are names
  if (
    rest === undefined ||
    rest === '' ||
    (!/[/.]/.test(rest) && plain === text && !ownFolder.test(plain) && !pathName.test(name))
  )
    return undefined;
  const path = join(base, rest);
  const here = path !== '' && !join(project.folder, path).startsWith('..') && project.exists(path);
  return here && !/(^|\/)target(\/|$)/.test(path) ? path : undefined;
}

/** Settings that `.mvn/maven.config` names: `-s ci/settings.xml`. */
const fromConfig = (project: Project): readonly BuildFile[] => {
  const file = '.mvn/maven.config';
  const pattern = /(?:^|\s)(?:-s|--settings|-gs|--global-settings|-t|--toolchains)[\s=]+(\S+)/;
  return [...project.matches([file], pattern)].flatMap(({ line, match: [, spelled = ''] }) => {
    const path = join(spelled.replace(rootFolder, ''));
    return project.has(path) ? [{ path, place: { file, line }, early: true }] : [];
  });
};

/** Whether the dependency of a pom.xml is a jar of the repository: its path from the root of the build. */
export const systemJars = (project: Project, pom: Pom): readonly BuildFile[] =>
  lineage(pom)
    .flatMap(({ root }) => xmlAt(root, 'dependencies')?.children('dependency') ?? [])
    .filter((dependency) => xmlAt(dependency, 'scope')?.text === 'system')
    .flatMap((dependency) => {
      const at = xmlAt(dependency, 'systemPath');
      const path = at && pathIn(project, pom, at);
      return at && path !== undefined ? [{ path, place: placeOf(at), early: true }] : [];
    });

/** Folders of resources that a pom.xml names. */
export const resourcesOf = (project: Project, pom: Pom): readonly string[] =>
  lineage(pom)
    .flatMap(({ root }) => xmlAt(root, 'build', 'resources')?.children('resource') ?? [])
    .flatMap((resource) => {
      const directory = xmlAt(resource, 'directory');
      const path = directory && pathIn(project, pom, directory);
      return path === undefined || /(^|\/)src\/main\/resources$/.test(path) ? [] : [path];
    });
