import { expect, test } from 'vitest';
import { withoutComments } from '../code/comments.ts';
import { projectOf, refusal } from '../project.test.kit.ts';
import { gradle } from './gradle.ts';
import { newestJavaOf } from './versions.ts';

const kotlin = {
  'settings.gradle.kts': `rootProject.name = "shop"\ninclude(":api", "lib:common")\ninclude(\n  "batch",\n)\n`,
  'gradle/libs.versions.toml': `[versions]
java = "21"
boot = "4.0.1"
[plugins]
spring-boot = { id = "org.springframework.boot", version.ref = "boot" }
shadow = "com.gradleup.shadow:9.0.0"
[libraries]
spring-web = { module = "org.springframework.boot:spring-boot-starter-webmvc" }
gson = "com.google.code.gson:gson:2.11.0"
[bundles]
web = ["spring-web", "gson"]
`,
  'build.gradle.kts': `plugins {
  kotlin("jvm") version "2.4.0" apply false
  alias(libs.plugins.spring.boot) apply false
}
subprojects {
  apply(plugin = "java") // all of them
}
`,
  'api/build.gradle.kts': `plugins {
  alias(libs.plugins.spring.boot)
  id("acme.conventions")
}
dependencies {
  implementation(libs.bundles.web)
  implementation(project(":lib:common"))
  testImplementation("org.junit.jupiter:junit-jupiter:6.0.0")
  // implementation("com.example:gone:1")
}
`,
  'lib/common/build.gradle.kts': '',
  'batch/build.gradle.kts': `plugins { application; alias(libs.plugins.shadow) }
application {
  mainClass.set("shop.Batch")
  applicationDefaultJvmArgs = listOf("-Xss2m", "-Dx=y")
}
dependencies { implementation(projects.lib.common) }
`,
  'buildSrc/src/main/kotlin/acme.conventions.gradle.kts': `kotlin { jvmToolchain(libs.versions.java.get().toInt()) }\n`,
};

test('a build in Kotlin: projects, the catalog, conventions of its own', () => {
  const build = gradle.read(projectOf(kotlin));
  expect(build.modules.map(({ name, folder }) => [name, folder])).toEqual([
    ['shop', ''],
    ['api', 'api'],
    ['lib:common', 'lib/common'],
    ['batch', 'batch'],
  ]);
  const api = build.modules.find(({ name }) => name === 'api');
  expect(api?.plugins.map(({ id }) => id)).toEqual(['acme.conventions', 'org.springframework.boot', 'java']);
  expect(api?.springBoot).toEqual({ value: '4.0.1', place: { file: 'api/build.gradle.kts', line: 2 } });
  expect(api?.dependencies).toEqual([
    'org.springframework.boot:spring-boot-starter-webmvc',
    'com.google.code.gson:gson',
  ]);
  expect(api?.locals).toEqual(['lib/common']);
  expect(api?.java).toEqual([
    { exact: true, value: '21', place: { file: 'buildSrc/src/main/kotlin/acme.conventions.gradle.kts', line: 1 } },
  ]);
  expect([build.manifests, build.plugins]).toEqual([[], ['buildSrc']]);
});

test('the plugin application: main class, arguments, a shadow jar', () => {
  const batch = gradle.read(projectOf(kotlin)).modules.find(({ name }) => name === 'batch');
  expect(batch?.mainClass).toEqual({ value: 'shop.Batch', place: { file: 'batch/build.gradle.kts', line: 3 } });
  expect(batch?.jvmArgs).toEqual(['-Xss2m', '-Dx=y']);
  expect(batch?.archive).toMatchObject({ pattern: '*-all.jar', whole: { value: 'com.gradleup.shadow' } });
  expect(batch?.locals).toEqual(['lib/common']);
});

test('a single project in Groovy', () => {
  const files = {
    'build.gradle': `plugins {
  id 'java'
  id 'org.springframework.boot' version '3.2.1'
}
description = 'Takes orders'
sourceCompatibility = JavaVersion.VERSION_17
dependencies {
  implementation 'org.springframework.boot:spring-boot-starter-web'
  implementation platform('com.example:bom:1')
}
repositories { maven { url 'https://nexus.acme.dev/maven' } }
bootJar { archiveClassifier = 'boot' }
`,
    gradlew: '',
    'gradle/wrapper/gradle-wrapper.jar': '',
    'gradle/wrapper/gradle-wrapper.properties':
      'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10.2-bin.zip\n',
  };
  const build = gradle.read(projectOf(files));
  const [module] = build.modules;
  expect(module).toMatchObject({
    name: 'app',
    springBoot: { value: '3.2.1' },
    description: 'Takes orders',
    java: [{ value: '17', place: { file: 'build.gradle', line: 6 } }],
    archive: { pattern: '*-boot.jar' },
    dependencies: ['org.springframework.boot:spring-boot-starter-web', 'com.example:bom'],
  });
  expect(build.wrapper?.version).toBe('8.10.2');
  expect(build.newestJava?.java).toBe(23);
  expect(build.repositories.map(({ host }) => host)).toEqual(['nexus.acme.dev']);
  expect(build.manifests).toEqual(['build.gradle', 'gradle']);
  const { 'gradle/wrapper/gradle-wrapper.jar': _, ...incomplete } = files;
  expect(gradle.read(projectOf(incomplete)).wrapper).toBeUndefined();
});

test('a catalog that is no TOML', () => {
  expect(refusal(() => gradle.read(projectOf({ ...kotlin, 'gradle/libs.versions.toml': '[' }))).code).toBe(
    'broken-file',
  );
});

test('comments are blanked out, texts are not', () => {
  expect(withoutComments('a /* b\nc */ "// d" // e\nf')).toBe('a     \n     "// d"     \nf');
});

test.each([
  ['9.1', 25],
  ['9.0', 24],
  ['8.14.3', 24],
  ['8.10', 23],
  ['8.9', 22],
  ['8.5', 21],
  ['7.6', 19],
  ['6.9', 16],
  ['x', undefined],
])('Gradle %s', (version, java) => expect(newestJavaOf(version)).toBe(java));
