import { namedHere } from './borrowed.ts';
import type { Ecosystem } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import type { Project } from './project/project.ts';
import { type MsbRecord, recordFile } from './record.ts';
import { join } from './tree/tree.ts';

/** All that choosing needs of an ecosystem, whose code may be loaded later. */
export type Listed = Pick<Ecosystem, 'manifest'>;

/** What choosing needs of the record of the last run. */
export type Recorded = Pick<MsbRecord, 'ecosystem' | 'templates'>;

/** An ecosystem that a folder has a marker file of. */
export interface Candidate<E extends Listed> {
  readonly ecosystem: E;
  readonly marker: string;
}

/** The ecosystems that have a marker file in a folder, with that file. */
export function candidates<E extends Listed>(project: Project, ecosystems: readonly E[]): readonly Candidate<E>[] {
  return ecosystems.flatMap((ecosystem) => {
    const marker = ecosystem.manifest.markers.find((file) => project.has(file));
    return marker === undefined ? [] : [{ ecosystem, marker }];
  });
}

/** All that finding a program needs of an ecosystem. */
type Finding = Pick<Ecosystem, 'detect' | 'workspace'>;

/**
 * Those that find a program. A marker alone may be there for tools: linters of one language in a project of another,
 * or what its documentation is built with. All of them where none finds one.
 */
export function withProgram<E extends Finding & Listed>(
  project: Project,
  found: readonly Candidate<E>[],
): readonly Candidate<E>[] {
  if (found.length < 2) return found;
  const programs = found.filter(({ ecosystem }) => findsProgram(project, ecosystem));
  return programs.length > 0 ? programs : found;
}

function findsProgram(project: Project, ecosystem: Finding): boolean {
  try {
    if (ecosystem.workspace?.(project) !== undefined) return true;
    ecosystem.detect(project, {});
    return true;
  } catch (error) {
    // anything else than nothing to start is for the person who asked to know
    return !(error instanceof MsbError && error.code === 'no-entry-point');
  }
}

/**
 * Chooses the ecosystem of a project: the one named by `wanted` (a flag or an answer), else that of the `record` if it is
 * still there, else the only one found. Throws `not-a-project`, `several-ecosystems` or `bad-option`.
 */
export function selectEcosystem<E extends Listed>(
  project: Project,
  ecosystems: readonly E[],
  wanted?: string,
  record?: Recorded,
): E {
  const found = candidates(project, ecosystems);
  if (wanted !== undefined) return named(ecosystems, found, wanted);
  const before = found.find(({ ecosystem }) => ecosystem.manifest.id === record?.ecosystem);
  if (before !== undefined) return before.ecosystem;
  const [first, second] = found.every(isLoaded) ? withProgram(project, found) : found;
  if (first === undefined) throw notAProject(project, ecosystems, record);
  if (second === undefined) return first.ecosystem;
  const seen = found.map(({ ecosystem, marker }) => `${ecosystem.manifest.title} (${marker})`).join(' and ');
  const ids = found.map(({ ecosystem }) => ecosystem.manifest.id);
  throw new MsbError(
    'several-ecosystems',
    `This folder holds ${seen}`,
    `Say which one the image is for: --ecosystem ${ids.join(' or --ecosystem ')}.`,
  );
}

const isLoaded = <E extends Listed>(candidate: Candidate<E>): candidate is Candidate<E & Finding> =>
  'detect' in candidate.ecosystem;

function named<E extends Listed>(ecosystems: readonly E[], found: readonly Candidate<E>[], wanted: string): E {
  const ecosystem = ecosystems.find(({ manifest }) => manifest.id === wanted);
  const ids = ecosystems.map(({ manifest }) => manifest.id).join(', ');
  if (ecosystem === undefined) {
    throw new MsbError('bad-option', `--ecosystem ${JSON.stringify(wanted)} is unknown`, `Known are ${ids}.`);
  }
  if (!found.some((candidate) => candidate.ecosystem === ecosystem)) {
    const { title, markers } = ecosystem.manifest;
    throw new MsbError(
      'not-a-project',
      `This folder holds no ${title} project: there is no ${markers.join(' or ')}`,
      'Name the folder that has it: create-msb-docker <folder>.',
    );
  }
  return ecosystem;
}

function notAProject(project: Project, ecosystems: readonly Listed[], record?: Recorded): MsbError {
  if (record !== undefined && !ecosystems.some(({ manifest }) => manifest.id === record.ecosystem)) {
    const named = record.templates ? namedHere(record.templates, project) : '<folder>';
    return new MsbError(
      'not-a-project',
      `${recordFile} says that this is a project of ${JSON.stringify(record.ecosystem)}, which is not known here`,
      `Name the folder or package that brings it: --templates ${named}.`,
      { file: recordFile },
    );
  }
  const markers = ecosystems.flatMap(({ manifest }) => manifest.markers);
  const inside = subfolders(project).flatMap((folder) => markers.map((marker) => join(folder, marker)));
  const found = inside.find((path) => project.has(path));
  const hint = found
    ? `${found} is there: try create-msb-docker ${join(project.folder, found, '..')}.`
    : 'Run it in the folder of your project, or name that folder: create-msb-docker <folder>.';
  return new MsbError('not-a-project', `No project found: there is no ${markers.join(', ')}`, hint);
}

/** Folders one and two levels down; not all of them, as somebody may have started in their home folder. */
function subfolders(project: Project): readonly string[] {
  const level = (folder: string): readonly string[] =>
    project
      .list(folder)
      .filter((name) => !name.startsWith('.') && name !== 'node_modules')
      .map((name) => join(folder, name))
      .filter((path) => !project.has(path));
  const first = level('');
  return [...first, ...first.flatMap(level)];
}
