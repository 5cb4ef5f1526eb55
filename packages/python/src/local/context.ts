import { commonFolder, join, MsbError, type Project } from '@msb/core';
import { pipfilePackages } from '../package-managers/pipenv.ts';
import { readRequirements, requirementFiles } from '../package-managers/requirements.ts';
import { wantedParts } from '../package-managers/wanted.ts';
import { readPyproject } from '../pyproject.ts';
import type { Asked } from './asked.ts';
import { workspaceAround } from './members.ts';
import { localPackages, packageProject } from './packages.ts';

/** What requirements files and Pipfile ask for by a path. Throws `broken-file`. */
export function askedElsewhere(project: Project, requirements: string | undefined): readonly Asked[] {
  return [...readRequirements(project, requirementFiles(project, requirements)).local, ...pipfilePackages(project)];
}

/**
 * The build context of a project: the folder that holds it, all packages of the repository that it is built with, and the
 * root of its workspace, which knows them and may have the lockfile.
 */
export function contextOf(project: Project): string {
  const around = workspaceAround(project);
  const root = around === undefined ? [] : [around.root.folder];
  const folders = foldersOf(project).filter((folder) => !folder.startsWith('..'));
  return commonFolder([project.folder, ...root, ...folders]);
}

function foldersOf(project: Project): readonly string[] {
  const pyproject = readPyproject(project);
  const packages = localPackages(project, pyproject, wantedParts(pyproject, undefined, undefined), elsewhere(project));
  return packages
    .filter((item) => project.exists(item.path))
    .map((item) => (item.archive ? join(project.folder, item.path, '..') : packageProject(project, item).folder));
}

/** A file that can't be read is told of when the project is. */
function elsewhere(project: Project): readonly Asked[] {
  try {
    return askedElsewhere(project, undefined);
  } catch (error) {
    if (error instanceof MsbError) return [];
    throw error;
  }
}
