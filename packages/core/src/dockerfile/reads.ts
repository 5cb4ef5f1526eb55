import { join } from '../tree/tree.ts';
import type { Dockerfile, Instruction } from './parse.ts';
import { mountFields, words } from './words.ts';

/** A path that an instruction takes from the build context. */
export interface ContextRead {
  readonly path: string;
  readonly line: number;
}

/** Where in the context a source lies: `''` is its root, above which `..` does not lead. */
export const contextPath = (source: string): string => join(source).replace(/^(\.\.(\/|$))+/, '');

/** Every path that the Dockerfile takes from the build context: sources of COPY and ADD, and of bind mounts. */
export function contextReads(dockerfile: Dockerfile): readonly ContextRead[] {
  return dockerfile.stages.flatMap((stage) => stage.instructions.flatMap(instructionReads));
}

/** The same, of one instruction. */
export function instructionReads(instruction: Instruction): readonly ContextRead[] {
  const { keyword, flags, line } = instruction;
  if (keyword === 'COPY' || keyword === 'ADD') {
    if (flags.some((flag) => flag.name === 'from')) return [];
    const sources = words(instruction).slice(0, -1);
    return sources.filter((path) => !/^\d*<</.test(path) && !/^\w+:\/\//.test(path)).map((path) => ({ path, line }));
  }
  if (keyword !== 'RUN') return [];
  return flags
    .filter((flag) => flag.name === 'mount')
    .map(mountFields)
    .filter(({ type, from }) => type === 'bind' && from === undefined)
    .map(({ source }) => ({ path: source ?? '.', line }));
}
