import { join, type Project } from '@msb/core';
import type { Archive, Build, BuildFile, BuildTool, Module } from '../build.ts';
import { privateHost } from '../repositories.ts';
import { eachOnce, startedByScript } from '../started.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { gradleFiles, gradleScripts } from './files.ts';
import { gradleArgs, gradleDatabase, gradleGit } from './outside.ts';
import { type NamedPlugin, pluginsIn } from './plugins.ts';
import { blocks, firstGroup, hits, readScript, type Script } from './script.ts';
import { readSettings, type Settings, scriptIn, sharedBlocks } from './settings.ts';
import { dependenciesIn, javaIn, jvmArgsIn, mainClassIn, projectsIn, resourcesIn } from './values.ts';
import { newestJavaOf } from './versions.ts';
import { gradleWrapper } from './wrapper.ts';

/** Gradle (https://gradle.org). Its scripts are programs: what they say in the usual words is read, nothing is run. */
export const gradle: BuildTool = {
  id: 'gradle',
  title: 'Gradle',
  markers: ['settings.gradle', 'settings.gradle.kts', 'build.gradle', 'build.gradle.kts'],
  output: 'build/libs',
  includes: (root, folder) => folder === '' || readSettings(root).projects.some((project) => project.folder === folder),
  read: readGradle,
};

function readGradle(project: Project): Build {
  const settings = readSettings(project);
  const catalog = readCatalog(project);
  const root = scriptIn(project, '', 'build');
  const known = pluginsIn([...(root ? [root] : []), ...(settings.script ? [settings.script] : [])], catalog);
  const conventions = conventionScripts(project);
  const own = root ? [{ path: '', folder: '' }] : [];
  const context = { project, settings, catalog, root, known, conventions };
  const found = gradleWrapper(project);
  const newest = found && newestJavaOf(found.version);
  const files = gradleFiles(
    project,
    settings.projects.map(({ folder }) => folder),
  );
  return {
    tool: gradle,
    modules: [...own, ...settings.projects].flatMap(({ path, folder }) => readModule(context, path, folder) ?? []),
    wrapper: found?.complete ? found : undefined,
    manifests: settings.projects.length > 0 || settings.builds.length > 0 ? [] : manifests(project, files),
    files,
    plugins: ['buildSrc', ...settings.builds].filter((folder) => project.exists(folder)),
    repositories: repositories([root, settings.script, ...conventions.values()]),
    ...outside(project, known, conventions),
    newestJava:
      found && newest !== undefined ? { java: newest, tool: `Gradle ${found.version}`, place: found.place } : undefined,
  };
}

/** What a build asks that is not in an image: Git, and a database that code is generated from. */
function outside(
  project: Project,
  known: readonly NamedPlugin[],
  conventions: ReadonlyMap<string, Script>,
): Pick<Build, 'args' | 'git' | 'started' | 'database'> {
  const scripts = [...gradleScripts(project), ...conventions.values()];
  const plugins = [...known, ...pluginsIn(scripts, readCatalog(project))];
  return {
    args: gradleArgs(plugins),
    git: gradleGit(scripts, plugins),
    started: eachOnce(hits(scripts, startedByScript)),
    database: gradleDatabase(scripts, plugins),
  };
}

const files = [
  'settings.gradle',
  'settings.gradle.kts',
  'build.gradle',
  'build.gradle.kts',
  'gradle.properties',
  'gradle.lockfile',
  'buildscript-gradle.lockfile',
  'settings-gradle.lockfile',
  'gradle',
  'buildSrc',
];

/** The build files, and what they read of the repository before sources are there. */
function manifests(project: Project, named: readonly BuildFile[]): readonly string[] {
  const usual = files.filter((file) => project.exists(file));
  const inside = (path: string): boolean => usual.some((file) => `${path}/`.startsWith(`${file}/`));
  return [...usual, ...named.filter(({ path, early }) => early && !inside(path)).map(({ path }) => path)];
}

/** Scripts that are plugins of the project's own, by their id: `buildSrc/src/main/kotlin/my.java-conventions.gradle.kts`. */
function conventionScripts(project: Project): ReadonlyMap<string, Script> {
  const paths = project.sources().filter((path) => /\/src\/main\/(kotlin|groovy)\/[\w.-]+\.gradle(\.kts)?$/.test(path));
  return new Map(
    paths.flatMap((path) => {
      const script = readScript(project, path);
      const id = path.replace(/^.*\//, '').replace(/\.gradle(\.kts)?$/, '');
      return script ? [[id, script] as const] : [];
    }),
  );
}

interface Context {
  readonly project: Project;
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly root: Script | undefined;
  /** Plugins with a version, of the root or the settings. */
  readonly known: readonly NamedPlugin[];
  readonly conventions: ReadonlyMap<string, Script>;
}

function readModule(context: Context, path: string, folder: string): Module | undefined {
  const { project, settings, catalog, root, known } = context;
  const own = folder === '' ? root : scriptIn(project, folder, 'build');
  const file = own?.file ?? (settings.script?.file || 'settings.gradle');
  const scripts = withConventions(context, [...(own ? [own] : []), ...(folder === '' ? [] : sharedBlocks(root))]);
  const plugins = pluginsIn(scripts, catalog)
    .filter(({ applied }) => applied)
    .map((plugin) => ({ ...plugin, version: plugin.version ?? known.find(({ id }) => id === plugin.id)?.version }));
  const has = (id: string): boolean => plugins.some((plugin) => plugin.id === id);
  const boot = plugins.find(({ id }) => id === 'org.springframework.boot');
  const war = plugins.find(({ id }) => id === 'war');
  return {
    folder,
    name: path || settings.name || 'app',
    place: { file },
    packaging: war ? { value: 'war', place: war.place } : { value: 'jar', place: { file } },
    plugins,
    dependencies: dependenciesIn(scripts, catalog),
    locals: projectsIn(
      scripts,
      settings.projects.map((item) => item.path),
    ).flatMap((name) => settings.projects.find((item) => item.path === name)?.folder ?? []),
    mainClass: mainClassIn(scripts),
    archive: archiveOf(scripts, plugins),
    springBoot: boot?.version ? { value: boot.version, place: boot.place } : undefined,
    ownLayers: scripts.some((script) => blocks(script, 'layered').length > 0),
    java: javaIn(scripts, catalog, settings.fetchesJdks),
    jvmArgs: has('application') ? jvmArgsIn(scripts) : [],
    jars: [],
    resources: resourcesIn(scripts).map((path) => join(folder, path)),
    description: firstGroup(scripts, /^\s*description\s*=\s*["']([^"'\n]+)["']/)?.value,
    url: undefined,
    license: undefined,
  };
}

/** Scripts, and those of the conventions that they apply, and so on. */
function withConventions({ catalog, conventions }: Context, scripts: readonly Script[]): readonly Script[] {
  const found = new Set(scripts);
  for (const script of found) {
    for (const { id } of pluginsIn([script], catalog)) {
      const convention = conventions.get(id);
      if (convention) found.add(convention);
    }
  }
  return [...found];
}

const shadow = ['com.gradleup.shadow', 'com.github.johnrengelman.shadow', 'io.ktor.plugin'];

function archiveOf(scripts: readonly Script[], plugins: readonly NamedPlugin[]): Archive {
  const bootJar = scripts.flatMap((script) => blocks(script, String.raw`(?:tasks\.)?bootJar`));
  const classifier = firstGroup(bootJar, /\barchiveClassifier\s*(?:=|\.set\()\s*["']([\w-]+)["']/)?.value;
  const fat = plugins.find(({ id }) => shadow.includes(id));
  if (fat) return { pattern: '*-all.jar', whole: { value: fat.id, place: fat.place } };
  return { pattern: classifier ? `*-${classifier}.jar` : '*.jar', whole: undefined };
}

function repositories(scripts: readonly (Script | undefined)[]) {
  const read = scripts.filter((script) => script !== undefined);
  const urls = hits(read, /\b(?:url|setUrl)\s*(?:=|\()?\s*(?:uri\s*\(\s*)?["'](https?:[^"'\n]+)["']/);
  const found = new Map(
    urls.flatMap(({ match, place }) => {
      const host = privateHost(match[1] ?? '');
      return host ? [[host, { host, place }] as const] : [];
    }),
  );
  return [...found.values()];
}
