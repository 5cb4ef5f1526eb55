import type { Ecosystem, Note } from './ecosystem.ts';
import { MsbError, type Place } from './errors.ts';
import { Project } from './project/project.ts';
import { join, type Tree } from './tree/tree.ts';

/** A package of a workspace. */
export interface Member {
  /** Its folder, relative to that of the workspace; `''` is the same. */
  readonly folder: string;
  readonly name: string;
  /** Whether it is something to be started or served, and not a library of the others. */
  readonly program: boolean;
  /** Whether the workspace itself starts it: it is the root, or a script of the root names it. */
  readonly first?: boolean;
}

/** Packages that are built together, under one lockfile. An image is for one of them. */
export interface Workspace {
  /** What declares the packages. */
  readonly place: Place;
  readonly members: readonly Member[];
}

/** All that finding a project needs of its ecosystem. */
type Locating = Pick<Ecosystem, 'context' | 'workspace' | 'manifest'>;

/** The folders above one, the nearest first; `''` is the last. */
export const foldersAbove = (folder: string): readonly string[] =>
  folder === '' ? [] : folder.split('/').map((_, index, names) => names.slice(0, names.length - 1 - index).join('/'));

/** The nearest folder that holds all of some folders; `''` is the top. */
export const commonFolder = (folders: readonly string[]): string =>
  folders.reduce(
    (one, other) => [one, ...foldersAbove(one)].find((path) => path === '' || `${other}/`.startsWith(`${path}/`)) ?? '',
  );

/** A project, and what should be known about its choice. */
export interface Located {
  readonly project: Project;
  readonly notes: readonly Note[];
}

/**
 * The project that an image is for: the member of a workspace that `wanted` names by its name or folder, else its only
 * program, else the one that the workspace itself starts, else the folder itself. Its build context reaches as far up as
 * the ecosystem says. Throws `bad-option` for an unknown member, `open-question` where there are several,
 * `no-entry-point` where there is no program.
 */
export function locate(tree: Tree, folder: string, ecosystem: Locating, wanted?: string): Located {
  const here = new Project(tree, folder);
  const workspace = ecosystem.workspace?.(here);
  if (workspace === undefined && wanted !== undefined) {
    throw new MsbError(
      'bad-option',
      `--project ${JSON.stringify(wanted)} is for a workspace, and this is none`,
      'Leave it out, or name the folder: create-msb-docker <folder>.',
    );
  }
  const member = workspace && selectMember(workspace, wanted);
  const project = member ? new Project(tree, join(folder, member.folder)) : here;
  return {
    project: new Project(tree, project.folder, ecosystem.context?.(project) ?? project.folder),
    notes: workspace && member && wanted === undefined ? notTaken(workspace, member) : [],
  };
}

/** Which other programs an image could have been for, where nobody chose. */
function notTaken(workspace: Workspace, member: Member): readonly Note[] {
  const [other, ...more] = memberChoices(workspace).filter((choice) => choice !== member);
  if (other === undefined) return [];
  const taken =
    member.folder === '' ? 'the root of the workspace' : `${member.name}, which the workspace itself starts`;
  const message = `The image is for ${taken}, and not for ${namesOf([other, ...more])}`;
  return [{ message, hint: `For another, name it: --project ${other.name}.`, place: workspace.place }];
}

/** The program that the workspace itself starts, if it is one. */
export function firstMember(workspace: Workspace): Member | undefined {
  const [first, second] = memberChoices(workspace).filter(({ first }) => first);
  return second === undefined ? first : undefined;
}

/** The members that an image can be for: its programs, or all where none of them looks like one. */
export function memberChoices({ members }: Workspace): readonly Member[] {
  const programs = members.filter(({ program }) => program);
  return programs.length > 0 ? programs : members;
}

function selectMember(workspace: Workspace, wanted: string | undefined): Member {
  const { members, place } = workspace;
  const choices = memberChoices(workspace);
  if (wanted !== undefined) {
    const folder = join(wanted);
    const found = members.find(({ name }) => name === wanted) ?? members.find((member) => member.folder === folder);
    if (found !== undefined) return found;
    throw new MsbError(
      'bad-option',
      `The workspace has no package ${JSON.stringify(wanted)}`,
      packagesOf(members),
      place,
    );
  }
  const [only, second] = choices;
  if (only?.program && second === undefined) return only;
  const first = firstMember(workspace);
  if (first !== undefined) return first;
  if (only === undefined || !only.program) {
    const message = 'Nothing in the workspace looks like a program that an image could be for';
    throw new MsbError('no-entry-point', message, `Name the package with --project. ${packagesOf(members)}`, place);
  }
  throw new MsbError(
    'open-question',
    `Which package of the workspace is the image for? Found ${namesOf(choices)}`,
    `Choose with --project ${only.name}.`,
    place,
  );
}

const namesOf = (members: readonly Member[]): string => members.map(({ name }) => name).join(', ');

const packagesOf = (members: readonly Member[]): string => `Its packages are ${namesOf(members) || 'none yet'}.`;
