import type { Place, Project } from '@msb/core';
import type { Written } from './code.ts';
import { writtenAt } from './code.ts';

/** Addresses of databases that are files, by their scheme: what is written where the rest of the address is `path`. */
const schemes: readonly (readonly [address: RegExp, files: (path: string) => readonly string[] | 'folder'])[] = [
  // a folder of files that begin with the name; `mem:` and servers are none
  [
    /jdbc:h2:(?:file:|nio:|split:|nioMapped:)*(?!mem:|tcp:|ssl:|zip:)((?:\$\{[\w.]+:)?[~./\w][^;"'\s}]*)/,
    (path) => [`${path}.mv.db`],
  ],
  [
    /jdbc:hsqldb:file:((?:\$\{[\w.]+:)?[^;"'\s}]+)/,
    (path) => ['script', 'properties', 'log', 'data', 'lobs', 'lck', 'tmp'].map((ending) => `${path}.${ending}`),
  ],
  [/jdbc:derby:(?!memory:|\/\/|classpath:)((?:directory:)?[^;"'\s}]+)/, () => 'folder'],
  [/jdbc:sqlite:(?:file:)?(?!:memory:|:resource:)((?:\$\{[\w.]+:)?[^?;"'\s}:]+)/, (path) => [path]],
  [/jdbc:duckdb:((?:\$\{[\w.]+:)?[^?;"'\s}:]+)/, (path) => [path]],
];

/** The files of databases that are named in code and configuration. */
export const databaseWrites = (project: Project, files: readonly string[]): readonly Written[] =>
  schemes.flatMap(([address, made]) =>
    [...project.matches(files, address)].flatMap(({ file, line, match: [, spelled = ''] }) => {
      const path = spelled.replace(/^\$\{[\w.]+:/, '').replace(/^directory:/, '');
      return /[$%{}]/.test(path) ? [] : written(path, made(path), { file, line });
    }),
  );

function written(path: string, files: readonly string[] | 'folder', place: Place): readonly Written[] {
  const targets = files === 'folder' ? [writtenAt(path, false)] : files.map((file) => writtenAt(file, true));
  return targets.flatMap((target) => (target ? [{ ...target, place }] : []));
}

/** Whether a database lies in the home folder of the user, who has none in an image. */
export const namesHome = (project: Project, files: readonly string[]): Place | undefined => {
  const hit = project.search(files, [
    /jdbc:(?:h2|hsqldb|derby|sqlite):(?:\w+:)*(?:\$\{user\.home\}|~)/,
    /getProperty\(\s*"user\.home"\s*\)/,
    /[=:]\s*["']?(?:file:)?\$\{user\.home\}/,
  ]);
  return hit && { file: hit.file, line: hit.line };
};
