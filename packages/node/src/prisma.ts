import type { Note, Place, Project } from '@msb/core';
import { type PackageJson, type Script, wholeText } from './package-json.ts';

/** Makes Prisma's client, which connects to nothing (https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate). */
const generates = /\bprisma\s(?:[^&|;]*\s)?generate\b/;

/** Where Prisma looks for its configuration (https://www.prisma.io/docs/orm/reference/prisma-config-reference). */
const configs = ['prisma.config', '.config/prisma'].flatMap((name) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => `${name}.${ending}`),
);

/** What a variable is set to that a build does not have, for one command alone. */
const placeholder = 'placeholder';

/** A variable that the configuration insists on: its `env()` throws where it is not set. */
interface Wanted {
  readonly name: string;
  readonly place: Place;
}

/** The variables that Prisma wants for a script, where that makes its client. */
function wanted(project: Project, manifest: PackageJson, script: Script | undefined): readonly Wanted[] {
  if (script === undefined || !generates.test(wholeText(manifest, script))) return [];
  const hits = [...project.matches(configs, /\benv(?:<[^>]*>)?\(\s*(['"`])(\w+)\1\s*\)/)];
  const all = hits.map(({ file, line, match }) => ({ name: match[2] ?? '', place: { file, line } }));
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/**
 * Gives `command`, which is what runs `script`, the variables without which Prisma makes no client. They are there for
 * this command alone, and in no layer.
 */
export function withPrisma(
  { project, manifest }: { readonly project: Project; readonly manifest: PackageJson },
  script: Script | undefined,
  command: string,
): string {
  return [...wanted(project, manifest, script).map(({ name }) => `${name}=${placeholder}`), command].join(' ');
}

/** Why such variables stand in front of any of `commands`, as lines of a Dockerfile. */
export function prismaComments(commands: readonly string[]): readonly string[] {
  const set = new RegExp(String.raw`(?:^|\s)(\w+)=${placeholder}(?=\s)`, 'g');
  const names = new Set(commands.flatMap((command) => [...command.matchAll(set)].map(([, name]) => name)));
  if (names.size === 0) return [];
  const all = [...names].join(', ');
  return [`# Prisma's configuration insists on ${all}, and its client is made without connecting: any text will do`];
}

/** What to tell of those variables. */
export function prismaNotes(
  project: Project,
  manifest: PackageJson,
  scripts: readonly (Script | undefined)[],
): readonly Note[] {
  const all = scripts.flatMap((script) => wanted(project, manifest, script));
  const [first] = all;
  if (first === undefined) return [];
  const names = [...new Set(all.map(({ name }) => name))].join(', ');
  return [
    {
      message: `Prisma's configuration insists on ${names}, which no build has: a placeholder is set while the client is made`,
      hint: 'Nothing to do: that connects to no database. The program gets the real one when it runs: docker run --env.',
      place: first.place,
    },
  ];
}
