import { at, keysOf, type Project, readJson, readToml } from '@msb/core';
import { normalized } from '../names.ts';
import type { Pyproject } from '../pyproject.ts';
import { namedPackages } from './closure.ts';
import { staleNotes, unlockedNote } from './locked.ts';
import {
  activated,
  type Dependencies,
  type LockedPackage,
  makeVenv,
  type PackageManager,
  pipProject,
  quietPip,
} from './manager.ts';
import { toolVersion } from './version.ts';
import { poetryTable, type Wanted } from './wanted.ts';

const lockfile = 'Pipfile.lock';

/** What ships of Pipfile.lock: all that production needs is in one list. */
function readPipenvLock(project: Project): ReadonlyMap<string, LockedPackage> {
  const lock = readJson(project, lockfile);
  return new Map(
    keysOf(at(lock.value, 'default')).map((key): [string, LockedPackage] => {
      const name = normalized(key);
      const line = lock.line('default', key);
      const entry = at(lock.value, 'default', key);
      const version = at(entry, 'version');
      return [
        name,
        {
          name,
          version: typeof version === 'string' ? version.replace(/^==/, '') : undefined,
          dependencies: [],
          extras: {},
          wheels: undefined,
          git: at(entry, 'git') !== undefined,
          place: { file: lockfile, ...(line !== undefined && { line }) },
        },
      ];
    }),
  );
}

function read(project: Project, _: Pyproject, _wanted: Wanted): Dependencies {
  const roots = poetryTable(at(readToml(project, 'Pipfile'), 'packages'));
  const version = toolVersion('pipenv', undefined);
  const files = ['Pipfile', lockfile].filter((file) => project.has(file));
  const common = { title: `Pipenv ${version.text}`, tool: [`pipenv${version.specifier}`], files };
  if (!project.has(lockfile)) {
    const place = { file: 'Pipfile' };
    const packages = namedPackages(roots, () => place);
    return {
      ...common,
      place,
      packages,
      complete: false,
      locked: false,
      notes: [unlockedNote(pipenv, lockfile, place)],
    };
  }
  const packages = readPipenvLock(project);
  return {
    ...common,
    place: { file: lockfile },
    packages,
    complete: true,
    locked: true,
    notes: staleNotes(pipenv, lockfile, roots, packages),
  };
}

/**
 * Pipenv (https://pipenv.pypa.io/en/latest/commands.html). `install --deploy` would also stop at a Python that is newer
 * than the Pipfile says; `verify` stops only where the lockfile does not fit.
 */
export const pipenv: PackageManager = {
  id: 'pipenv',
  title: 'Pipenv',
  lockfile,
  lock: 'pipenv lock',
  uses: (project) => project.has('Pipfile'),
  read,
  cache: { id: 'pipenv', target: '/root/.cache/pipenv' },
  env: { ...activated, ...quietPip, PIPENV_VERBOSITY: '-1' },
  install: ({ dependencies }) => [
    makeVenv,
    ...(dependencies.locked
      ? ['/opt/pipenv/bin/pipenv verify', '/opt/pipenv/bin/pipenv sync']
      : ['/opt/pipenv/bin/pipenv install --skip-lock']),
  ],
  installProject: () => pipProject,
};
