import type { Place } from '@msb/core';
import { ofFrameworks } from './frameworks.ts';
import { likelyReads } from './likely.ts';
import { namedReads } from './named.ts';
import { readsOfSettings } from './settingsFiles.ts';
import type { ProgramCode, RunRead } from './types.ts';
import { dotenvReads, viperReads } from './viper.ts';

/** What a program reads while it runs. */
export interface ProgramReads {
  /** What is there, without what lies in the folder of another read. */
  readonly reads: readonly RunRead[];
  /** What the program insists on, and nothing in the repository has. */
  readonly missing: readonly RunRead[];
  /** Where the program reads the very folder that it runs in. */
  readonly everything: Place | undefined;
}

/** Finds the files and folders of the project that the sources of one program name. */
export function findReads(program: ProgramCode): ProgramReads {
  const named = namedReads(program);
  const viper = viperReads(program);
  const dotenv = dotenvReads(program);
  const direct = [
    ...named.reads,
    ...viper.reads,
    ...dotenv.reads,
    ...ofFrameworks(program).reads,
    ...likelyReads(program),
  ];
  return {
    reads: withoutCovered([...direct, ...readsOfSettings(program, direct)]),
    missing: withoutCovered([...named.missing, ...viper.missing, ...dotenv.missing]),
    everything: named.everything,
  };
}

/** Reads without those that lie in the folder of another one; the first of two of one path stays. */
export function withoutCovered(reads: readonly RunRead[]): readonly RunRead[] {
  const key = ({ path, at = '' }: RunRead): string => `${at}\0${path}`;
  const unique = [...new Map([...reads].reverse().map((read) => [key(read), read])).values()];
  const covered = ({ path, at }: RunRead): boolean =>
    at === undefined
      ? unique.some((other) => other.at === undefined && path.startsWith(`${other.path}/`))
      : unique.some(
          (other) => other.at !== undefined && at.startsWith(`${other.at}/`) && path.startsWith(`${other.path}/`),
        );
  return unique.filter((read) => !covered(read)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
