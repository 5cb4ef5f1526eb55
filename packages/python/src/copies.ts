import { join, pathWord, patternWord, relative } from '@msb/core';
import type { PythonBuild } from './plan.ts';

/** The files that an installation reads. What is built writes into its folder, and that is lost behind the step. */
export function bindsOf({ dependencies, localFiles }: PythonBuild): readonly string[] {
  const files = [...new Set([...dependencies.files, ...localFiles.files])];
  const bind = (path: string): string => `type=bind,source=${path},target=${path}`;
  return [
    ...files.map((file) => bind(pathWord(file, 'A path'))),
    ...localFiles.folders.map((folder) => `${bind(pathWord(folder, 'The folder of a package'))},rw`),
  ];
}

/** The way from one folder to another. */
export const goTo = (folder: string): readonly string[] =>
  folder === '' ? [] : [`cd ${pathWord(folder, 'The folder of a package')}`];

/** Commands in another folder, from which nothing has to come back. */
export const inFolder = (folder: string, commands: readonly string[]): readonly string[] =>
  folder === '' || commands.length === 0 ? commands : [`(${[...goTo(folder), ...commands].join(' && ')})`];

/** From where the package manager is started into the folder of the project. */
export const goToProject = ({ project, home }: PythonBuild): readonly string[] =>
  goTo(relative(home, project.inContext('')));

/**
 * Tests that reach the build for their own stage are no part of what is made here. Of a context that is there for the
 * packages of the repository, only those are copied that the program is built with.
 */
export function copyOf(build: PythonBuild): string {
  const hidden = build.hidden.map((pattern) => `--exclude=${patternWord(pattern)}`);
  const copy = (from: string, to: string): string => ['COPY', ...hidden, from, to].join(' ');
  const folders = copiedFolders(build);
  if (folders.includes('')) return copy('. .', '').trimEnd();
  return folders
    .map((folder) => pathWord(folder, 'The folder of a package'))
    .map((folder) => copy(folder, folder))
    .join('\n');
}

/** The folders of the context that a build needs, none in another; `''` is all of it. */
function copiedFolders({ project, home, request }: PythonBuild): readonly string[] {
  if (project.up === '' || home !== project.inContext('') || request.member !== undefined) return [''];
  const local = request.local.filter(({ needed }) => needed);
  const all = [
    project.inContext(''),
    ...local.map(({ path, archive }) => project.inContext(archive ? join(path, '..') : path)),
  ];
  return [...new Set(all)].filter((folder) => !all.some((other) => folder.startsWith(`${other}/`))).sort();
}
