import { findReads, type ProgramReads } from './reads.ts';
import { findSettings, type RequiredSetting } from './settings.ts';
import { findTools, type StartedTool } from './tools.ts';
import type { ProgramCode } from './types.ts';
import { findWrites, type RunWrite } from './writes.ts';

/** What a program needs of the container that it runs in. */
export interface ProgramAccount extends ProgramReads {
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
    // what it writes first is there when it reads it
    missing: reads.missing.filter(({ path }) => !isMade(path)),
    writes,
    settings: findSettings(program),
    tools: findTools(program),
  };
}
