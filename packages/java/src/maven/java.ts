import { xmlAt } from '@msb/core';
import type { Located } from '../build.ts';
import { configured, type MavenPlugin } from './plugins.ts';
import { lineage, type Pom, property } from './pom.ts';

/** Properties that name a version of Java, the one that counts first; `java.version` is Spring Boot's. */
const properties = [
  'maven.compiler.release',
  'java.version',
  'maven.compiler.target',
  'maven.compiler.source',
  'kotlin.compiler.jvmTarget',
  'jdk.version',
];

/** The versions of Java that a pom.xml names (https://maven.apache.org/plugins/maven-compiler-plugin/compile-mojo.html). */
export function javaOf(pom: Pom, plugins: readonly MavenPlugin[]): readonly Located[] {
  const plugin = (id: string): MavenPlugin | undefined => plugins.find((item) => item.id === id);
  const compiler = plugin('maven-compiler-plugin');
  const found = [
    configured(pom, compiler, 'release'),
    ...properties.map((name) => property(pom, name)),
    configured(pom, compiler, 'target'),
    configured(pom, compiler, 'source'),
    configured(pom, plugin('kotlin-maven-plugin'), 'jvmTarget'),
    bootDefault(pom),
  ];
  return found.filter((item) => item !== undefined);
}

/** What spring-boot-starter-parent sets where the project sets nothing: 17 since version 3. */
function bootDefault(pom: Pom): Located | undefined {
  for (const { root } of lineage(pom)) {
    const parent = xmlAt(root, 'parent');
    if (xmlAt(parent, 'artifactId')?.text !== 'spring-boot-starter-parent') continue;
    const version = xmlAt(parent, 'version');
    const major = Number.parseInt(version?.text ?? '', 10);
    if (version && major >= 3) return { value: '17', place: { file: version.file, line: version.line } };
  }
  return undefined;
}
