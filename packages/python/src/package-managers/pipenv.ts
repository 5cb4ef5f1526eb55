import { at, join, keysOf, MsbError, type Place, type Project, readJson, readToml } from '@msb/core';
import type { Asked } from '../local/asked.ts';
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
  pipInstall,
  pipProject,
  quietPip,
} from './manager.ts';
import { pipfileHash } from './pipfile-hash.ts';
import { toolVersion } from './version.ts';
import { poetryTable, type Wanted } from './wanted.ts';

const lockfile = 'Pipfile.lock';

/** What Pipfile asks for by a path. */
export function pipfilePackages(project: Project): readonly Asked[] {
  if (!project.has('Pipfile')) return [];
  return poetryTable(at(readToml(project, 'Pipfile'), 'packages')).flatMap((requirement) => {
    if (requirement.path === undefined) return [];
    const line = project.search(
      ['Pipfile'],
      [new RegExp(`^\\s*"?${requirement.name.replaceAll('-', '[-_.]')}"?\\s*=`, 'i')],
    )?.line;
    const place = { file: 'Pipfile', ...(line !== undefined && { line }) };
    return [{ requirement, path: join(requirement.path), needed: true, linked: requirement.linked === true, place }];
  });
}

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

/**
 * The first source of Pipfile or Pipfile.lock that has no name, as those of before 2018 do. Pipenv stops there with
 * "Missing required field: name", in all but `pipenv requirements` (pipenv/vendor/plette/models/sources.py).
 */
function nameless(project: Project): Place | undefined {
  const isNameless = (source: unknown): boolean => typeof at(source, 'name') !== 'string';
  const named = listAt(readToml(project, 'Pipfile'), 'source');
  if (named.some(isNameless)) {
    const line = project.search(['Pipfile'], [/^\s*\[\[source\]\]/])?.line;
    return { file: 'Pipfile', ...(line !== undefined && { line }) };
  }
  if (!project.has(lockfile)) return undefined;
  const lock = readJson(project, lockfile);
  if (!listAt(lock.value, '_meta', 'sources').some(isNameless)) return undefined;
  const line = lock.line('_meta', 'sources');
  return { file: lockfile, ...(line !== undefined && { line }) };
}

const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const list = at(value, ...path);
  return Array.isArray(list) ? list : [];
};

/** Of which Pipfile the lockfile is: of this one, of this one as an older Pipenv hashed it, or of another. */
function lockedFor(project: Project): 'this' | 'this, to an older Pipenv' | 'another' {
  const pipfile = readToml(project, 'Pipfile');
  const hash = at(readJson(project, lockfile).value, '_meta', 'hash', 'sha256');
  if (hash === pipfileHash(pipfile, 'normalized')) return 'this';
  return hash === pipfileHash(pipfile, 'as written') ? 'this, to an older Pipenv' : 'another';
}

/** What `pipenv verify` will say, while there is time to do something about it. */
const hashNotes = {
  this: [],
  'this, to an older Pipenv': [
    {
      message: 'Pipfile.lock has the hash of an older Pipenv, so the build takes it without pipenv verify',
      hint: 'Run pipenv lock, and builds will stop where it no longer fits Pipfile.',
      place: { file: lockfile },
    },
  ],
  another: [
    {
      message: 'Pipfile.lock was not made of this Pipfile, so the build will stop there',
      hint: 'Run pipenv lock, and commit Pipfile.lock.',
      place: { file: lockfile },
    },
  ],
} as const;

const nameIt = 'Give the source a name, such as name = "pypi", and run pipenv lock.';

function read(project: Project, _: Pyproject, _wanted: Wanted): Dependencies {
  const roots = poetryTable(at(readToml(project, 'Pipfile'), 'packages'));
  const version = toolVersion('pipenv', undefined);
  const files = ['Pipfile', lockfile].filter((file) => project.has(file)).map((file) => project.inContext(file));
  const linked = pipfilePackages(project).some((asked) => asked.linked);
  const common = {
    title: `Pipenv ${version.text}`,
    tool: [`pipenv${version.specifier}`],
    files,
    ...(linked && { linked }),
  };
  const unnamed = nameless(project);
  if (!project.has(lockfile)) {
    if (unnamed) {
      throw new MsbError('broken-file', 'A source in Pipfile has no name, and Pipenv wants one', nameIt, unnamed);
    }
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
  const of = lockedFor(project);
  const stale = staleNotes(pipenv, lockfile, roots, packages);
  return {
    ...common,
    place: { file: lockfile },
    packages,
    complete: true,
    locked: true,
    verified: of !== 'this, to an older Pipenv',
    exported: unnamed !== undefined,
    notes: [
      ...stale,
      ...(unnamed || stale.length > 0 ? [] : hashNotes[of]),
      ...(unnamed
        ? [
            {
              message: `A source in ${unnamed.file} has no name, which Pipenv does not install from any more, so pip installs what it locked`,
              hint: nameIt,
              place: unnamed,
            },
          ]
        : []),
    ],
  };
}

/** `also` is what an installation is told beside what it always is: `--dev`. */
function commands({ locked, verified, exported, packages }: Dependencies, also = ''): readonly string[] {
  if (!locked) return [`/opt/pipenv/bin/pipenv install${also} --skip-lock`];
  if (!exported) return [...(verified ? ['/opt/pipenv/bin/pipenv verify'] : []), `/opt/pipenv/bin/pipenv sync${also}`];
  // pip takes hashes for all or for none, and Git's files have none
  const hashes = [...packages.values()].some(({ git }) => git) ? '' : ' --hash';
  return [
    `/opt/pipenv/bin/pipenv requirements${also}${hashes} > /tmp/requirements.txt`,
    `${pipInstall} --no-deps -r /tmp/requirements.txt`,
  ];
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
  localFiles: 'sources',
  env: { ...activated, ...quietPip, PIPENV_VERBOSITY: '-1' },
  install: ({ dependencies }) => [makeVenv, ...commands(dependencies)],
  installProject: (request) => pipProject(request),
  installTests: ({ dependencies }) => commands(dependencies, ' --dev'),
};
