import type { JavaVersion, Located } from '../build.ts';
import type { Catalog } from './catalog.ts';
import { firstGroup, hits, type Script } from './script.ts';

const value = String.raw`["']?(?:JavaVersion\.VERSION_|JvmTarget\.JVM_)?((?:1[._])?\d+|libs\.versions\.[\w.]+)`;
/** Where a script names its toolchain: a JDK of just this version (https://docs.gradle.org/current/userguide/toolchains.html). */
const toolchains = [
  new RegExp(String.raw`JavaLanguageVersion\.of\(\s*${value}`),
  new RegExp(String.raw`\bjvmToolchain\s*\(?\s*${value}`),
];
/** Where it names another version; the surest first. Group 1 is a number or an entry of the catalog. */
const javaVersions = [
  new RegExp(String.raw`\brelease\s*(?:=|\.set\(|\.convention\()\s*${value}`),
  new RegExp(String.raw`\btargetCompatibility\s*(?:=|\()?\s*${value}`),
  new RegExp(String.raw`\bsourceCompatibility\s*(?:=|\()?\s*${value}`),
  new RegExp(String.raw`\bjvmTarget\s*(?:=|\.set\()\s*${value}`),
];

/** The versions of Java that scripts name. `fetched` tells that Gradle itself downloads a toolchain that is not there. */
export function javaIn(scripts: readonly Script[], catalog: Catalog, fetched: boolean): readonly JavaVersion[] {
  const named = (patterns: readonly RegExp[]): readonly Located[] =>
    patterns
      .map((pattern) => firstGroup(scripts, pattern))
      .filter((found) => found !== undefined)
      .flatMap(({ value: text, place }) => {
        const entry = /^libs\.versions\.([\w.]+?)(?:\.get)?$/.exec(text)?.[1];
        const version = entry === undefined ? text.replace(/_/, '.') : catalog.versions.get(entry);
        return version ? [{ value: version, place }] : [];
      });
  return [...named(toolchains).map((found) => (fetched ? found : { ...found, exact: true })), ...named(javaVersions)];
}

const className = String.raw`["']([\w.$]+)["']`;

/** The main class, of the plugin application or of a jar's manifest. */
export const mainClassIn = (scripts: readonly Script[]): Located | undefined =>
  firstGroup(scripts, new RegExp(String.raw`\bmainClass(?:Name)?\s*(?:=|\.set\(|\.convention\()\s*${className}`)) ??
  firstGroup(scripts, new RegExp(String.raw`["']Main-Class["']\s*(?:\]\s*=|to|:|,)\s*${className}`));

/** The arguments that the start scripts of the plugin application give to the JVM, where they are plain texts. */
export function jvmArgsIn(scripts: readonly Script[]): readonly string[] {
  const list = firstGroup(scripts, /\bapplicationDefaultJvmArgs\s*=\s*(?:\[|listOf\()([^\])]*)[\])]/)?.value ?? '';
  const items = list.split(',').map((item) => /^\s*["']([^"'$\n]+)["']\s*$/.exec(item)?.[1]);
  return items.every((item) => item !== undefined) ? items : [];
}

/** Folders of resources that scripts name: `resources { srcDirs = ['conf'] }`, `resources.srcDir("conf")`. */
export const resourcesIn = (scripts: readonly Script[]): readonly string[] =>
  hits(
    scripts,
    /\bresources\s*(?:\{\s*|\.)(?:setSrcDirs|srcDirs?)\s*\+?=?\s*\(?\s*(?:\[|listOf\()?((?:\s*["'][\w./-]+["']\s*,?)+)/,
  ).flatMap(({ match }) => [...(match[1] ?? '').matchAll(/["']([^"']+)["']/g)].map(([, path = '']) => path));

/** What a line of a dependencies block names: `implementation("g:a:v")`, `api(libs.x)`, `implementation(project(":x"))`. */
const byText = /(?:^|[{;])\s*["']?(\w+)["']?\s*\(?\s*(?:\w+\s*\(\s*)*["']([\w.-]+:[\w.-]+)(?::[^"'\n]*)?["']/;
const byCatalog = /(?:^|[{;])\s*["']?(\w+)["']?\s*\(?\s*(?:\w+\s*\(\s*)*libs\.([\w.]+)/;
const byProject =
  /(?:^|[{;])\s*["']?(\w+)["']?\s*\(?\s*(?:\w+\s*\(\s*)*?project\s*\(\s*(?:path\s*[:=]\s*)?["']:([\w:.-]+)["']/;
const byAccessor = /(?:^|[{;])\s*["']?(\w+)["']?\s*\(?\s*(?:\w+\s*\(\s*)*projects\.([\w.]+)/;

const isTest = (configuration: string): boolean => /^(test|androidTest|integrationTest)/i.test(configuration);

/** `group:artifact` of what scripts depend on, tests apart. */
export function dependenciesIn(scripts: readonly Script[], catalog: Catalog): readonly string[] {
  const named = (pattern: RegExp) => hits(scripts, pattern).filter(({ match }) => !isTest(match[1] ?? ''));
  return [
    ...named(byText).map(({ match }) => match[2] ?? ''),
    ...named(byCatalog).flatMap(({ match }) => catalog.libraries.get(match[2] ?? '') ?? []),
  ];
}

/** Paths of the projects of the same build that scripts depend on. */
export function projectsIn(scripts: readonly Script[], paths: readonly string[]): readonly string[] {
  const plain = (path: string): string => path.replace(/[^a-z0-9]/gi, '').toLowerCase();
  const named = (pattern: RegExp) => hits(scripts, pattern).filter(({ match }) => !isTest(match[1] ?? ''));
  const accessors = new Set(named(byAccessor).map(({ match }) => plain(match[2] ?? '')));
  return [
    ...named(byProject).map(({ match }) => match[2] ?? ''),
    ...paths.filter((path) => accessors.has(plain(path))),
  ];
}
