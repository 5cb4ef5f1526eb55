import { type Files, inMemory } from '@msb/core/testing';
import { describe, expect, test } from 'vitest';
import { java } from './index.ts';
import { mainJava, pom } from './project.test.kit.ts';

const { stageOf } = inMemory(java);

/** The stage with the tests. */
const stage = (files: Files, options = {}): string => stageOf('test', files, { bake: true, ...options });

const source = { 'src/main/java/shop/App.java': mainJava('shop.App') };
const tested = { ...source, 'src/test/java/shop/AppTest.java': 'class AppTest {}' };

describe('Maven', () => {
  test('tests what it built, without the arguments that would keep it from it', () => {
    const files = { 'pom.xml': pom(''), ...tested };
    expect(stage(files)).toContain('-m2-build,target=/root/.m2/repository,from=deps,source=/m2,sharing=locked');
    expect(stage(files)).toMatch(/\n {4}mvn -B -ntp test$/);
    const askGit =
      '<build><plugins><plugin><artifactId>git-commit-id-maven-plugin</artifactId></plugin></plugins></build>';
    expect(stage({ ...files, 'pom.xml': pom(askGit) })).toMatch(/mvn -B -ntp -Dmaven.gitcommitid.skip=true test$/);
  });

  test('tests the modules that the program is made of', () => {
    const modules = '<packaging>pom</packaging><modules><module>api</module><module>words</module></modules>';
    const parent = '<parent><groupId>g</groupId><artifactId>app</artifactId><version>1</version></parent>';
    const words = '<dependencies><dependency><groupId>g</groupId><artifactId>words</artifactId><version>1</version>';
    const files: Files = {
      'pom.xml': pom(modules),
      'api/pom.xml': pom(`${parent}${words}</dependency></dependencies>`, 'api'),
      'api/src/main/java/shop/App.java': mainJava('shop.App'),
      'words/pom.xml': pom(parent, 'words'),
      'words/src/test/java/shop/WordsTest.java': 'class WordsTest {}',
    };
    expect(stage(files, { module: 'api' })).toMatch(/mvn -B -ntp -pl api -am test$/);
    const shared = files['api/pom.xml']?.replace(
      '</version></dependency>',
      '</version><type>test-jar</type></dependency>',
    );
    expect(stage({ ...files, 'api/pom.xml': shared ?? '' }, { module: 'api' })).toMatch(/-pl api -am package$/);
  });

  test('does not where there are no tests, no bake file, or no wish', () => {
    expect(stage({ 'pom.xml': pom(''), ...source })).toBe('');
    expect(stage({ 'pom.xml': pom(''), ...tested }, { bake: false })).toBe('');
    expect(stage({ 'pom.xml': pom(''), ...tested }, { tests: false })).toBe('');
  });
});

test('Gradle tests each of the modules', () => {
  const files: Files = {
    'settings.gradle': "include 'api', 'words'\n",
    'api/build.gradle':
      "plugins { id 'java'; id 'application' }\ndependencies { implementation project(':words') }\napplication { mainClass = 'shop.App' }\n",
    'api/src/main/java/shop/App.java': mainJava('shop.App'),
    'api/src/test/java/shop/AppTest.java': 'class AppTest {}',
    'words/build.gradle': "plugins { id 'java-library' }\n",
    'words/src/test/java/shop/WordsTest.java': 'class WordsTest {}',
  };
  expect(stage(files, { module: 'api' })).toMatch(/--console=plain :api:test :words:test$/);
});
