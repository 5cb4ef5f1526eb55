import { xmlAt } from '@msb/core';
import { pluginsOf } from './plugins.ts';
import type { Pom } from './pom.ts';

/** Plugins that ask Git what is being built: history never reaches an image, and they fail without it. */
const askGit: Readonly<Record<string, string>> = {
  'git-commit-id-maven-plugin': '-Dmaven.gitcommitid.skip=true',
  'git-commit-id-plugin': '-Dmaven.gitcommitid.skip=true',
  'buildnumber-maven-plugin': '-Dmaven.buildNumber.skip=true',
};

/** Arguments for this build: no tests, and no plugin that could not do its work here. */
export function mavenArgs(poms: readonly Pom[]): readonly string[] {
  const ids = new Set(poms.flatMap((pom) => pluginsOf(pom).map(({ id }) => id)));
  const skipped = Object.entries(askGit).flatMap(([id, arg]) => (ids.has(id) ? [arg] : []));
  // a module may depend on what another one has for its tests, which then has to be compiled
  return [poms.some(sharesTests) ? '-DskipTests' : '-Dmaven.test.skip=true', ...new Set(skipped)];
}

const sharesTests = ({ root }: Pom): boolean =>
  (xmlAt(root, 'dependencies')?.children('dependency') ?? []).some(
    (dependency) => xmlAt(dependency, 'type')?.text === 'test-jar' || xmlAt(dependency, 'classifier')?.text === 'tests',
  );
