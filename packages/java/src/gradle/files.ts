import { join, type Project } from '@msb/core';
import type { BuildFile } from '../build.ts';
import { hits, readScript, type Script } from './script.ts';

const literal =
  /(["'])((?:\$\{?(?:project\.)?(?:rootDir|rootProject\.projectDir|projectDir|rootProject\.rootDir)\}?\/)?[^"'\n$:*?<>|]{1,200})\1/;
const scripts = /\.gradle(\.kts)?$/;
const documents = /\.(md|adoc|rst)$|(^|\/)(LICENSE|NOTICE)[^/]*$/i;

/** All scripts of a build, those that others apply and those that are plugins of its own too. */
export const gradleScripts = (project: Project): readonly Script[] =>
  project
    .sources()
    .filter((path) => scripts.test(path) && !/\/src\/(test|it)\//.test(path))
    .flatMap((path) => readScript(project, path) ?? []);

/** What the scripts of a build name of the repository (https://docs.gradle.org/current/userguide/working_with_files.html). */
export function gradleFiles(project: Project, folders: readonly string[]): readonly BuildFile[] {
  const found = new Map<string, BuildFile>();
  for (const script of gradleScripts(project)) {
    const { file } = script;
    const own = folders.filter((folder) => folder === '' || file.startsWith(`${folder}/`)).at(-1) ?? '';
    const folder = /\/src\/main\//.test(file) ? '' : join(file, '..');
    for (const { match, place } of hits([script], literal)) {
      const text = match[2] ?? '';
      const path = pathIn(project, text, [folder, own, '']);
      if (path !== undefined && !found.has(path)) found.set(path, { path, place, early: isEarly(project, path) });
    }
  }
  return [...found.values()];
}

/** A script may read any file as it is read itself: a version, properties. What is documentation or code is for later. */
const isEarly = (project: Project, path: string): boolean =>
  !/(^|\/)src\//.test(path) && (project.has(path) ? !documents.test(path) : holdsJars(project, path));

/** Folders of jars: `flatDir`, a repository of the project's own. */
function holdsJars(project: Project, folder: string, depth = 0): boolean {
  return project.list(folder).some((name) => {
    const path = join(folder, name);
    return project.has(path) ? /\.(jar|pom)$/.test(name) : depth < 6 && holdsJars(project, path, depth + 1);
  });
}

function pathIn(project: Project, text: string, bases: readonly string[]): string | undefined {
  const fromRoot = /^\$\{?(?:project\.)?(?:rootDir|rootProject)/.test(text);
  const rest = text.replace(/^\$\{?[\w.]+\}?\//, '').replace(/^file:(\/\/)?/, '');
  if (rest.startsWith('/') || rest === '' || /\s{2}/.test(rest)) return undefined;
  for (const base of fromRoot ? [''] : bases) {
    const path = join(base, rest);
    const outside = join(project.folder, path).startsWith('..');
    if (path === '' || outside || (/(^|\/)build(\/|$)/.test(path) && !scripts.test(path))) continue;
    // one word is a path only where it is a file or a folder of jars
    if (project.has(path) || (project.exists(path) && (rest.includes('/') || holdsJars(project, path)))) return path;
  }
  return undefined;
}
