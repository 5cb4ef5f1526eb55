import { join, type Project } from '@msb/core';
import type { Code } from '../code.ts';
import type { Sources } from '../sources.ts';
import { configuredPaths } from './configured.ts';
import { type Named, namedPaths } from './named.ts';
import { type RunRead, runReads, workdir } from './reads.ts';
import { type Required, requiredSettings } from './settings.ts';
import { type StartedTool, startedTools } from './tools.ts';
import { type RunWrite, runWrites } from './writes.ts';

/** What a program reads and writes while it runs, and what it needs to start. */
export interface Account {
  /** All paths that its code names. */
  readonly named: readonly Named[];
  readonly reads: readonly RunRead[];
  readonly writes: readonly RunWrite[];
  readonly settings: readonly Required[];
  readonly tools: readonly StartedTool[];
}

/** Examples of the environment that a program wants. */
const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example', 'example.env'];

/** Takes a program's account; `included` are paths that `--include` names. */
export function accountOf(
  project: Project,
  sources: Sources,
  code: readonly Code[],
  included: readonly string[],
): Account {
  const inCode = namedPaths(code);
  const asked = included.map((path) => inWorkdir(project, sources, path));
  const named = [...inCode, ...configuredPaths(project, [...asked, ...runReads(project, sources, inCode)])];
  const found = runReads(project, sources, named).filter(({ at }) => !asked.some((other) => other.at === at));
  const reads = [...asked, ...found].sort((a, b) => (a.at < b.at ? -1 : 1));
  const programs = sources.packages.flatMap(({ binaries }) => binaries.map(({ name }) => name));
  return {
    named,
    reads,
    writes: runWrites(project, named, reads, examplesIn(project, sources)),
    settings: requiredSettings(code),
    tools: startedTools(code, programs),
  };
}

/** A path as a program finds it from its working folder: that of the project, else that of the binary's package. */
function inWorkdir(project: Project, { packages }: Sources, path: string): RunRead {
  const home = packages[0]?.cargo.folder ?? '';
  return { from: project.exists(path) ? path : join(home, path), at: `${workdir}/${path}`, there: true };
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
