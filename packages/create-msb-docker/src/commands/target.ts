import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { contextReads, DiskTree, type Dockerfile, MsbError, Project, parseDockerfile } from '@msb/core';

/** A Dockerfile on disk, and the build context that it is for. Both paths are absolute. */
export interface Target {
  readonly file: string;
  /** The path as a person would name it. */
  readonly shown: string;
  readonly text: string;
  readonly context: string;
}

/**
 * Finds the Dockerfile that a folder or a path names. Where the context is not given, it is the nearest folder, from
 * that of the file up to that of the repository, which has everything that the file reads. Throws `not-a-project`.
 */
export function findTarget(path: string, context: string | undefined): Target {
  const wanted = resolve(path);
  const file = existsSync(wanted) && statSync(wanted).isDirectory() ? join(wanted, 'Dockerfile') : wanted;
  const shown = relative(process.cwd(), file) || basename(file);
  if (!existsSync(file)) {
    throw new MsbError(
      'not-a-project',
      `There is no ${shown}`,
      'Name the folder that has it, or write one first: npx create-msb-docker.',
    );
  }
  const text = readFileSync(file, 'utf8');
  return {
    file,
    shown,
    text,
    context: context === undefined ? contextOf(file, parseDockerfile(text)) : resolve(context),
  };
}

function contextOf(file: string, dockerfile: Dockerfile): string {
  const own = dirname(file);
  const paths = contextReads(dockerfile)
    .map(({ path }) => path)
    .filter((path) => !/[*?[$"']/.test(path));
  const hasAll = (folder: string): boolean => paths.every((path) => existsSync(join(folder, path)));
  return upwards(own).find(hasAll) ?? own;
}

/** A folder and those above it, up to the repository's. */
function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? [folder] : [folder, ...upwards(parent)];
}

/** The .dockerignore that counts for a Dockerfile: one called after it, else that of the context. */
export function ignoreOf({ file, context }: Target): string {
  const found = [`${file}.dockerignore`, join(context, '.dockerignore')].find((path) => existsSync(path));
  return found === undefined ? '' : readFileSync(found, 'utf8');
}

/** The context of a target as a project. */
export const contextProject = ({ context }: Target): Project => new Project(new DiskTree(context));
