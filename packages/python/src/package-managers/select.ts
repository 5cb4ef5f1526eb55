import type { Note, Project } from '@msb/core';
import { workspaceAround } from '../local/members.ts';
import { type Pyproject, pyprojectFile } from '../pyproject.ts';
import type { PackageManager } from './manager.ts';
import { pdm } from './pdm.ts';
import { pip } from './pip.ts';
import { pipenv } from './pipenv.ts';
import { poetry } from './poetry.ts';
import { uv } from './uv.ts';

/** In this order: of several lockfiles the one wins whose manager people moved to last, as a rule. */
const managers: readonly PackageManager[] = [uv, poetry, pdm, pipenv];

/** The manager that a project is installed with. */
export interface Selection {
  readonly manager: PackageManager;
  /** Why it is this one, in words. */
  readonly reason: string;
  readonly notes: readonly Note[];
}

/**
 * The package manager of a project: pip where requirements files were asked for, else the one whose lockfile is there
 * (the one that pyproject.toml has a table of, where there are several), else the one whose settings are there, else pip.
 */
export function selectManager(project: Project, pyproject: Pyproject, requirements: string | undefined): Selection {
  if (requirements !== undefined) return { manager: pip, reason: 'as --requirements says', notes: [] };
  const around = workspaceAround(project);
  if (around?.kind === 'pdm' && around.root.folder !== project.folder) {
    return {
      manager: pip,
      reason: 'PDM installs all members of a workspace or none, so pip installs this one',
      notes: [],
    };
  }
  const locked = managers.filter(
    ({ lockfile, id }) => lockfile !== undefined && (project.has(lockfile) || rootOf(project, id)?.has(lockfile)),
  );
  const chosen = locked.find((manager) => manager.uses(project, pyproject)) ?? locked[0];
  if (chosen !== undefined) {
    const others = locked.filter((manager) => manager !== chosen);
    return {
      manager: chosen,
      reason: `${chosen.lockfile} is there`,
      notes: others.map((other) => secondLock(other, chosen, chosen.uses(project, pyproject))),
    };
  }
  const used = managers.find((manager) => manager.uses(project, pyproject));
  // settings alone are less than a list of what to install
  if (used !== undefined && !(used === uv && project.has('requirements.txt'))) {
    return { manager: used, reason: 'its settings are there', notes: [] };
  }
  return { manager: pip, reason: 'there is no lockfile', notes: [] };
}

/** The root of the workspace, whose lockfile is for all members. PDM installs them all or none. */
function rootOf(project: Project, manager: string): Project | undefined {
  const around = workspaceAround(project);
  return around?.kind === 'uv' && manager === 'uv' ? around.root : undefined;
}

const secondLock = (other: PackageManager, chosen: PackageManager, configured: boolean): Note => ({
  message: `There is ${other.lockfile}, too; the image is built with ${chosen.title}, ${
    configured ? `which ${pyprojectFile} has settings of` : 'whose lockfile comes first'
  }`,
  hint: `Remove the lockfile that is out of use.`,
  place: { file: other.lockfile ?? '' },
});
