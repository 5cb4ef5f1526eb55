import { posix } from 'node:path';
import type { BuildPlan, Place, Read, Write } from '@msb/core';
import { type Program, stageName } from '../programs.ts';
import type { BuildRead } from './compiled.ts';

/** What the build and the programs read, and what the programs write, need and start. */
export type Report = Required<Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools'>>;

/** Tells it for the project in the folder `home` of the workspace, which all paths are then from. */
export function reportOf(home: string, programs: readonly Program[], compiled: readonly BuildRead[]): Report {
  const seen = (path: string): string => posix.relative(`${deep}/${home}`, posix.join(deep, path));
  const placed = <T extends { readonly place?: Place }>(item: T): T =>
    item.place ? { ...item, place: { ...item.place, file: seen(item.place.file) } } : item;
  const targetOf = (program: Program) => (programs.length > 1 ? { target: stageName(program) } : {});
  const run = programs.flatMap((program) =>
    program.account.reads.map(
      ({ from, at, place }): Read =>
        placed({ path: seen(from), when: 'run', at, ...(place && { place }), ...targetOf(program) }),
    ),
  );
  const written = programs.flatMap((program) =>
    program.account.writes.map((write): Write => placed({ ...write, ...targetOf(program) })),
  );
  const build = compiled
    .filter(({ must }) => must)
    .map(({ path, place }): Read => placed({ path: seen(path), when: 'build', place }));
  return {
    reads: once([...build, ...run], ({ path, when, at, target }) => [when, path, at, target].join(' ')),
    writes: once(written, ({ path, target }) => [path, target].join(' ')),
    settings: once(
      programs.flatMap(({ account }) => account.settings.map(placed)),
      ({ name }) => name,
    ),
    tools: once(
      programs.flatMap(({ account }) => account.tools.map(placed)),
      ({ name }) => name,
    ),
  };
}

/** Deeper than any path leads up, so that what lies beside the workspace is seen from below it. */
const deep = `/${'a/'.repeat(32)}a`;

const once = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  [...new Map([...items].reverse().map((item) => [key(item), item])).values()].reverse();
