import { join, type Xml, xmlAt } from '@msb/core';
import { lineage, type Pom } from './pom.ts';

/**
 * The profiles of one pom.xml that are active without being asked for
 * (https://maven.apache.org/guides/introduction/introduction-to-profiles.html): those whose file is or is not there, seen
 * from the project that is built, or else those that are active by default.
 */
function activeIn({ project, folder }: Pom, root: Xml): readonly Xml[] {
  const profiles = xmlAt(root, 'profiles')?.children('profile') ?? [];
  const byFile = profiles.filter((profile) => {
    const [exists, missing] = ['exists', 'missing'].map((name) => xmlAt(profile, 'activation', 'file', name)?.text);
    const there = (path: string): boolean =>
      project.exists(join(folder, path.replace(/^\$\{(project\.)?basedir\}\//, '')));
    return (exists !== undefined && there(exists)) || (missing !== undefined && !there(missing));
  });
  if (byFile.length > 0) return byFile;
  return profiles.filter((profile) => xmlAt(profile, 'activation', 'activeByDefault')?.text === 'true');
}

/** What a pom.xml itself says: its active profiles, which count first, and the rest. */
export const ownSections = (pom: Pom): readonly Xml[] => [...activeIn(pom, pom.root), pom.root];

/** All that says something of a project: its pom.xml and its parents, the nearest first, each after its active profiles. */
export const sections = (pom: Pom): readonly Xml[] =>
  lineage(pom).flatMap(({ root }) => [...activeIn(pom, root), root]);
