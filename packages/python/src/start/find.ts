import { MsbError } from '@msb/core';
import { findApplications } from '../frameworks/applications.ts';
import { findDjango } from '../frameworks/django.ts';
import { findOwnServers } from '../frameworks/own-servers.ts';
import { pyprojectFile } from '../pyproject.ts';
import type { Candidate, StartContext } from './candidate.ts';
import { findProcesses } from './procfile.ts';
import { findModules, findScripts } from './scripts.ts';

/** Where a start may stand, the surest first. */
const finders: readonly ((context: StartContext) => readonly Candidate[])[] = [
  findProcesses,
  findDjango,
  findApplications,
  findOwnServers,
  findScripts,
  findModules,
];

/** The ways to start a project that were found, the best first. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** What it is started with, where that is clear. */
  readonly best: Candidate | undefined;
}

/**
 * The ways to start the program. The first finder that is certain decides. An application without a server is an error
 * only where nothing else starts the program. Throws `unsupported`.
 */
export function findStarts(context: StartContext): Found {
  const candidates: Candidate[] = [];
  let problem: MsbError | undefined;
  for (const find of finders) {
    try {
      candidates.push(...find(context));
    } catch (error) {
      if (!(error instanceof MsbError) || error.code !== 'unsupported') throw error;
      problem ??= error;
      // a script that is not an entry point of its own would start the application on loopback, if at all
      if (find === findDjango || find === findApplications) break;
    }
    if (candidates.some(({ certain }) => certain)) break;
  }
  const best = candidates.find(({ certain }) => certain) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (best === undefined && problem !== undefined) throw problem;
  return { candidates: unique(candidates), best };
}

const unique = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(({ text }, index) => candidates.findIndex((other) => other.text === text) === index);

/** The error for a project in which nothing looks like a program. */
export const nothingToStart = (file: string): MsbError =>
  new MsbError(
    'no-entry-point',
    'Nothing in the project says how it is started',
    `Say it: --start "python app.py" or --start "gunicorn shop:app"; or add a Procfile, or [project.scripts] in ${pyprojectFile}.`,
    { file },
  );
