import { join, type Project } from '@msb/core';
import { type ProgramFiles, programFiles } from '../account/program.ts';
import { readLayout } from '../layout.ts';
import { namedPackages } from '../package-managers/closure.ts';
import type { Dependencies, PackageManager } from '../package-managers/manager.ts';
import { pip } from '../package-managers/pip.ts';
import { pipenv } from '../package-managers/pipenv.ts';
import { productionRequirements, type Wanted } from '../package-managers/wanted.ts';
import { type Pyproject, pyprojectFile, readPyproject } from '../pyproject.ts';
import { askedElsewhere } from './context.ts';
import { workspaceAround } from './members.ts';
import { type LocalPackage, localPackages, packageProject, refuseMissing } from './packages.ts';

/** The packages of the repository that a project is built with. Throws for one that the build can't see. */
export function readLocal(
  project: Project,
  pyproject: Pyproject,
  wanted: Wanted,
  manager: PackageManager,
  requirements: string | undefined,
): readonly LocalPackage[] {
  const more = manager === pip || manager === pipenv ? askedElsewhere(project, requirements) : [];
  const packages = localPackages(project, pyproject, wanted, more);
  refuseMissing(project, packages);
  return packages;
}

/** Without a lockfile nothing tells what the packages of the repository need in turn, but their manifests. */
export function withLocal<T extends Dependencies>(
  project: Project,
  dependencies: T,
  local: readonly LocalPackage[],
): T {
  if (dependencies.complete) return dependencies;
  const more = local
    .filter(({ needed, archive }) => needed && !archive)
    .flatMap((item): readonly (readonly [string, ReturnType<typeof productionRequirements>])[] => {
      const manifest = readPyproject(packageProject(project, item));
      return [[join(item.path, pyprojectFile), productionRequirements(manifest, { extras: [], groups: [] })]];
    })
    .flatMap(([file, requirements]) => [...namedPackages(requirements, () => ({ file }))])
    .map(([name, item]) => [name, { ...item, implied: true }] as const);
  return { ...dependencies, packages: new Map([...more, ...dependencies.packages]) };
}

/** What the packages of the repository that are links for development would lack as wheels. */
export function linkedFor(project: Project, local: readonly LocalPackage[], manager: string): ProgramFiles['linked'] {
  for (const item of local) {
    if (!item.needed || item.archive || !(item.linked || item.member)) continue;
    const inside = packageProject(project, item);
    const pyproject = readPyproject(inside);
    const { linked } = programFiles(inside, pyproject, readLayout(inside, pyproject, manager), '');
    if (linked === undefined) continue;
    const { path, place } = linked;
    return { path: join(item.path, path), place: { ...place, file: join(item.path, place.file) } };
  }
  return undefined;
}

/** Whether a project is a member of uv's workspace, and not its root. */
export function isMember(project: Project): boolean {
  const around = workspaceAround(project);
  return around?.kind === 'uv' && around.root.folder !== project.folder;
}

/** The folder of the context that the package manager is started in: that of the lockfile. */
export function homeOf(project: Project): string {
  const around = workspaceAround(project);
  return around?.kind === 'uv' ? around.root.inContext('') : project.inContext('');
}

/** What the installation of the dependencies reads of the packages of the repository, as the context has it. */
export function filesOf(
  project: Project,
  local: readonly LocalPackage[],
  read: PackageManager['localFiles'],
): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  const archives = local.filter(({ needed, archive }) => needed && archive).map(({ path }) => path);
  const folders = local.filter(({ archive }) => !archive);
  const manifests = folders
    .flatMap(({ path }) => ['pyproject.toml', 'setup.py', 'setup.cfg'].map((file) => join(path, file)))
    .filter((file) => project.has(file));
  const inContext = (paths: readonly string[]): readonly string[] =>
    paths.map((path) => project.inContext(path)).filter((path) => !path.startsWith('..'));
  if (read === 'manifests') return { files: inContext([...manifests, ...archives]), folders: [] };
  const sources = folders.filter(({ needed }) => needed).map(({ path }) => path);
  return { files: inContext(archives), folders: read === 'sources' ? inContext(sources) : [] };
}
