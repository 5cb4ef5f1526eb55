import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ecosystem } from '../ecosystem.ts';
import type { GivenOptions } from '../options/schema.ts';
import { type RuntimeFamily, runtimeFamilies } from '../plan.ts';
import { at, keysOf } from '../project/documents.ts';

/** What a container has to do. Either it answers over HTTP or TCP, or it prints something and ends. */
export interface RunExpectation {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A GET of `path` must answer 200 with `body` somewhere in it. */
  readonly http?: { readonly path: string; readonly body: string };
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
}

/** A fixture: a tiny real application, and what is expected of it. */
export interface Case extends CaseFile {
  readonly name: string;
  /** Absolute path of the application. */
  readonly project: string;
  /** Absolute path of the golden files. */
  readonly expected: string;
  readonly runtimes: readonly RuntimeFamily[];
}

/** The keys of a case, and of what is in it. */
const known: Readonly<Record<string, readonly string[]>> = {
  '': ['$schema', 'about', 'folder', 'options', 'skip', 'run', 'edit'],
  skip: runtimeFamilies,
  run: ['args', 'env', 'http', 'output'],
  'run.http': ['path', 'body'],
  edit: ['file', 'find', 'replace'],
};

function strayKeys(file: CaseFile): readonly string[] {
  return Object.entries(known).flatMap(([path, keys]) => {
    const steps = path.split('.').filter((step) => step !== '');
    const stray = keysOf(at(file, ...steps)).filter((key) => !keys.includes(key));
    return stray.map((key) => [...steps, key].join('.'));
  });
}

function readCase(folder: string, name: string, ecosystem: Ecosystem): Case {
  const path = join(folder, name, 'case.json');
  const file: CaseFile = JSON.parse(readFileSync(path, 'utf8'));
  const stray = strayKeys(file);
  if (stray.length > 0) throw new Error(`${path} has unknown keys: ${stray.join(', ')}`);
  if (!at(file, 'run', 'http') && !at(file, 'run', 'output')) throw new Error(`${path} expects nothing of its run`);
  if (!file.about || !file.edit) throw new Error(`${path} needs about, run and edit`);
  const runtimes = ecosystem.manifest.runtimes.filter((family) => file.skip?.[family] === undefined);
  return {
    ...file,
    name,
    project: join(folder, name, 'project'),
    expected: join(folder, name, 'expected'),
    runtimes,
  };
}

/** All cases of an ecosystem, in the order of their names. */
export function readCases(ecosystem: Ecosystem): readonly Case[] {
  const folder = join(ecosystem.folder, 'fixtures');
  if (!existsSync(folder)) throw new Error(`${folder} is missing: an ecosystem needs at least one fixture`);
  return readdirSync(folder)
    .sort()
    .map((name) => readCase(folder, name, ecosystem));
}
