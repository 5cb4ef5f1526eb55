import type { GivenOptions } from '@msb/core';
import { type Files, inMemory } from '@msb/core/testing';
import { python } from './index.ts';

export { errorOf, type Files, projectOf } from '@msb/core/testing';

/** A FastAPI application that uv installs, and what else a test needs. */
export const web = (files: Files = {}): Files => ({
  'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n',
  'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  ...files,
});

export const { detectIn, proposeIn, dockerfileOf, stageOf } = inMemory(python);

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
