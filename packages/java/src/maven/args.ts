import { type Project, xmlAt } from '@msb/core';
import { type MavenPlugin, pluginsOf, within } from './plugins.ts';
import type { Pom } from './pom.ts';

/** Plugins that ask Git what is being built: history never reaches an image, and they fail without it. */
const askGit: Readonly<Record<string, string>> = {
  'git-commit-id-maven-plugin': '-Dmaven.gitcommitid.skip=true',
  'git-commit-id-plugin': '-Dmaven.gitcommitid.skip=true',
  'buildnumber-maven-plugin': '-Dmaven.buildNumber.skip=true',
  // https://github.com/koraktor/mavanagaiata
  mavanagaiata: '-Dmavanagaiata.skipNoGit=true',
  // hooks for commits, which nobody makes in an image
  'githook-maven-plugin': '-Dgithook.plugin.skip=true',
  'git-code-format-maven-plugin': '-Dgcf.skip=true',
};

/** Plugins that make or start an image when a step of the build is bound to them: no engine runs in a build. */
const askDocker: Readonly<Record<string, string>> = {
  'jib-maven-plugin': '-Djib.skip=true',
  'dockerfile-maven-plugin': '-Ddockerfile.skip=true',
  'docker-maven-plugin': '-Ddocker.skip=true',
  'docker-compose-maven-plugin': '-DdockerCompose.skip=true',
  'kubernetes-maven-plugin': '-Djkube.skip=true',
  'openshift-maven-plugin': '-Djkube.skip=true',
};

/** Extensions that take the version from Git. */
const extensions: readonly (readonly [name: RegExp, arg: string])[] = [
  [/<artifactId>\s*jgitver-maven-plugin\s*</, '-Djgitver.skip=true'],
  // https://github.com/qoomon/maven-git-versioning-extension
  [/<artifactId>\s*maven-git-versioning-extension\s*</, '-Dversioning.disable=true'],
];

/** Arguments for this build: no tests, and no plugin that could not do its work here. */
export function mavenArgs(project: Project, poms: readonly Pom[]): readonly string[] {
  const plugins = poms.flatMap(pluginsOf);
  const skipped = plugins.flatMap((plugin) => [
    ...named(askGit, plugin.id),
    ...(isBound(plugin) ? named(askDocker, plugin.id) : []),
    ...byGoal(plugin),
  ]);
  const inExtensions = extensions.flatMap(([name, arg]) =>
    project.search(['.mvn/extensions.xml'], [name]) ? [arg] : [],
  );
  // a module may depend on what another one has for its tests, which then has to be compiled
  return [poms.some(sharesTests) ? '-DskipTests' : '-Dmaven.test.skip=true', ...new Set([...skipped, ...inExtensions])];
}

const named = (table: Readonly<Record<string, string>>, id: string): readonly string[] => {
  const arg = Object.hasOwn(table, id) ? table[id] : undefined;
  return arg === undefined ? [] : [arg];
};

/** Whether a step of the build runs a plugin, and not only the user. */
const isBound = (plugin: MavenPlugin): boolean => within(plugin, 'goal').length > 0;

function byGoal(plugin: MavenPlugin): readonly string[] {
  const goals = within(plugin, 'goal').map(({ text }) => text);
  if (plugin.id === 'spring-boot-maven-plugin' && goals.some((goal) => goal.startsWith('build-image')))
    return ['-Dspring-boot.build-image.skip=true'];
  // compares with a branch of the repository (https://github.com/diffplug/spotless, "ratchet")
  if (plugin.id === 'spotless-maven-plugin' && within(plugin, 'ratchetFrom').length > 0)
    return ['-Dspotless.check.skip=true', '-Dspotless.apply.skip=true'];
  return [];
}

const sharesTests = ({ root }: Pom): boolean =>
  (xmlAt(root, 'dependencies')?.children('dependency') ?? []).some(
    (dependency) => xmlAt(dependency, 'type')?.text === 'test-jar' || xmlAt(dependency, 'classifier')?.text === 'tests',
  );
