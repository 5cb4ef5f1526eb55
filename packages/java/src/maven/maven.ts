import { type Project, xmlAt } from '@msb/core';
import type { BuildFile, BuildTool, Located, Module } from '../build.ts';
import { archiveOf, mainClassOf } from './archive.ts';
import { mavenArgs } from './args.ts';
import { dependenciesOf } from './dependencies.ts';
import { mavenFiles, resourcesOf, systemJars } from './files.ts';
import { mavenDatabase } from './generators.ts';
import { mavenGit, mavenStarts } from './git.ts';
import { javaOf } from './java.ts';
import { type MavenPlugin, pluginsOf, within } from './plugins.ts';
import { lineage, type Pom, placeOf, property, textOf } from './pom.ts';
import { includes, reactor } from './reactor.ts';
import { privateRepositories } from './repositories.ts';
import { mavenWrapper } from './wrapper.ts';

/** Maven (https://maven.apache.org). */
export const maven: BuildTool = {
  id: 'maven',
  title: 'Maven',
  markers: ['pom.xml'],
  output: 'target',
  includes,
  read(project) {
    const poms = reactor(project);
    const wrapper = mavenWrapper(project);
    const files = mavenFiles(project, poms);
    return {
      tool: maven,
      modules: poms.map((pom) => readModule(project, pom, poms)),
      wrapper,
      manifests: poms.length > 1 ? [] : manifests(project, poms, files),
      files,
      plugins: [],
      repositories: privateRepositories(poms),
      args: mavenArgs(project, poms),
      git: mavenGit(project, poms),
      started: mavenStarts(project, poms),
      database: mavenDatabase(poms),
      newestJava: undefined,
    };
  },
};

/** The pom.xml, parents next to it, what .mvn adds to each call, and jars of the repository. */
const manifests = (project: Project, [pom]: readonly Pom[], files: readonly BuildFile[]): readonly string[] => [
  ...(project.exists('.mvn') ? ['.mvn'] : []),
  ...(pom ? lineage(pom).map(({ file }) => file) : []),
  ...files.filter(({ path, early }) => early && !path.startsWith('.mvn/')).map(({ path }) => path),
];

function readModule(project: Project, pom: Pom, poms: readonly Pom[]): Module {
  const { root, folder, file } = pom;
  const plugins = pluginsOf(pom);
  const text = (name: string): string | undefined => textOf(pom, xmlAt(root, name))?.value;
  const packaging = textOf(pom, xmlAt(root, 'packaging')) ?? { value: 'jar', place: { file } };
  const boot = plugins.find(({ id }) => id === 'spring-boot-maven-plugin');
  const dependencies = dependenciesOf(pom);
  const artifacts = new Set(dependencies.map(({ artifact }) => artifact));
  return {
    folder,
    name: text('artifactId') ?? 'app',
    place: { file, ...(xmlAt(root, 'artifactId') && { line: xmlAt(root, 'artifactId')?.line ?? 1 }) },
    packaging,
    plugins,
    dependencies: dependencies.map(({ group, artifact }) => `${group}:${artifact}`),
    locals: poms
      .filter((other) => other !== pom && artifacts.has(xmlAt(other.root, 'artifactId')?.text ?? ''))
      .map((other) => other.folder),
    mainClass: mainClassOf(pom, plugins),
    archive: archiveOf(pom, plugins, packaging.value),
    springBoot: boot && bootVersion(pom, boot),
    ownLayers: within(boot, 'layers').some((layers) => xmlAt(layers, 'configuration') ?? xmlAt(layers, 'enabled')),
    java: javaOf(pom, plugins),
    jvmArgs: [],
    jars: systemJars(project, pom),
    resources: resourcesOf(project, pom),
    description: text('description'),
    url: textOf(pom, xmlAt(root, 'scm', 'url'))?.value ?? text('url'),
    license: textOf(pom, xmlAt(root, 'licenses', 'license', 'name'))?.value,
  };
}

/** The version of Spring Boot: of its parent, of its list of versions, or of the plugin. */
function bootVersion(pom: Pom, boot: MavenPlugin): Located | undefined {
  for (const { root } of lineage(pom)) {
    const managed = xmlAt(root, 'dependencyManagement', 'dependencies')?.children('dependency') ?? [];
    const sources = [xmlAt(root, 'parent'), ...managed];
    const found = sources.find((item) =>
      /^spring-boot-(starter-parent|dependencies)$/.test(xmlAt(item, 'artifactId')?.text ?? ''),
    );
    const version = textOf(pom, xmlAt(found, 'version'));
    if (version) return version;
  }
  const [own] = boot.elements.flatMap((element) => xmlAt(element, 'version') ?? []);
  return (
    property(pom, 'spring-boot.version') ??
    (own && boot.version ? { value: boot.version, place: placeOf(own) } : undefined)
  );
}
