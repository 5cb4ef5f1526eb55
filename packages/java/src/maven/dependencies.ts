import { xmlAt } from '@msb/core';
import { filled, type Pom } from './pom.ts';
import { sections } from './profiles.ts';

export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
}

/** What the pom.xml and those that it inherits from depend on, tests apart. */
export function dependenciesOf(pom: Pom): readonly Coordinates[] {
  return sections(pom)
    .flatMap((section) => xmlAt(section, 'dependencies')?.children('dependency') ?? [])
    .filter((dependency) => xmlAt(dependency, 'scope')?.text !== 'test')
    .map((dependency) => {
      const part = (name: string): string => filled(pom, xmlAt(dependency, name)?.text ?? '') ?? '';
      return { group: part('groupId'), artifact: part('artifactId') };
    });
}
