import { join, type Place, type Project } from '@msb/core';
import type { Code } from '../code.ts';
import type { Sources } from '../sources.ts';
import { configuredPaths } from './configured.ts';
import { type Named, namedPaths } from './named.ts';
import { type RunRead, runReads } from './reads.ts';
import { type Required, requiredSettings } from './settings.ts';
import { type StartedTool, startedTools } from './tools.ts';
import { type RunWrite, runWrites, writesIntoShipped } from './writes.ts';

/** What a program reads and writes while it runs, and what it needs to start. */
export interface Account {
  /** All paths that its code names. */
  readonly named: readonly Named[];
  readonly reads: readonly RunRead[];
  readonly writes: readonly RunWrite[];
  /** Folders that ship and that it writes into. */
  readonly intoShipped: readonly { readonly folder: string; readonly place: Place }[];
  readonly settings: readonly Required[];
  readonly tools: readonly StartedTool[];
}

/** Examples of the environment that a program wants. */
const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example', 'example.env'];

/** Takes a program's account. */
export function accountOf(project: Project, sources: Sources, code: readonly Code[]): Account {
  const inCode = namedPaths(code);
  const named = [...inCode, ...configuredPaths(project, runReads(project, sources, inCode))];
  const reads = runReads(project, sources, named);
  const programs = sources.packages.flatMap(({ binaries }) => binaries.map(({ name }) => name));
  return {
    named,
    reads,
    writes: runWrites(project, named, reads, examplesIn(project, sources)),
    intoShipped: writesIntoShipped(project, named, reads),
    settings: requiredSettings(code),
    tools: startedTools(code, programs),
  };
}

/** The examples of the workspace and of the program's package. */
function examplesIn(project: Project, { packages }: Sources): readonly Code[] {
  const folders = new Set(['', packages[0]?.cargo.folder ?? '']);
  return [...folders].flatMap((folder) =>
    examples.flatMap((name) => {
      const file = join(folder, name);
      const text = project.text(file);
      return text === undefined ? [] : [{ file, text }];
    }),
  );
}
