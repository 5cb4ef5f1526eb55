import {
  type Detection,
  type GivenOptions,
  inspect,
  MemoryTree,
  MsbError,
  Project,
  type Proposal,
  propose,
  settle,
} from '@msb/core';
import { python } from './index.ts';

/** Files of a project in memory, for the unit tests. */
export type Files = Readonly<Record<string, string>>;

export const projectOf = (files: Files, folder = ''): Project => new Project(new MemoryTree(files), folder);

/** A FastAPI application that uv installs, and what else a test needs. */
export const web = (files: Files = {}): Files => ({
  'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n',
  'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  ...files,
});

export const detectIn = (files: Files, given: GivenOptions = {}): Detection => python.detect(projectOf(files), given);

/** The whole road without a question. */
export const proposeIn = (files: Files, options: GivenOptions = {}, member?: string): Proposal =>
  propose(
    settle(
      inspect({ tree: new MemoryTree(files), ecosystems: [python], options, ...(member !== undefined && { member }) }),
    ),
  );

export const dockerfileOf = (files: Files, options: GivenOptions = {}, member?: string): string =>
  proposeIn(files, options, member).files.find(({ path }) => path.endsWith('Dockerfile'))?.text ?? '';

/** What a fact says: `name | value`, with its place. */
export const factOf = (files: Files, name: string, given: GivenOptions = {}): string | undefined => {
  const fact = detectIn(files, given).facts.find((item) => item.name === name);
  return (
    fact && `${fact.value}${fact.place ? ` ← ${fact.place.file}${fact.place.line ? `:${fact.place.line}` : ''}` : ''}`
  );
};

/** The messages of all notes. */
export const notesOf = (files: Files, given: GivenOptions = {}): readonly string[] =>
  detectIn(files, given).notes.map(({ message }) => message);

/** The error that a call throws, as `code at file:line: message`. */
export function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MsbError)) throw error;
    const place = error.place ? ` at ${error.place.file}${error.place.line ? `:${error.place.line}` : ''}` : '';
    return `${error.code}${place}: ${error.message}`;
  }
  return 'no error';
}
