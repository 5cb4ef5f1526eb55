import { type Artifact, join, pathWord, type StagePlan } from '@msb/core';
import { findBuild, leavesExtras } from '../build.ts';
import { prismaComments, withPrisma } from '../codegen/prisma.ts';
import { withoutExtras } from '../extras.ts';
import type { InstallStep } from '../lifecycle.ts';
import type { NodeBuild } from '../plan.ts';
import { isOutput } from '../ship.ts';
import { type Home, inFolderOf, isBeside } from './home.ts';
import { reachedFiles, rootFiles, rootFolders } from './root-files.ts';
import { scriptsOf } from './scripts.ts';
import { turboCommand } from './turbo.ts';
import type { Package } from './workspace.ts';

/** Packages that the target's build or program needs, without itself. */
const others = (packages: readonly Package[], { target }: Home): readonly Package[] =>
  packages.filter((item) => item !== target);

/** Whether anything is made of the sources of a package: its own script does, or a step that generates code. */
const isMade = (item: Package): boolean => scriptOf(item) !== undefined || scriptsOf(item).beforeBuild.length > 0;

/** The script that builds a package, with the command that takes its place. */
function scriptOf({ project, manifest }: Package): InstallStep | undefined {
  const build = findBuild(project, manifest, undefined);
  return build?.script && { ...build.script, ...(build.command !== undefined && { command: build.command }) };
}

/** Whether a build needs more of its workspace than the target's own folder, which is all there is for a lonely root. */
export const reachesOut = (home: Home): boolean =>
  others(home.built, home).length > 0 || (home.workspace !== undefined && home.target !== home.root);

/** Whether a program that is not built itself needs what another package builds. */
export const shipsBuilt = (home: Home): boolean => others(home.shipped, home).some(isMade);

/**
 * The stage `libraries`: what lies at the root of the workspace, and the packages that the target needs, each built
 * before what depends on it. The target's own sources come later, so that they change nothing here. `last` tells that no
 * stage follows which works on them.
 */
export function librariesStage(
  { home, manager, dependencies, config }: NodeBuild,
  from: string,
  last: boolean,
): StagePlan {
  const word = (path: string): string => pathWord(path, 'A path of the workspace');
  const ofWorkspace = home.workspace !== undefined;
  const all = ofWorkspace ? rootFiles(home, dependencies.files) : [];
  const files = all.filter((file) => config.shared || file !== '.npmrc');
  const folders = ofWorkspace ? rootFolders(home, dependencies.files) : [];
  const ordered = turboCommand(home) === undefined;
  const steps = others(home.built, home).flatMap((item) => {
    // a root that is a library has its sources beside the packages, so that these come along
    const copy = item.folder === '' ? 'COPY . .' : `COPY ${word(item.folder)} ./${word(item.folder)}`;
    // what msb adds is no script, so that no task of a workspace runs it
    const before = scriptsOf(item).beforeBuild.filter(({ command }) => ordered || command !== undefined);
    const scripts: readonly InstallStep[] = [...before, ...(ordered ? [scriptOf(item) ?? []].flat() : [])];
    const commands = scripts.map((script) =>
      script.command === undefined
        ? isBeside(home, item)
          ? inFolderOf(home, item, withPrisma(item, script, manager.run(script.name)), '')
          : withPrisma(item, script, manager.run(script.name, item))
        : inFolderOf(home, item, script.command, ''),
    );
    return commands.length > 0 ? [copy, ...prismaComments(commands), `RUN ${commands.join(' && \\\n    ')}`] : [copy];
  });
  return {
    template: 'node/libraries',
    values: {
      from,
      where: ofWorkspace ? 'of the workspace' : 'in other folders',
      steps: [
        ...(ofWorkspace ? [`COPY ${files.map(word).join(' ')} ./`] : []),
        ...folders.map((folder) => `COPY ${word(folder)} ./${word(folder)}`),
        ...steps,
        ...(last ? extrasOfLibraries(home, '').map((folder) => `RUN ${withoutExtras(folder)}`) : []),
      ],
    },
  };
}

/** Folders of the other packages that ship and have in them what nobody reads there. `up` leads to the workspace. */
export const extrasOfLibraries = (home: Home, up: string = home.target.project.up): readonly string[] =>
  others(home.shipped, home)
    .filter((item) => scriptOf(item) && leavesExtras(item.project, findBuild(item.project, item.manifest, undefined)))
    .flatMap((item) => madeFolders(item).map((name) => join(up, item.folder, name)));

/** What of the other packages ships: what their builds make, or they themselves. */
export function artifactsOfLibraries(home: Home, stage: string): readonly Artifact[] {
  return others(home.shipped, home).flatMap((item) => {
    const folder = item.folder === '' ? '' : pathWord(item.folder, 'The folder of a package');
    const made = scriptOf(item) ? madeFolders(item) : [];
    const dest = `/${join('app', folder)}`;
    if (made.length === 0 && isMade(item)) return [{ stage, src: dest, dest, exclude: ['**/node_modules'] }];
    if (made.length === 0) return [{ src: folder || '.', dest }];
    return [
      { src: join(folder, 'package.json'), dest: `/${join('app', folder)}/` },
      ...made.map((name) => `/${join('app', folder, name)}`).map((path) => ({ stage, src: path, dest: path })),
    ];
  });
}

/** Patterns of .dockerignore for what the builds of the other packages leave on this machine. */
export const outputsOfLibraries = (home: Home): readonly string[] =>
  others(home.built, home).flatMap((item) =>
    scriptOf(item) ? madeFolders(item).map((name) => join(item.folder, name)) : [],
  );

/** Files of the other packages that must reach the build. */
export const manifestsOfLibraries = (home: Home): readonly string[] => [
  ...others(home.built, home).map(({ folder }) => join(folder, 'package.json')),
  ...home.mounted,
  ...reachedFiles(home),
];

/** The folders that package.json says others are to import from, where a build makes them. */
function madeFolders({ project, manifest }: Package): readonly string[] {
  const { value } = manifest.json;
  const fields = ['main', 'module', 'exports', 'bin'].flatMap((name) =>
    leaves(typeof value === 'object' && value !== null && name in value ? Object(value)[name] : undefined),
  );
  const folders = new Set(fields.map((path) => join(path).split('/')[0] ?? ''));
  return [...folders].filter((folder) => isOutput(project, folder)).sort();
}

const leaves = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
};
