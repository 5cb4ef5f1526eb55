import type { Project } from '@msb/core';
import { lockfileOf } from '../package-managers/select.ts';

/** The way from a package of a workspace to its root, such as `../..`; empty for a project that is alone. */
export const upward = (project: Project): string =>
  project
    .inContext('')
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .map(() => '..')
    .join('/');

/**
 * Where the direct dependencies of a package are, seen from it: pnpm links them into its own folder, all others put
 * them into that of the workspace.
 */
export function modulesOf(project: Project): string {
  const up = upward(project);
  const own = up === '' || !project.root.has('package.json') || lockfileOf(project) !== undefined;
  return own || project.root.has('pnpm-lock.yaml') ? 'node_modules' : `${up}/node_modules`;
}
