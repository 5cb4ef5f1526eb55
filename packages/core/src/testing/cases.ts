import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ecosystem } from '../ecosystem.ts';
import type { GivenOptions } from '../options/schema.ts';
import type { RuntimeFamily } from '../plan.ts';
import { Project } from '../project/project.ts';
import { documentProblems } from '../schema/documents.ts';
import { DiskTree } from '../tree/disk.ts';
import type { AnswerExpectation } from './answers.ts';
import { lineIn } from './locate.ts';
import { here, type Problem, problemText, shown } from './problem.ts';

/** What a container has to do. Either it answers over HTTP or TCP, or it prints something and ends. */
export interface RunExpectation {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A GET of `path` must answer 200 with `body` somewhere in it. */
  readonly http?: { readonly path: string; readonly body: string };
  /** What it answers besides. */
  readonly answers?: readonly AnswerExpectation[];
  /** The container ends with exit code 0 and prints this. */
  readonly output?: string;
}

/** A change of one line of source, for the test of warm rebuilds. */
export interface SourceEdit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** `templates/<id>/fixtures/<case>/case.json`. The schema is closed: an unknown key is an error. */
export interface CaseFile {
  readonly about: string;
  /** The folder of the project in a workspace, which is then the build context. */
  readonly folder?: string;
  readonly options?: GivenOptions;
  /** Runtime families to leave out, each with the reason. */
  readonly skip?: Readonly<Partial<Record<RuntimeFamily, string>>>;
  readonly run: RunExpectation;
  readonly edit: SourceEdit;
  /** Why its image is built only where {@link slowAsked}: it takes too long for every run. */
  readonly slow?: string;
  /** A file that the image has nothing of: a change there builds nothing again. */
  readonly unrelated?: string;
}

/** Whether MSB_SLOW_IMAGES asks for the images that take long. */
export const slowAsked = (): boolean => ![undefined, '', '0'].includes(process.env.MSB_SLOW_IMAGES);

/** A fixture: a tiny real application, and what is expected of it. */
export interface Case extends CaseFile {
  readonly name: string;
  /** Absolute path of the application. */
  readonly project: string;
  /** Absolute path of the golden files. */
  readonly expected: string;
  readonly runtimes: readonly RuntimeFamily[];
}

/** What is wrong with a case, before it is run. */
function caseProblems(path: string): readonly Problem[] {
  const shape = documentProblems(path, 'case');
  if (shape.length > 0) return shape.map(here);
  const { run, edit }: CaseFile = JSON.parse(readFileSync(path, 'utf8'));
  const source = join(path, '../project', edit.file);
  const found: Problem[] = [];
  if (run.http === undefined && run.output === undefined) {
    const mend = 'Say what it has to answer ("http") or to print ("output").';
    found.push({ file: shown(path), ...lineIn(path, '"run"'), message: 'It expects nothing of the container', mend });
  }
  if (!existsSync(source) || !readFileSync(source, 'utf8').includes(edit.find)) {
    const message = `${edit.file} of the project has no ${JSON.stringify(edit.find)}`;
    const mend = 'Name a line of source whose change the container shows.';
    found.push({ file: shown(path), ...lineIn(path, '"edit"'), message, mend });
  }
  return found;
}

/** The families that the project can ship on. One that is refused is for the checks to tell of. */
function fitting({ manifest, detect }: Ecosystem, project: string, { folder, options }: CaseFile) {
  try {
    return detect(new Project(new DiskTree(project), folder), options ?? {}).runtimes?.families ?? manifest.runtimes;
  } catch {
    return manifest.runtimes;
  }
}

function readCase(folder: string, name: string, ecosystem: Ecosystem): Case {
  const file: CaseFile = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8'));
  const project = join(folder, name, 'project');
  const runtimes = fitting(ecosystem, project, file).filter((family) => file.skip?.[family] === undefined);
  return { ...file, name, project, expected: join(folder, name, 'expected'), runtimes };
}

/** The names of an ecosystem's cases, sorted. */
function names(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The cases of an ecosystem that can be run, and what is wrong with the others. */
export function lookAtCases(ecosystem: Ecosystem): {
  readonly cases: readonly Case[];
  readonly problems: readonly Problem[];
} {
  const folder = join(ecosystem.folder, 'fixtures');
  const all = names(folder).map((name) => ({ name, problems: caseProblems(join(folder, name, 'case.json')) }));
  const none = {
    file: shown(folder),
    message: 'There is no fixture',
    mend: 'Add one: <name>/case.json and <name>/project/.',
  };
  return {
    cases: all.filter(({ problems }) => problems.length === 0).map(({ name }) => readCase(folder, name, ecosystem)),
    problems: all.length === 0 ? [none] : all.flatMap(({ problems }) => problems),
  };
}

/** All cases of an ecosystem, in the order of their names. Throws when one is not as it should be. */
export function readCases(ecosystem: Ecosystem): readonly Case[] {
  const { cases, problems } = lookAtCases(ecosystem);
  if (problems.length > 0) throw new Error(problems.map(problemText).join('\n'));
  return cases;
}
