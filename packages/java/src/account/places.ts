import { join, type Project } from '@msb/core';
import { type Build, closure, type Module } from '../build.ts';

/** Where a program looks for files, and where they are in its repository. */
export interface Ground {
  /** The build, from whose root all paths here are seen. */
  readonly project: Project;
  readonly build: Build;
  readonly module: Module;
  /** The folder of the image that the program starts in. */
  readonly workdir: string;
}

/** A file or folder of the repository, and where the program looks for it in the image. */
export interface Spot {
  /** From the root of the build. */
  readonly path: string;
  /** Absolute, in the image. */
  readonly at: string;
}

/** `./data/x/` → `data/x`; nothing for what is absolute, an address, or the working folder itself. */
export function localPath(text: string): string | undefined {
  const plain = text.trim().replace(/^(?:file|filesystem):(?:\/\/(?!\/))?/, '');
  if (plain === '' || /^(?:[/~]|[A-Za-z]:[\\/]|\w+:\/\/|classpath\*?:)|[\n\r\0"<>|]/.test(plain)) return undefined;
  const path = join(plain);
  return path === '' || /^(\.\.\/?)*$/.test(path) ? undefined : path;
}

/** Where a path of the working folder is in the image. */
export const inImage = ({ workdir }: Ground, path: string): string => `/${join(workdir, path)}`;

/** The folders that a program is started in while it is written: that of its module, and the root of the build. */
const bases = ({ module }: Ground): readonly string[] => [...new Set([module.folder, ''])];

/** What the program finds at a path of its working folder, if the repository has it: a file or a folder. */
export function spotOf(ground: Ground, path: string): Spot | undefined {
  const { project } = ground;
  const found = bases(ground)
    .map((base) => join(base, path))
    .find((candidate) => isOwn(ground, candidate) && project.exists(candidate));
  return found === undefined ? undefined : { path: found, at: inImage(ground, path) };
}

/** Whether a path lies in the repository and is nothing that the build makes. */
function isOwn(ground: Ground, path: string): boolean {
  return !join(ground.project.folder, path).startsWith('..') && !isOutput(ground, path);
}

/** Whether a path is one of those that the build makes. */
export function isOutput({ build }: Ground, path: string): boolean {
  const output = build.tool.output.split('/')[0] ?? '';
  return build.modules.some(({ folder }) => `${path}/`.startsWith(`${join(folder, output)}/`));
}

/** Whether something of this path is in the jar, where servers of static files look, too. */
export const isPacked = ({ project, build, module }: Ground, path: string): boolean =>
  closure(build, module).some(({ folder }) =>
    ['resources', 'java', 'kotlin', 'webapp'].some((kind) => project.exists(join(folder, 'src/main', kind, path))),
  );
