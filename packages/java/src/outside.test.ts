import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { java } from './index.ts';
import { detect, mainJava, pom } from './project.test.kit.ts';

const main = { 'src/main/java/a/Main.java': mainJava('a.Main') };
const options = { runtime: 'distroless', name: 'app', main: 'a.Main' };
const plan = (files: Readonly<Record<string, string>>, given: Readonly<Record<string, string>> = {}) =>
  detect(files, given).plan({ ...options, ...given });
const values = (files: Readonly<Record<string, string>>, template: string) =>
  plan(files).stages.find((stage) => stage.template === `java/${template}`)?.values;
const plugins = (...list: readonly string[]): string =>
  `<build><plugins>${list.map((item) => `<plugin>${item}</plugin>`).join('')}</plugins></build>`;
const bound = '<executions><execution><goals><goal>x</goal></goals></execution></executions>';

/** The build context of a folder of a tree. */
const contextOf = (folder: string, files: Readonly<Record<string, string>>): string =>
  java.context?.(new Project(new MemoryTree(files), folder)) ?? folder;

test('files that a pom.xml names reach the build, and the jars before it', () => {
  const files = {
    'pom.xml': pom(`
<repositories><repository><url>file://\${project.basedir}/repo</url></repository></repositories>
<dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version><scope>system</scope>
<systemPath>\${project.basedir}/lib/b.jar</systemPath></dependency></dependencies>
${plugins(`<artifactId>x</artifactId><configuration><header>LICENSE.txt</header><spec>\${basedir}/api/spec.yaml</spec></configuration>`)}`),
    'LICENSE.txt': '',
    'api/spec.yaml': '',
    'lib/b.jar': '',
    'repo/a/b/1/b.pom': '',
    ...main,
  };
  const found = plan(files);
  expect(found.reads?.map(({ path, when }) => `${when} ${path}`)).toEqual([
    'build repo',
    'build lib/b.jar',
    'build LICENSE.txt',
    'build api/spec.yaml',
  ]);
  expect(values(files, 'maven-deps')?.copies).toEqual([
    'COPY --link pom.xml /src/pom.xml',
    'COPY --link repo /src/repo',
    'COPY --link lib/b.jar /src/lib/b.jar',
  ]);
  // no plugin packs it
  expect(plan(files).runtime.artifacts).toContainEqual({ src: 'lib/b.jar', dest: '/app/lib/' });
});

test('settings that Maven itself is told to use', () => {
  const files = {
    'pom.xml': pom(''),
    '.mvn/maven.config': '-T 1C\n-s ci/settings.xml\n',
    'ci/settings.xml': '',
    ...main,
  };
  expect(values(files, 'maven-deps')?.copies).toContain('COPY --link ci/settings.xml /src/ci/settings.xml');
});

const application = "plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n";

test('files that a script reads are there when dependencies are downloaded', () => {
  const files = {
    'build.gradle': `${application}version = file('version.txt').text.trim()
apply from: "$rootDir/scripts/publish.gradle"
dependencies { implementation fileTree(dir: 'libs', include: '*.jar') }
jar { from('LICENSE'); from 'docs/extra.md' }
tasks.register('gen') { inputs.dir('src/main/proto') }`,
    'version.txt': '1',
    'scripts/publish.gradle': '',
    'libs/x.jar': '',
    LICENSE: '',
    'docs/extra.md': '',
    'src/main/proto/a.proto': '',
    ...main,
  };
  expect(values(files, 'gradle-deps')?.copies).toEqual(
    ['build.gradle', 'version.txt', 'scripts/publish.gradle', 'libs'].map((path) => `COPY --link ${path} /src/${path}`),
  );
  const found = plan(files);
  expect(found.reads?.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['LICENSE', 'docs/extra.md', 'src/main/proto', 'version.txt']),
  );
});

test('in a build of several projects a stage takes them along', () => {
  const files = {
    'settings.gradle': "include 'api'\n",
    'build.gradle': '',
    'api/build.gradle': `${application}version = rootProject.file('VERSION').text\n`,
    VERSION: '1',
    'api/src/main/java/a/Main.java': mainJava('a.Main'),
  };
  expect(values(files, 'gradle-skeleton')).toEqual({ plugins: [], named: ['VERSION'] });
});

test.each([
  ['<artifactId>git-commit-id-maven-plugin</artifactId>', '-Dmaven.gitcommitid.skip=true'],
  ['<artifactId>githook-maven-plugin</artifactId>', '-Dgithook.plugin.skip=true'],
  [`<artifactId>jib-maven-plugin</artifactId>${bound}`, '-Djib.skip=true'],
  [`<artifactId>docker-maven-plugin</artifactId>${bound}`, '-Ddocker.skip=true'],
  [
    '<artifactId>spring-boot-maven-plugin</artifactId><executions><execution><goals><goal>build-image</goal></goals></execution></executions>',
    '-Dspring-boot.build-image.skip=true',
  ],
  [
    '<artifactId>spotless-maven-plugin</artifactId><configuration><ratchetFrom>origin/main</ratchetFrom></configuration>',
    '-Dspotless.check.skip=true',
  ],
])('a plugin that could not do its work is switched off: %s', (plugin, arg) => {
  expect(String(values({ 'pom.xml': pom(plugins(plugin)), ...main }, 'maven-build')?.compile)).toContain(` ${arg} `);
});

test('what only the user calls stays', () => {
  const files = { 'pom.xml': pom(plugins('<artifactId>jib-maven-plugin</artifactId>')), ...main };
  expect(String(values(files, 'maven-build')?.compile)).not.toContain('jib');
});

test.each([
  [
    "plugins { id 'com.palantir.git-version' version '3.0.0'; id 'application' }\napplication { mainClass = 'a.Main' }",
    1,
  ],
  [`${application}version = 'git describe --tags'.execute().text.trim()`, 3],
  [`${application}def hash = providers.exec { commandLine('git', 'rev-parse', 'HEAD') }`, 3],
])('a build that asks Git gets a version: %s', (script, line) => {
  const files = { 'build.gradle': script, ...main };
  const { stages } = plan(files);
  expect(stages.map(({ template }) => template).slice(0, 2)).toEqual(['java/history', 'java/gradle-deps']);
  expect(values(files, 'gradle-deps')?.from).toBe('history');
  const note = detect(files).notes.find(({ message }) => message.includes('asks Git'));
  expect([note?.hint, note?.place]).toEqual([
    'Hand it over: docker build --build-arg VERSION=1.2.3 .',
    { file: 'build.gradle', line },
  ]);
});

test('Git is asked by a step of Maven, or by a plugin of Gradle that can be left out', () => {
  const exec =
    '<artifactId>exec-maven-plugin</artifactId><configuration>\n<executable>git</executable></configuration>';
  expect(plan({ 'pom.xml': pom(plugins(exec)), ...main }).stages[0]?.template).toBe('java/history');
  const properties = `plugins { id 'com.gorylenko.gradle-git-properties' version '2.5.0'; id 'application' }\napplication { mainClass = 'a.Main' }`;
  const compile = values({ 'build.gradle': properties, ...main }, 'gradle-build')?.compile;
  expect(String(compile)).toMatch(/ -x generateGitProperties :installDist$/);
});

test('a build that connects to a database says so', () => {
  const jooq = (url: string) =>
    pom(
      plugins(
        `<artifactId>jooq-codegen-maven</artifactId>${bound}<configuration><jdbc>\n<url>${url}</url></jdbc></configuration>`,
      ),
    );
  const message = (url: string) =>
    detect({ 'pom.xml': jooq(url), ...main }).notes.find((note) => note.message.includes('database'))?.place;
  expect(message('jdbc:postgresql://localhost/shop')).toEqual({ file: 'pom.xml', line: 4 });
  expect(message('jdbc:h2:mem:shop')).toBeUndefined();
});

test('the context grows to what a build takes from next to it', () => {
  expect(
    contextOf('app', {
      'app/settings.gradle': "includeBuild('../lib')\n",
      'app/build.gradle': application,
      'lib/build.gradle': '',
      'other/x': '',
    }),
  ).toBe('');
  expect(
    contextOf('apps/shop', {
      'apps/shop/settings.gradle': "include 'core'\nproject(':core').projectDir = file('../core')\n",
      'apps/core/build.gradle': '',
      'apps/shop/build.gradle': application,
    }),
  ).toBe('apps');
  expect(
    contextOf('apps/shop', {
      'apps/shop/pom.xml': pom('<modules><module>../core</module></modules><packaging>pom</packaging>'),
      'apps/core/pom.xml': pom('', 'core'),
    }),
  ).toBe('apps');
  const spec = plugins(
    `<artifactId>x</artifactId><configuration><inputSpec>\${basedir}/../specs/a.yaml</inputSpec></configuration>`,
  );
  expect(contextOf('apps/shop', { 'apps/shop/pom.xml': pom(spec), 'apps/specs/a.yaml': '' })).toBe('apps');
  expect(contextOf('apps/shop', { 'apps/shop/pom.xml': pom(''), 'apps/specs/a.yaml': '' })).toBe('apps/shop');
});

test('a program that reads next to its folder', () => {
  const code = mainJava('a.Main').replace('{}', '{ read("../data/rates.json"); }');
  const files = { 'shop/pom.xml': pom(''), 'shop/src/main/java/a/Main.java': code, 'data/rates.json': '' };
  expect(contextOf('shop', files)).toBe('');
  const project = new Project(new MemoryTree(files), 'shop', '');
  const { reads } = java.detect(project, {}).plan(options);
  expect(reads).toEqual([
    {
      path: '../data/rates.json',
      when: 'run',
      at: '/data/rates.json',
      place: { file: 'src/main/java/a/Main.java', line: 3 },
    },
  ]);
});

test('a servlet container that finds its classes by their path', () => {
  const code = mainJava('a.Main').replace('{}', '{ new Tomcat().setPort(8090); add(new File("target/classes")); }');
  const files = { 'pom.xml': pom(''), 'src/main/java/a/Main.java': code };
  const found = plan(files);
  expect(found.reads).toEqual([
    { path: 'target/classes', when: 'run', at: '/app/target/classes', made: true, place: expect.anything() },
  ]);
  expect(found.writes).toEqual([{ path: 'tomcat.8090', kind: 'folder', place: expect.anything() }]);
  expect(plan(files).runtime.artifacts.at(-1)).toEqual({
    stage: 'build',
    src: '/src/target/classes/',
    dest: '/app/target/classes/',
  });
});

test('the Maven of an old wrapper is called as it can be', () => {
  const files = (version: string) => ({
    'pom.xml': pom(''),
    mvnw: '',
    '.mvn/wrapper/maven-wrapper.properties': `distributionUrl=https://x/apache-maven-${version}-bin.zip\n`,
    ...main,
  });
  const download = (version: string) => String(values(files(version), 'maven-deps')?.download);
  expect(download('3.5.2')).toBe(
    'sh ./mvnw -B --fail-never org.apache.maven.plugins:maven-dependency-plugin:3.6.1:go-offline',
  );
  expect(download('3.6.1')).toContain('-B -ntp --fail-never org.apache.maven.plugins:maven-dependency-plugin:3.6.1');
  expect(download('3.9.9')).toContain('-B -ntp --fail-never org.apache.maven.plugins:maven-dependency-plugin:3.11.0');
});

test('configuration in a folder of resources of its own', () => {
  const setting = 'server.port=8099\nspring.datasource.url=jdbc:h2:./db/x\n';
  const script = `${application}sourceSets { main { resources { srcDirs = ['conf'] } } }\n`;
  const gradle = plan({ 'build.gradle': script, 'conf/application.properties': setting, ...main });
  const directory = '<build><resources><resource><directory>conf</directory></resource></resources></build>';
  const maven = plan({ 'pom.xml': pom(directory), 'conf/application.properties': setting, ...main });
  for (const found of [gradle, maven]) {
    expect(found.writes?.[0]?.path).toBe('db');
  }
});

test('what a module that the program depends on packs is not ignored', () => {
  const dependency =
    '<dependencies><dependency><groupId>g</groupId><artifactId>lib</artifactId></dependency></dependencies>';
  const files = {
    'pom.xml': pom('<modules><module>app</module><module>lib</module></modules><packaging>pom</packaging>', 'all'),
    'app/pom.xml': pom(dependency, 'app'),
    'app/src/main/java/a/Main.java': mainJava('a.Main'),
    'lib/pom.xml': pom('', 'lib'),
    'lib/src/main/resources/prompts/hello.md': '',
  };
  expect(plan(files).needs).toContain('lib/src/main/resources/prompts/hello.md');
});

test('a cache is trained with the files that the program reads', () => {
  const parent =
    '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>4.0.0</version></parent>';
  const files = {
    'pom.xml': pom(parent + plugins('<artifactId>spring-boot-maven-plugin</artifactId>')),
    'config/application.yml': '',
    ...main,
  };
  const { stages } = detect(files, {}).plan({ ...options, aot: true });
  expect(stages.at(-1)?.values?.copies).toContain('COPY --link config/application.yml /app/config/application.yml');
});

test('programs that steps of the build start are said', () => {
  const notes = (files: Readonly<Record<string, string>>) =>
    detect({ ...files, ...main }).notes.flatMap(({ message }) => /start (\w+),/.exec(message)?.[1] ?? []);
  const exec = '<artifactId>exec-maven-plugin</artifactId><configuration><executable>npm</executable></configuration>';
  expect(notes({ 'pom.xml': pom(plugins(exec)) })).toEqual(['npm']);
  const tasks =
    "task web(type: Exec) { commandLine 'yarn', 'build' }\ntask more(type: Exec) { commandLine 'yarn', 'x' }\n";
  expect(notes({ 'build.gradle': `${application}${tasks}` })).toEqual(['yarn']);
});
