import { posix } from 'node:path';
import { join, type Project } from '@msb/core';
import { asGlob, programFolder, sourceFolder, unknown } from '../code/values.ts';
import type { ModuleFolders } from '../packages.ts';

/** The folder that a program of ours starts in where it reads or writes files there. */
export const workingFolder = '/app';
/** The folder of the program itself. */
const binaries = '/usr/local/bin';

/** Where a path leads to: in the project, and in the image. */
export interface Location {
  /** From the project's folder. */
  readonly path: string;
  /** Absolute; absent where it is `path` below the working folder. */
  readonly at?: string;
}

/** What stands before the first glob; a path that has none stays whole. */
export const fixedPart = (path: string): string => {
  const names = path.split('/');
  const glob = names.findIndex((name) => /[*?[{]/.test(name));
  return (glob < 0 ? names : names.slice(0, glob)).join('/');
};

/** Whether a path has a part that is not known. */
export const isGlob = (path: string): boolean => fixedPart(path) !== path;

/** Names in front of a path as a library takes it: `file://db/migrations`. */
const scheme = /^(?:file|github-file):(?:\/\/)?/;

/** Where programs are told to look by their own images, beside our own. */
const usualFolders = /^\/(?:app|usr\/src\/app|srv\/app|opt\/app|workspace|code)\//;

/**
 * A path as a glob, without a folder in front that is not known; `''` for one that names no folder or file by itself, such
 * as an unknown name with an ending.
 */
function knownPart(text: string): string {
  const path = text.replace(new RegExp(`^(?:${unknown}/)+`), '');
  const [start = ''] = path.split(unknown, 1);
  return path.includes(unknown) && !/[^./]/.test(start) ? '' : asGlob(path);
}

/**
 * Where a text that is a path may lead to, the likeliest first; whether any of these is there is for the caller to see.
 * `main` is the folder of the main package.
 */
export function locationsOf(project: Project, text: string, main: string, modules: ModuleFolders): readonly Location[] {
  const path = knownPart(text.replace(scheme, ''));
  if (path === '' || /[\0\n\r~$]/.test(path) || path.length > 400 || /^[a-z][a-z\d+.-]*:\/\//i.test(path)) return [];
  if (path.startsWith(programFolder)) return fromProgram(path.slice(1), main);
  if (path.startsWith(sourceFolder)) return fromSource(path.slice(1), modules);
  if (path.startsWith('/')) {
    const inside = path.replace(usualFolders, '');
    return inside === path ? [] : [{ path: join(inside), at: posix.normalize(path) }];
  }
  const plain = posix.normalize(path).replace(/\/$/, '');
  const at = posix.resolve(workingFolder, plain);
  const own = plain === '.' ? '' : plain;
  const inMain = { path: join(main, own), at };
  // the folder that it starts in, or one above: nobody knows what of it
  if (/^(?:(?:\.\.\/)*\.\.)?$/.test(own)) return [];
  if (own.startsWith('..')) return [inMain, { path: own, at }];
  return [
    { path: own },
    ...(main === '' ? [] : [inMain]),
    ...(project.up === '' ? [] : [{ path: join(project.up, own), at }]),
  ];
}

/** Next to the program's own file; in the repository that is where the program or its main package is. */
const fromProgram = (path: string, main: string): readonly Location[] =>
  ['', main].map((folder) => ({ path: join(folder, path), at: posix.join(binaries, path) }));

/**
 * With -trimpath, a source file is known by its import path, which is then taken from the working folder
 * (https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies).
 */
function fromSource(path: string, modules: ModuleFolders): readonly Location[] {
  const inside = join(path);
  const owner = [...modules].find(([, folder]) => folder === '') ?? [...modules][0];
  if (inside.startsWith('..') || owner === undefined) return [];
  return [{ path: inside, at: posix.join(workingFolder, owner[0], inside) }];
}
