import { at, itemsOf, type Project, readToml, textAt } from '@msb/core';
import { normalized, requirementsOf } from '../names.ts';
import { type Pyproject, pyprojectFile, toolOf } from '../pyproject.ts';
import { closure, namedPackages } from './closure.ts';
import { lockPlace, staleNotes, unlockedNote } from './locked.ts';
import {
  activated,
  compileVenv,
  type Dependencies,
  type InstallRequest,
  type LockedPackage,
  makeVenv,
  type PackageManager,
  withTests,
} from './manager.ts';
import { toolVersion } from './version.ts';
import { productionRequirements, type Wanted } from './wanted.ts';

const lockfile = 'pdm.lock';

/** The packages of pdm.lock; one with extras is there once more, with what they need. */
export function readPdmLock(project: Project): readonly LockedPackage[] {
  const place = lockPlace(project, lockfile);
  const found = new Map<string, LockedPackage>();
  for (const item of itemsOf(at(readToml(project, lockfile), 'package'))) {
    const name = normalized(textAt(item, 'name') ?? '');
    const dependencies = requirementsOf(itemsOf(at(item, 'dependencies')));
    const extras = itemsOf(at(item, 'extras')).map(String).map(normalized);
    const before = found.get(name);
    const files = itemsOf(at(item, 'files')).flatMap((file) => textAt(file, 'file') ?? textAt(file, 'url') ?? []);
    found.set(name, {
      name,
      version: textAt(item, 'version'),
      dependencies: extras.length > 0 ? (before?.dependencies ?? []) : dependencies,
      extras: { ...before?.extras, ...Object.fromEntries(extras.map((extra) => [extra, dependencies])) },
      wheels: files.length === 0 ? before?.wheels : files.filter((file) => file.endsWith('.whl')),
      git: at(item, 'git') !== undefined,
      place: place(name),
    });
  }
  return [...found.values()];
}

function read(project: Project, pyproject: Pyproject, wanted: Wanted): Dependencies {
  const roots = productionRequirements(pyproject, wanted);
  const version = toolVersion('pdm', undefined);
  const files = [pyprojectFile, lockfile, 'pdm.toml']
    .filter((file) => project.has(file))
    .map((file) => project.inContext(file));
  const common = {
    title: `PDM ${version.text}`, // `locked` holds its own dependencies, too: a later release of one has broken it before
    tool: [`pdm[locked]${version.specifier}`],
    files,
  };
  if (!project.has(lockfile)) {
    const place = pyproject.place('dependencies');
    const packages = namedPackages(roots, () => place);
    return { ...common, place, packages, complete: false, locked: false, notes: [unlockedNote(pdm, lockfile, place)] };
  }
  const packages = closure(roots, readPdmLock(project));
  return {
    ...common,
    place: { file: lockfile },
    packages,
    complete: true,
    locked: true,
    notes: staleNotes(pdm, lockfile, roots, packages),
  };
}

/** Without `--prod`, all that is for development comes along. */
const pdmInstall = (
  what: string,
  { dependencies, wanted, linked }: InstallRequest,
  ...flags: readonly string[]
): string =>
  [
    `/opt/pdm/bin/pdm install ${what}${linked ? '' : '--no-editable'}`.trimEnd(),
    ...(dependencies.locked ? ['--frozen-lockfile --check'] : []),
    ...[...wanted.extras, ...wanted.groups].map((group) => `--group ${group}`),
    ...flags,
  ].join(' ');

/** PDM (https://pdm-project.org/latest/usage/advanced/#use-pdm-in-a-multi-stage-dockerfile). */
export const pdm: PackageManager = {
  id: 'pdm',
  title: 'PDM',
  lockfile,
  lock: 'pdm lock',
  uses: (_, pyproject) => toolOf(pyproject, 'pdm') !== undefined,
  read,
  cache: { id: 'pdm', target: '/root/.cache/pdm' },
  localFiles: 'sources',
  env: { ...activated, PDM_CHECK_UPDATE: '0' },
  install: (request) => [makeVenv, pdmInstall('--prod ', request, '--no-self'), compileVenv],
  installProject: (request) => [pdmInstall('--prod ', request, ...(request.self ? [] : ['--no-self']))],
  installTests: (request, { extras }) => [
    pdmInstall('', withTests(request, { extras, groups: [], requirements: [] }), '--no-self'),
  ],
};
