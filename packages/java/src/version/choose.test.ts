import { expect, test } from 'vitest';
import { detect, mainJava, pom, refusal } from '../project.test.kit.ts';

const main = { 'src/main/java/a/Main.java': mainJava('a.Main') };
const maven = (inner: string) => ({ 'pom.xml': pom(inner), ...main });
const release = (version: string) =>
  maven(`<properties><maven.compiler.release>${version}</maven.compiler.release></properties>`);
const java = (files: Readonly<Record<string, string>>, given = {}) => {
  const { facts, notes } = detect(files, given);
  return [facts.find(({ name }) => name === 'Java')?.value, notes.length];
};

test.each([
  [release('21'), '21, as declared', 0],
  [release('1.8'), '17, the next with long support after 8', 1],
  [release('11'), '17, the next with long support after 11', 1],
  [release('22'), '25, the next with long support after 22', 1],
  [maven(''), '25, the newest with long support', 0],
  [{ ...release('17'), '.sdkmanrc': '# x\njava=21.0.5-tem\n' }, '21, as declared', 0],
  [{ ...release('17'), '.tool-versions': 'maven 3.9\njava temurin-21.0.2+13.0.LTS\n' }, '21, as declared', 0],
  [{ ...release('17'), '.java-version': 'temurin64-25.0.1\n' }, '25, as declared', 0],
  [{ ...release('21'), '.java-version': '17\n' }, '21, as declared', 0],
  [
    {
      ...main,
      'build.gradle':
        "plugins { id 'java'\n id 'application' }\n java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }",
    },
    '21, as declared',
    0,
  ],
  [
    {
      ...main,
      'build.gradle': "plugins { id 'application' }",
      'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://x/gradle-8.5-bin.zip\n',
      'gradle/wrapper/gradle-wrapper.jar': '',
      gradlew: '',
    },
    '21, the newest that Gradle 8.5 runs on',
    0,
  ],
])('the version %#', (files, value, notes) => expect(java(files)).toEqual([value, notes]));

test('one that there is no image of', () => {
  const error = refusal(() => detect(release('27')));
  expect([error.code, error.place]).toEqual(['unknown-version', { file: 'pom.xml', line: 3 }]);
  expect(error.hint).toContain('17, 21, 25');
  expect(refusal(() => detect(release('21'), { javaVersion: '23' })).code).toBe('unknown-version');
  expect(java(release('17'), { javaVersion: '25' })).toEqual(['25, as asked for', 0]);
});

test('a toolchain is one JDK and no other', () => {
  const toolchain = (version: number, settings = '') => ({
    ...main,
    'build.gradle.kts': `plugins { application }\nkotlin { jvmToolchain(${version}) }\n`,
    'settings.gradle.kts': settings,
    '.java-version': '25',
  });
  expect(java(toolchain(21))).toEqual(['21, as declared', 0]);
  const error = refusal(() => detect(toolchain(24)));
  expect([error.code, error.place]).toEqual(['unsupported', { file: 'build.gradle.kts', line: 2 }]);
  expect(error.message).toBe(
    'The toolchain of this build is a JDK 24 and no other, and the image to build with has JDK 25',
  );
  expect(refusal(() => detect(toolchain(21), { javaVersion: '25' })).message).toContain('JDK 21 and no other');
  const fetched = 'plugins { id("org.gradle.toolchains.foojay-resolver-convention") version "1.0.0" }\n';
  expect(java(toolchain(24, fetched))).toEqual(['25, as declared', 0]);
});

test('a Gradle that does not run on it', () => {
  const files = {
    ...main,
    'build.gradle': "plugins { id 'application' }\njava.toolchain.languageVersion = JavaLanguageVersion.of(25)",
    'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://x/gradle-8.5-bin.zip\n',
  };
  const error = refusal(() => detect(files));
  expect([error.code, error.message]).toEqual(['unsupported', 'Gradle 8.5 does not run on Java 25, only up to 21']);
});
