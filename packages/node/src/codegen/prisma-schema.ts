import { at, join, type Place, type Project, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';

/** Where Prisma looks for its configuration (https://www.prisma.io/docs/orm/reference/prisma-config-reference). */
export const prismaConfigs: readonly string[] = ['prisma.config', '.config/prisma'].flatMap((name) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => `${name}.${ending}`),
);

/** A schema of Prisma, and what is made of it. */
export interface PrismaSchema {
  /** The file, or the folder with the files. */
  readonly path: string;
  /** `postgresql`, `sqlite` and so on; `undefined` where the schema names none. */
  readonly provider: string | undefined;
  /** The folder of the project that the client is written to; `undefined` for node_modules. */
  readonly output: string | undefined;
  /** Whether what is written there is JavaScript, which no compiler takes along. */
  readonly compiled: boolean;
  /** Whether it runs without an engine of machine code (https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/no-rust-engine). */
  readonly rustFree: boolean;
  readonly place: Place;
}

/** Where a schema is unless something says otherwise (https://www.prisma.io/docs/orm/prisma-schema/overview/location). */
const usual = ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'];

/** Finds the schema of a project, and reads what its generator makes. */
export function prismaSchema(project: Project, { json }: PackageJson): PrismaSchema | undefined {
  const [named] = [...project.matches(prismaConfigs, /\bschema\s*:\s*(?:path\.)?(?:(?:join|resolve)\()?([^)}]*)/)];
  const words = [...(named?.match[1] ?? '').matchAll(/['"`]([^'"`]+)['"`]/g)].map(([, word = '']) => word);
  const places = [textAt(json.value, 'prisma', 'schema') ?? '', words.join('/'), ...usual];
  const path = places.map((place) => join(place)).find((place) => place !== '' && project.exists(place));
  if (path === undefined) return undefined;
  const files = project.has(path) ? [path] : schemaFiles(project, path);
  const generator = files.flatMap((file) => clientOf(project, file))[0];
  if (generator === undefined) return undefined;
  const provider = files.flatMap((file) => blocks(project.text(file) ?? '', 'datasource'))[0];
  return { path, provider: provider && fieldOf(provider.text, 'provider'), ...generator };
}

const schemaFiles = (project: Project, folder: string): readonly string[] =>
  project.list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (!project.has(path)) return schemaFiles(project, path);
    return path.endsWith('.prisma') ? [path] : [];
  });

/** The generator of a client for JavaScript; its output is relative to the file that names it. */
function clientOf(project: Project, file: string): readonly Omit<PrismaSchema, 'path' | 'provider'>[] {
  return blocks(project.text(file) ?? '', 'generator').flatMap(({ text, line }) => {
    const provider = fieldOf(text, 'provider') ?? '';
    if (provider !== 'prisma-client' && provider !== 'prisma-client-js') return [];
    const output = fieldOf(text, 'output');
    const path = output === undefined ? '' : join(file, '..', output);
    const inModules = output === undefined || /(^|\/)node_modules(\/|$)/.test(path);
    const rustFree = fieldOf(text, 'engineType') === 'client';
    const compiled = provider === 'prisma-client-js';
    return [{ output: inModules ? undefined : path, compiled, rustFree, place: { file, line } }];
  });
}

/** `generator client { … }`, each with the line that it begins on. */
const blocks = (text: string, kind: string): readonly { readonly text: string; readonly line: number }[] =>
  [...text.matchAll(new RegExp(String.raw`^\s*${kind}\s+\w+\s*\{([^}]*)\}`, 'gm'))].map((match) => ({
    text: match[1] ?? '',
    line: text.slice(0, match.index + match[0].indexOf(kind)).split('\n').length,
  }));

const fieldOf = (block: string, key: string): string | undefined =>
  new RegExp(String.raw`^\s*${key}\s*=\s*"([^"]*)"`, 'm').exec(block)?.[1];

/** The major version of Prisma that a project asks for; the newest where nothing says. */
export function prismaMajor({ json }: PackageJson): number {
  const asked = ['dependencies', 'devDependencies'].flatMap((field) =>
    ['@prisma/client', 'prisma'].map((name) => at(json.value, field, name)),
  );
  const spec = asked.find((value) => typeof value === 'string');
  return Number(/\d+/.exec(String(spec ?? ''))?.[0] ?? 7);
}

/**
 * The folder with a client that compiled code imports where it lies: JavaScript, or an engine beside TypeScript. One
 * inside `src` is where that code was.
 */
export function prismaOutputs(project: Project, manifest: PackageJson): readonly string[] {
  const schema = prismaSchema(project, manifest);
  if (schema?.output === undefined || /^(\.\.|src)(\/|$)/.test(schema.output)) return [];
  const engine = !schema.rustFree && prismaMajor(manifest) < 7;
  return schema.compiled || engine ? [schema.output] : [];
}
