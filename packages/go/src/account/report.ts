import { type BuildPlan, isKnownTool } from '@msb/core';
import type { GoBuild } from '../plan.ts';
import { type GoProgram, stageName } from '../programs.ts';

/** Whether a write would take the folder that the program starts in, and that has what it reads, for a volume. */
export const hidesReads = ({ account }: GoProgram, { path }: { readonly path: string }): boolean =>
  path === '.' && account.reads.length > 0;

/** What core settles of the programs: what each reads and writes, what the first needs to start, and what any starts. */
export function reportOf({
  programs,
  module,
}: GoBuild): Required<Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools'>> {
  const targetOf = ({ main }: GoProgram, index: number): { readonly target?: string } =>
    index === 0 ? {} : { target: stageName(main, module.module.value) };
  return {
    reads: programs.flatMap((program, index) =>
      [...program.account.reads, ...program.account.missing].map(
        (read) => ({ ...read, when: 'run', ...targetOf(program, index) }) as const,
      ),
    ),
    writes: programs.flatMap((program, index) =>
      program.account.writes
        .filter((write) => !hidesReads(program, write))
        .map((write) => ({ ...write, ...targetOf(program, index) })),
    ),
    settings: programs[0]?.account.settings ?? [],
    tools: programs.flatMap(({ account }) => account.tools).filter(({ name }) => isKnownTool(name)),
  };
}
