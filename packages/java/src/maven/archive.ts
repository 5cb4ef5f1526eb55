import { xmlAt } from '@msb/core';
import type { Archive, Located } from '../build.ts';
import { configured, type MavenPlugin, within } from './plugins.ts';
import { type Pom, property, textOf } from './pom.ts';

/** Where a main class is named: by plugin, and the path in its configuration; what makes the jar comes first. */
const mainClasses: readonly (readonly [plugin: string, ...path: string[]])[] = [
  ['maven-assembly-plugin', 'archive', 'manifest', 'mainClass'],
  ['maven-jar-plugin', 'archive', 'manifest', 'mainClass'],
  ['spring-boot-maven-plugin', 'mainClass'],
];

const mainProperties = ['start-class', 'exec.mainClass', 'mainClass', 'main.class'];

/** The main class that a pom.xml names. */
export function mainClassOf(pom: Pom, plugins: readonly MavenPlugin[]): Located | undefined {
  const plugin = (id: string): MavenPlugin | undefined => plugins.find((item) => item.id === id);
  const shade = plugin('maven-shade-plugin');
  const found = [
    ...['mainClass', 'Main-Class'].flatMap((name) => within(shade, name)).map((xml) => textOf(pom, xml)),
    ...mainClasses.map(([id, ...path]) => configured(pom, plugin(id), ...path)),
    inBuild(plugin('exec-maven-plugin')) ? undefined : configured(pom, plugin('exec-maven-plugin'), 'mainClass'),
    ...mainProperties.map((name) => property(pom, name)),
  ];
  return found.find((item) => item !== undefined && isClass(item.value));
}

/** Whether a plugin that runs programs runs one as a step of the build, which says nothing of what is built. */
const inBuild = (plugin: MavenPlugin | undefined): boolean =>
  within(plugin, 'execution').some((execution) => xmlAt(execution, 'phase') !== undefined);

const isClass = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(name);

/** The jar or war that starts: what its name looks like, and whether everything is in it. */
export function archiveOf(pom: Pom, plugins: readonly MavenPlugin[], packaging: string): Archive {
  const plugin = (id: string): MavenPlugin | undefined => plugins.find((item) => item.id === id);
  const ending = packaging === 'war' ? 'war' : 'jar';
  const shade = plugin('maven-shade-plugin');
  if (shade && within(shade, 'execution').length > 0) {
    const attached = configured(pom, shade, 'shadedArtifactAttached')?.value === 'true';
    const classifier = configured(pom, shade, 'shadedClassifierName')?.value ?? 'shaded';
    return {
      pattern: attached ? `*-${classifier}.jar` : '*.jar',
      whole: { value: 'maven-shade-plugin', place: shade.place },
    };
  }
  const assembly = plugin('maven-assembly-plugin');
  const reference = within(assembly, 'descriptorRef').find(({ text }) => text === 'jar-with-dependencies');
  if (assembly && reference) {
    const same = configured(pom, assembly, 'appendAssemblyId')?.value === 'false';
    const place = { file: reference.file, line: reference.line };
    return {
      pattern: same ? '*.jar' : '*-jar-with-dependencies.jar',
      whole: { value: 'maven-assembly-plugin', place },
    };
  }
  const classifier = configured(pom, plugin('spring-boot-maven-plugin'), 'classifier')?.value;
  return { pattern: classifier ? `*-${classifier}.${ending}` : `*.${ending}`, whole: undefined };
}
