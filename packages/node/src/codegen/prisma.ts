import { join, type Note, type Place, type Project } from '@msb/core';
import { dependsOn, type PackageJson, type Script, wholeText } from '../package-json.ts';
import { prismaConfigs, prismaMajor, prismaSchema } from './prisma-schema.ts';

/** Makes Prisma's client, which connects to nothing (https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate). */
const generates = /\bprisma\s(?:[^&|;]*\s)?generate\b/;

/** What a variable is set to that a build does not have, for one command alone: an address for an address. */
const placeholders: Readonly<Record<string, string>> = {
  cockroachdb: 'postgresql://localhost:26257/placeholder',
  mongodb: 'mongodb://localhost:27017/placeholder',
  mysql: 'mysql://localhost:3306/placeholder',
  postgresql: 'postgresql://localhost:5432/placeholder',
  sqlite: 'file:/tmp/placeholder.db',
  sqlserver: "'sqlserver://localhost:1433;database=placeholder'",
};

/** A variable that the configuration insists on: its `env()` throws where it is not set. */
interface Wanted {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** The variables that Prisma wants for a script, where that makes its client. */
function wanted(project: Project, manifest: PackageJson, script: Script | undefined): readonly Wanted[] {
  if (script === undefined || !generates.test(wholeText(manifest, script))) return [];
  const hits = [...project.matches(prismaConfigs, /\benv(?:<[^>]*>)?\(\s*(['"`])(\w+)\1\s*\)/)];
  const address = placeholders[prismaSchema(project, manifest)?.provider ?? 'postgresql'] ?? 'placeholder';
  const all = hits.map(({ file, line, match: [, , name = ''] }) => ({
    name,
    value: /UR[IL]|DSN|DATABASE/.test(name) ? address : 'placeholder',
    place: { file, line },
  }));
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
  return [...wanted(project, manifest, script).map(({ name, value }) => `${name}=${value}`), command].join(' ');
}

/** Why such variables stand in front of any of `commands`, as lines of a Dockerfile, unless that is `told` already. */
export function prismaComments(commands: readonly string[], told = false): readonly string[] {
  const set = /(?:^|\s)(\w+)=[^\s&|]*\bplaceholder\b/g;
  const names = new Set(commands.flatMap((command) => [...command.matchAll(set)].map(([, name]) => name)));
  if (names.size === 0 || told) return [];
  const all = [...names].join(', ');
  return [`# Prisma's configuration insists on ${all}, and its client is made without connecting to it`];
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

/** What makes the client where no script of the build does, and the files that it needs beside package.json. */
export interface PrismaStep extends Script {
  readonly command: string;
  /** The client lands in node_modules, so it is made as soon as they are there, and ships with them. */
  readonly inModules: boolean;
  readonly files: readonly string[];
}

/**
 * The step that makes Prisma's client. `early` are texts of scripts that run right after the installation, `late` those
 * of the build, where what a client in node_modules is made of would not reach the image.
 */
export function prismaStep(
  project: Project,
  manifest: PackageJson,
  early: readonly string[],
  late: readonly string[],
): PrismaStep | undefined {
  const packages = ['@prisma/client', 'prisma'];
  const schema = packages.some((name) => dependsOn(manifest, name)) ? prismaSchema(project, manifest) : undefined;
  if (schema === undefined) return undefined;
  const inModules = schema.output === undefined;
  const ran = inModules ? early : [...early, ...late];
  if (ran.some((text) => generates.test(text))) return undefined;
  const script = { name: 'prisma generate', text: 'prisma generate', place: schema.place };
  return {
    ...script,
    command: withPrisma({ project, manifest }, script, `${toolOf(manifest)} generate`),
    inModules,
    files: inModules ? prismaFiles(project, manifest) : [],
  };
}

/** Files that Prisma reads when it makes a client, beside package.json. */
export const prismaFiles = (project: Project, manifest: PackageJson): readonly string[] => [
  ...[prismaSchema(project, manifest)?.path ?? []].flat(),
  ...configFiles(project),
];

/** The project's own Prisma; where only the client is a dependency, the same version of the tool. */
function toolOf(manifest: PackageJson): string {
  if (dependsOn(manifest, 'prisma')) return 'npx prisma';
  return `npx --yes prisma@${prismaMajor(manifest)}`;
}

/** The configuration, with the files of the project that it imports. */
function configFiles(project: Project): readonly string[] {
  const configs = prismaConfigs.filter((file) => project.has(file));
  const imports = [...project.matches(configs, /\b(?:from|import|require\()\s*['"](\.{1,2}\/[^'"]+)['"]/)];
  const imported = imports.flatMap(({ file, match }) => {
    const path = join(file, '..', match[1] ?? '');
    return ['', '.ts', '.js', '.mjs', '.cjs'].map((ending) => path.replace(/\.js$/, '') + ending);
  });
  return [...configs, ...imported.filter((path) => project.has(path))];
}

/** What to tell where msb adds the step. */
export const prismaStepNote = (step: PrismaStep): Note => ({
  message: "No script of the build makes Prisma's client, so the image runs prisma generate",
  hint: 'Nothing to do. To own the step, add "prebuild": "prisma generate" to the scripts.',
  place: step.place,
});
