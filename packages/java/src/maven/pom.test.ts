import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, Project } from '@msb/core';
import { expect, onTestFinished, test } from 'vitest';
import { pom, projectOf } from '../project.test.kit.ts';
import { maven } from './maven.ts';
import { filled, property, readPom } from './pom.ts';
import { includes, reactor } from './reactor.ts';

const parent = pom(
  `<packaging>pom</packaging>
<modules><module>api</module><module>lib/common</module></modules>
<properties><base>1.2</base><guava.version>\${base}.3</guava.version><java.version>21</java.version></properties>
<build><plugins><plugin><artifactId>maven-shade-plugin</artifactId><executions><execution/></executions></plugin></plugins></build>`,
  'parent',
);
const child = (name: string, path: string, inner = ''): string =>
  `<project>
<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version><relativePath>${path}</relativePath></parent>
<artifactId>${name}</artifactId>
${inner}
</project>`;
const files = {
  'pom.xml': parent,
  'api/pom.xml': child(
    'api',
    '..',
    `<properties><java.version>25</java.version></properties>
<dependencies>
<dependency><groupId>\${project.groupId}</groupId><artifactId>common</artifactId></dependency>
<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope></dependency>
</dependencies>`,
  ),
  'lib/common/pom.xml': child('common', '../../pom.xml'),
};

test('properties are those of the pom.xml, then of its parents, one put into the other', () => {
  const api = readPom(projectOf(files), 'api');
  expect(property(api, 'guava.version')).toEqual({ value: '1.2.3', place: { file: 'pom.xml', line: 5 } });
  expect(property(api, 'java.version')?.value).toBe('25');
  expect(filled(api, `\${project.artifactId}-\${project.version}`)).toBe('api-1');
  expect(filled(api, `\${nobody.knows}`)).toBeUndefined();
});

test('a parent that names no path is not looked for above the root', () => {
  const root = mkdtempSync(join(tmpdir(), 'msb-pom-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const boot = '<parent><artifactId>spring-boot-starter-parent</artifactId><version>4.0.3</version></parent>';
  writeFileSync(join(root, 'pom.xml'), pom(boot));
  expect(readPom(new Project(new DiskTree(root), ''), '').parent).toBeUndefined();
});

test('a property that names itself has no value', () => {
  const loop = readPom(projectOf({ 'pom.xml': pom(`<properties><a>\${b}</a><b>\${a}</b></properties>`) }), '');
  expect(property(loop, 'a')).toBeUndefined();
});

test('a program that a step of the build runs is not what is built', () => {
  const exec = (executions: string): string =>
    pom(
      `<build><plugins><plugin><artifactId>exec-maven-plugin</artifactId><configuration><mainClass>org.h2.tools.RunScript</mainClass></configuration>${executions}</plugin></plugins></build>`,
    );
  const mainClass = (text: string): unknown => maven.read(projectOf({ 'pom.xml': text })).modules[0]?.mainClass;
  expect(mainClass(exec(''))).toMatchObject({ value: 'org.h2.tools.RunScript' });
  const phase = '<executions><execution><phase>generate-test-resources</phase></execution></executions>';
  expect(mainClass(exec(phase))).toBeUndefined();
});

test('a profile of the parent that a file of the module switches on', () => {
  const profile = (inner: string): string => `<profile><activation>${inner}</activation><build><plugins>`;
  const boot = '<plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></profile>';
  const rest = '<plugin><artifactId>jib-maven-plugin</artifactId></plugin></plugins></build></profile>';
  const profiles = `<profiles>
${profile('<file><exists>src/main/resources/application.yml</exists></file>')}${boot}
${profile('<activeByDefault>true</activeByDefault>')}${rest}
</profiles><modules><module>api</module><module>lib</module></modules>`;
  const { modules } = maven.read(
    projectOf({
      'pom.xml': pom(profiles, 'parent'),
      'api/pom.xml': child('api', '..'),
      'api/src/main/resources/application.yml': '',
      'lib/pom.xml': child('lib', '..'),
    }),
  );
  expect(modules.map(({ name, plugins }) => [name, ...plugins.map(({ id }) => id)])).toEqual([
    ['parent', 'jib-maven-plugin'],
    ['api', 'spring-boot-maven-plugin'],
    ['lib', 'jib-maven-plugin'],
  ]);
});

test('modules, what they inherit, and which of them they depend on', () => {
  const project = projectOf(files);
  expect(reactor(project).map(({ file }) => file)).toEqual(['pom.xml', 'api/pom.xml', 'lib/common/pom.xml']);
  expect([includes(project, 'lib/common'), includes(project, 'lib')]).toEqual([true, false]);
  const [, api] = maven.read(project).modules;
  expect(api?.plugins.map(({ id }) => id)).toEqual(['maven-shade-plugin']);
  expect(api?.archive.whole?.value).toBe('maven-shade-plugin');
  expect(api?.dependencies).toEqual(['g:common']);
  expect(api?.locals).toEqual(['lib/common']);
});

test('samples in one list are projects of their own', () => {
  const samples = {
    'pom.xml': pom('<modules><module>a</module><module>b</module></modules>'),
    'a/pom.xml': pom('', 'a'),
    'b/pom.xml': pom(
      '<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId></dependency></dependencies>',
      'b',
    ),
  };
  const included = (more: Readonly<Record<string, string>> = {}) =>
    ['a', 'b'].map((folder) => includes(projectOf({ ...samples, ...more }), folder));
  expect(included()).toEqual([false, true]);
  expect(included({ mvnw: '' })).toEqual([true, true]);
  expect(included({ mvnw: '', 'a/mvnw': '' })).toEqual([false, true]);
});

test('a module that lists itself, or its parent, ends', () => {
  const project = projectOf({
    'pom.xml': pom('<modules><module>.</module><module>a</module></modules>'),
    'a/pom.xml': child('a', '..', '<modules><module>..</module></modules>'),
  });
  expect(reactor(project)).toHaveLength(2);
});

test.each([
  [
    '<build><plugins><plugin><artifactId>git-commit-id-maven-plugin</artifactId></plugin></plugins></build>',
    ['-Dmaven.test.skip=true', '-Dmaven.gitcommitid.skip=true'],
  ],
  [
    '<dependencies><dependency><artifactId>x</artifactId><type>test-jar</type></dependency></dependencies>',
    ['-DskipTests'],
  ],
])('arguments %#', (inner, args) => {
  expect(maven.read(projectOf({ 'pom.xml': pom(inner) })).args).toEqual(args);
});

test('a repository that somebody signs in to', () => {
  const repository = (url: string): string => `<repository><url>${url}</url></repository>`;
  const inner = `<repositories>${repository('https://repo.spring.io/milestone')}${repository('https://redirector.kotlinlang.org/maven/ktor-eap')}\n${repository('https://maven.pkg.github.com/acme/x')}</repositories>`;
  expect(maven.read(projectOf({ 'pom.xml': pom(inner) })).repositories).toEqual([
    { host: 'maven.pkg.github.com', place: { file: 'pom.xml', line: 4 } },
  ]);
});
