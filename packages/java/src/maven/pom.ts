import { join, type Place, type Project, readXml, type Xml, xmlAt } from '@msb/core';
import type { Located } from '../build.ts';
import { sections } from './profiles.ts';

/** A pom.xml, and the parent that lies in the same repository (https://maven.apache.org/pom.html). */
export interface Pom {
  readonly file: string;
  readonly folder: string;
  readonly root: Xml;
  readonly parent: Pom | undefined;
  /** What its paths are relative to. */
  readonly project: Project;
}

const deepest = 20;

/** Reads the pom.xml at a path of a folder or a file, and its parents as far as they are in the tree. Throws `broken-file`. */
export function readPom(project: Project, path: string, depth = 0): Pom {
  const file = pomFile(path);
  const folder = join(file, '..');
  const root = readXml(project, file);
  const above = parentFile(root, folder);
  const near = above && depth < deepest && isThere(project, above) ? readPom(project, above, depth + 1) : undefined;
  const parent = near && artifactOf(near) === xmlAt(root, 'parent', 'artifactId')?.text ? near : undefined;
  return { file, folder, root, parent, project };
}

/** Maven looks one folder up for each parent, even above the repository's root; what lies there is no part of it. */
const isThere = (project: Project, file: string): boolean =>
  !join(project.folder, file).startsWith('..') && project.has(file);

export const pomFile = (path: string): string => (path.endsWith('.xml') ? path : join(path, 'pom.xml'));

function parentFile(root: Xml, folder: string): string | undefined {
  const parent = xmlAt(root, 'parent');
  if (parent === undefined) return undefined;
  const path = xmlAt(parent, 'relativePath')?.text ?? '../pom.xml';
  return path === '' ? undefined : pomFile(join(folder, path));
}

const artifactOf = ({ root }: Pom): string | undefined => xmlAt(root, 'artifactId')?.text;

/** A pom.xml and its parents, the nearest first. */
export const lineage = (pom: Pom): readonly Pom[] => [pom, ...(pom.parent ? lineage(pom.parent) : [])];

export const placeOf = (xml: Xml): Place => ({ file: xml.file, line: xml.line });

/** A property of the pom.xml or of one that it inherits from, its own properties put in. */
export function property(pom: Pom, name: string): Located | undefined {
  for (const section of sections(pom)) {
    const found = xmlAt(section, 'properties', name);
    const value = found && filled(pom, found.text);
    if (found && value) return { value, place: placeOf(found) };
  }
  return undefined;
}

/** What Maven itself names: `project.version` and the like, from the pom.xml or its parent's coordinates. */
function ownProperty(pom: Pom, name: string): string | undefined {
  const key = /^(?:project|pom)\.(version|groupId|artifactId)$/.exec(name)?.[1];
  if (key === undefined) return undefined;
  return lineage(pom)
    .map(({ root }) => xmlAt(root, key)?.text ?? xmlAt(root, 'parent', key)?.text)
    .find((text) => text !== undefined);
}

/** A text with its `${…}` put in; `undefined` when one of them is not known here. */
export function filled(pom: Pom, text: string, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  let known = true;
  const value = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const raw = ownProperty(pom, name) ?? rawProperty(pom, name);
    const inner = raw === undefined ? undefined : filled(pom, raw, depth + 1);
    known &&= inner !== undefined;
    return inner ?? '';
  });
  return known ? value.trim() : undefined;
}

const rawProperty = (pom: Pom, name: string): string | undefined =>
  sections(pom)
    .map((section) => xmlAt(section, 'properties', name)?.text)
    .find((text) => text !== undefined);

/** The text of an element, `${…}` put in, and where it stands. */
export function textOf(pom: Pom, xml: Xml | undefined): Located | undefined {
  const value = xml && filled(pom, xml.text);
  return xml && value ? { value, place: placeOf(xml) } : undefined;
}
