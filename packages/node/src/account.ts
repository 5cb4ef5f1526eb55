import { type BuildPlan, join, type Project, type Read, type Setting } from '@msb/core';
import { prismaSchema } from './codegen/prisma-schema.ts';
import type { FileRead } from './reads/reads.ts';
import type { Running } from './running.ts';
import { missingSecrets } from './service/secrets.ts';
import { programSources } from './service/sources.ts';
import { isPublic } from './settings/build-env.ts';
import { requiredVariables } from './settings/required.ts';
import { type Home, placeFromTarget } from './workspaces/home.ts';
import { readsOfLibraries } from './workspaces/library-reads.ts';
import type { Package } from './workspaces/workspace.ts';

/** The account of a program; `set` are variables that its start sets. */
export function accountOf(
  home: Home,
  { files, service }: Pick<Running, 'files' | 'service'>,
  set: readonly string[],
): Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools'> {
  const reads = [...readsOfProgram(home.workdir, files.reads), ...readsOfLibraries(home)];
  const { writes } = files;
  const settings = service.serves ? settingsOf(home, files.sources, set) : [];
  return {
    ...(reads.length > 0 && { reads }),
    ...(writes.length > 0 && { writes }),
    ...(settings.length > 0 && { settings }),
    ...(files.tools.length > 0 && { tools: files.tools }),
  };
}

/** What a program reads, by where the image has it. */
export const readsOfProgram = (workdir: string, reads: readonly FileRead[]): readonly Read[] =>
  reads.map(({ path, at, place, made }) => ({
    path,
    when: 'run',
    at: join('/', workdir, at).replace(/^\/*/, '/'),
    place,
    ...(made && { made }),
  }));

/** The variables that the program and the packages that ship with it insist on, without those that its start sets. */
export function settingsOf(home: Home, files: readonly string[], set: readonly string[]): readonly Setting[] {
  const found = new Map<string, Setting>();
  const known = new Set([...set, ...committed(home.target.project)]);
  for (const item of home.shipped) {
    const own = item === home.target ? files : programSources(item.project);
    for (const { name, place } of [...required(item.project, own), ...ofPrisma(item)]) {
      if (found.has(name) || known.has(name) || isPublic.test(name)) continue;
      found.set(name, { name, place: placeFromTarget(home, item, place) });
    }
  }
  return [...found.values()];
}

/** Variables of an environment that ships: `variables.env`, which is no secret of this machine. */
const committed = (project: Project): readonly string[] =>
  [
    ...project.matches(
      project.list().filter((name) => /^\w[\w-]*\.env$/.test(name)),
      /^\s*(?:export\s+)?(\w+)\s*=/,
    ),
  ].map(({ match }) => match[1] ?? '');

const required = (project: Project, files: readonly string[]) => [
  ...requiredVariables(project, files),
  ...missingSecrets(project, files),
];

/** `url = env("DATABASE_URL")`: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource */
function ofPrisma({ project, manifest }: Package) {
  const schema = manifest.production.has('@prisma/client') ? prismaSchema(project, manifest) : undefined;
  if (schema === undefined || !project.has(schema.path)) return [];
  return [...project.matches([schema.path], /^\s*url\s*=\s*env\("(\w+)"\)/)].map(({ file, line, match }) => ({
    name: match[1] ?? '',
    place: { file, line },
  }));
}
