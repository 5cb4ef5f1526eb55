import type { Project } from '@msb/core';
import type { Start } from '../start/start.ts';

const test =
  /(^|\/)(tests?|__tests__|__mocks__|e2e|spec|mocks?|cypress|examples?|scripts?|docs?|client|frontend|ui|deploy[\w-]*|[\w-]+-e2e)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$/;
const config = /(^|\/)[\w.-]+\.config\.[cm]?[jt]s$|(^|\/)\.[^/]+$/;

/** JavaScript and TypeScript that may run in production: no tests, no configurations of tools. */
export const programSources = (project: Project): readonly string[] =>
  project.sources().filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !test.test(file) && !config.test(file));

/**
 * The same, those nearest to where the program starts first: the entry (which may have no ending, as Express' `bin/www`),
 * files of its name or a usual one, the rest.
 */
export function nearestFirst(project: Project, files: readonly string[], { entry }: Start): readonly string[] {
  if (project.has(entry) && !files.includes(entry)) return [entry, ...files];
  const name = (file: string): string => (file.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]sx?$/, '');
  const own = files.filter((file) => name(file) === name(entry));
  const usual = files.filter((file) => /^(server|main|app|index|www)$/.test(name(file)) && !own.includes(file));
  return [...own, ...usual, ...files.filter((file) => !own.includes(file) && !usual.includes(file))];
}
