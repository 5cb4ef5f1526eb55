import type { Note } from '@msb/core';
import { findReads, type ProgramReads } from './reads.ts';
import { isSecret } from './secrets.ts';
import { findSettings, type RequiredSetting } from './settings.ts';
import { findTools, type StartedTool } from './tools.ts';
import type { ProgramCode, RunRead } from './types.ts';
import { findWrites, type RunWrite } from './writes.ts';

/** What a program needs of the container that it runs in. */
export interface ProgramAccount extends ProgramReads {
  /** What the image has of the reads: all but the secrets among them. */
  readonly shipped: readonly RunRead[];
  readonly writes: readonly RunWrite[];
  readonly settings: readonly RequiredSetting[];
  readonly tools: readonly StartedTool[];
}

/** Finds what the sources of one program read, write, start and insist on. */
export function findAccount(program: ProgramCode): ProgramAccount {
  const reads = findReads(program);
  const writes = findWrites(program);
  const isMade = (path: string): boolean =>
    writes.some((write) => write.path === path || path.startsWith(`${write.path}/`) || write.path === '.');
  return {
    ...reads,
    shipped: reads.reads.filter((read) => !isSecret(program, read)),
    // what it writes first is there when it reads it
    missing: reads.missing.filter(({ path }) => !isMade(path)),
    writes,
    settings: findSettings(program),
    tools: findTools(program),
  };
}

/** Says where a program reads the folder that it runs in, of which nothing tells what it needs. */
export function everythingNotes({ everything }: ProgramAccount): readonly Note[] {
  if (everything === undefined) return [];
  return [
    {
      message: 'The program reads the folder that it runs in, which has only the files that its code names',
      hint: 'Name what else it needs there: --include public,index.html',
      place: everything,
    },
  ];
}
