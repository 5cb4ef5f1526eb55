import { expect, test } from 'vitest';
import { detect, mainJava, pom, refusal } from './project.test.kit.ts';

const plugin = (artifact: string, more = ''): string =>
  `<build><plugins><plugin><artifactId>${artifact}</artifactId>${more}</plugin></plugins></build>`;
const parent = (version: string): string =>
  `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version></parent>`;
const main = { 'src/main/java/a/Main.java': mainJava('a.Main') };
const plan = (files: Readonly<Record<string, string>>, options: Readonly<Record<string, string | boolean>> = {}) =>
  detect(files, options).plan({ runtime: 'distroless', name: 'app', main: 'a.Main', ...options });
const start = (...args: Parameters<typeof plan>) =>
  plan(...args)
    .runtime.entrypoint.slice(3)
    .join(' ');

test.each([
  ['4.0.0', '', '-jar app.jar', ['/out/dependencies/', '/out/snapshot-dependencies/', '/out/application/']],
  [
    '3.3.0',
    '<configuration><layers><configuration>l.xml</configuration></layers></configuration>',
    '-jar app.jar',
    ['/out/lib/', '/out/app.jar'],
  ],
  [
    '3.2.5',
    '',
    'org.springframework.boot.loader.launch.JarLauncher',
    ['/out/dependencies/', '/out/spring-boot-loader/', '/out/snapshot-dependencies/', '/out/application/'],
  ],
  [
    '2.7.1',
    '',
    'org.springframework.boot.loader.JarLauncher',
    ['/out/dependencies/', '/out/spring-boot-loader/', '/out/snapshot-dependencies/', '/out/application/'],
  ],
  ['2.1.0', '', '-jar app.jar', ['/out/app.jar']],
])('Spring Boot %s', (version, configuration, command, sources) => {
  const files = { 'pom.xml': pom(parent(version) + plugin('spring-boot-maven-plugin', configuration)), ...main };
  expect(start(files)).toBe(command);
  expect(plan(files).runtime.artifacts.map(({ src }) => src)).toEqual(sources);
});

test('a jar that an assembly makes, whose manifest names no class', () => {
  const more =
    '<configuration><descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs></configuration>';
  const files = { 'pom.xml': pom(plugin('maven-assembly-plugin', more)), ...main };
  expect(start(files)).toBe('-cp app.jar a.Main');
  expect(JSON.stringify(plan(files).stages)).toContain('*-jar-with-dependencies.jar');
});

test('Quarkus, and its one jar', () => {
  const files = {
    'pom.xml': pom(plugin('quarkus-maven-plugin')),
    'src/main/java/a/Prices.java': 'package a; class Prices {}',
  };
  expect(start(files)).toBe('-jar quarkus-run.jar');
  expect(start({ ...files, 'src/main/resources/application.properties': 'quarkus.package.jar.type=uber-jar\n' })).toBe(
    '-jar app.jar',
  );
});

test('several classes that can be started: the usual name is suggested', () => {
  const files = {
    'pom.xml': pom(''),
    'src/main/java/a/Check.java': mainJava('a.Check'),
    'src/main/java/a/App.java': mainJava('a.App'),
  };
  const { found, suggested, choices } = detect(files);
  expect([found.main, suggested.main, choices.main?.map(({ value }) => value)]).toEqual([
    undefined,
    'a.App',
    ['a.App', 'a.Check'],
  ]);
  expect(detect(files, { main: 'a.Check' }).found.main).toBe('a.Check');
});

test('classes of Kotlin', () => {
  const kotlin = (name: string, text: string) =>
    detect({ 'pom.xml': pom(''), [`src/main/kotlin/${name}`]: text }).found.main;
  expect(kotlin('server.kt', 'package a.b\n\nfun main(args: Array<String>) {}\n')).toBe('a.b.ServerKt');
  expect(kotlin('x.kt', '@file:JvmName("Start")\npackage a\nsuspend fun main() {}\n')).toBe('a.Start');
  expect(kotlin('Y.kt', 'package a\nobject Y {\n  @JvmStatic\n  fun main(args: Array<String>) {}\n}\n')).toBe('a.Y');
});

const modules = {
  'pom.xml': pom(
    '<modules><module>api</module><module>batch</module><module>lib</module></modules><packaging>pom</packaging>',
    'all',
  ),
  'api/pom.xml': pom('', 'api'),
  'api/src/main/java/api/Main.java': mainJava('api.Main'),
  'batch/pom.xml': pom('', 'batch'),
  'batch/src/main/java/batch/Main.java': mainJava('batch.Main'),
  'lib/pom.xml': pom('', 'lib'),
  'lib/src/main/java/lib/Lib.java': 'package lib; class Lib {}',
};

test('a build of several programs: the module is asked for', () => {
  const { choices, suggested, found } = detect(modules);
  expect([found.module, suggested.module, choices.module?.map(({ value }) => value)]).toEqual([
    undefined,
    'api',
    ['api', 'batch'],
  ]);
  const peers = Object.entries(modules).map(([file, text]) => [file, text.replaceAll('api', 'orders')] as const);
  expect(detect(Object.fromEntries(peers)).suggested.module).toBeUndefined();
  expect(detect(modules, { module: 'batch' }).found).toMatchObject({
    module: 'batch',
    name: 'batch',
    main: 'batch.Main',
  });
  expect(refusal(() => detect(modules, { module: 'lib' })).message).toBe('The module "lib" is a library');
  expect(refusal(() => detect(modules, { module: 'x' })).hint).toBe('Programs are api, batch.');
});

test('modules of one name go by their folders', () => {
  const twins = {
    'pom.xml': pom(
      '<modules><module>one/shop</module><module>two/shop</module></modules><packaging>pom</packaging>',
      'all',
    ),
    'one/shop/pom.xml': pom('', 'shop'),
    'one/shop/src/main/java/a/Main.java': mainJava('a.Main'),
    'two/shop/pom.xml': pom('', 'shop'),
    'two/shop/src/main/java/b/Main.java': mainJava('b.Main'),
  };
  expect(detect(twins).choices.module?.map(({ value }) => value)).toEqual(['one/shop', 'two/shop']);
  expect(detect(twins, { module: 'two/shop' }).found).toMatchObject({
    module: 'two/shop',
    name: 'shop',
    main: 'b.Main',
  });
  const { message, hint } = refusal(() => detect(twins, { module: 'shop' }));
  expect([message, hint]).toEqual(['Several modules are called "shop"', 'Programs are one/shop, two/shop.']);
});

test('both tools: the first is suggested', () => {
  const files = {
    'pom.xml': pom(''),
    'build.gradle': "plugins { id 'application' }\napplication { mainClass = 'a.Main' }",
    ...main,
  };
  const { suggested, choices, facts } = detect(files);
  expect([suggested.buildTool, choices.buildTool?.length]).toEqual(['maven', 2]);
  expect(facts.some(({ name }) => name === 'Maven')).toBe(true);
  expect(detect(files, { buildTool: 'gradle' }).facts.some(({ name }) => name === 'Gradle')).toBe(true);
  expect(refusal(() => detect({ 'pom.xml': pom(''), ...main }, { buildTool: 'gradle' })).hint).toBe(
    'Choose --build-tool maven.',
  );
});

test.each([
  [
    { 'pom.xml': pom('<packaging>war</packaging>'), 'src/main/java/a/S.java': 'class S {}' },
    'unsupported',
    /war is no program/,
  ],
  [{ 'pom.xml': pom(''), 'src/main/java/a/L.java': 'class L {}' }, 'no-entry-point', /is a library/],
  [{ 'pom.xml': '<project' }, 'broken-file', /pom.xml is not valid XML/],
  [
    { 'build.gradle': "plugins { id 'java' }\ndependencies { implementation 'a:b:1' }", ...main },
    'unsupported',
    /puts its dependencies nowhere/,
  ],
] as const)('what can not be served %#', (files, code, message) => {
  const error = refusal(() => detect(files));
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
});

test('a cache is trained where the program can be told to end', () => {
  const boot = { 'pom.xml': pom(parent('4.0.0') + plugin('spring-boot-maven-plugin')), ...main };
  const { stages, runtime } = plan(boot, { aot: true });
  expect(stages.at(-1)?.values?.command).toEqual([
    '/usr/bin/java',
    '-XX:ArchiveClassesAtExit=app.jsa',
    '-Dspring.context.exit=onRefresh',
    '-jar',
    'app.jar',
  ]);
  expect(runtime.entrypoint[1]).toBe('-XX:SharedArchiveFile=app.jsa');
  expect(plan({ ...boot, '.java-version': '25' }, { aot: true }).runtime.entrypoint[1]).toBe('-XX:AOTCache=app.aot');
  expect(refusal(() => detect({ 'pom.xml': pom(''), ...main }, { aot: true })).code).toBe('bad-option');
});

test('a runtime of its own ships on a base without Java', () => {
  const files = { 'pom.xml': pom(''), ...main };
  const images = (runtime: string) => plan(files, { jlink: true, runtime }).images.map(({ values }) => values?.image);
  expect(images('distroless')).toContain('gcr.io/distroless/java-base-debian13:nonroot');
  expect(images('alpine')).toEqual(expect.arrayContaining(['alpine:3.24', 'eclipse-temurin:25-jdk-alpine-3.24']));
  expect(images('slim')).toContain('debian:trixie-slim');
});
