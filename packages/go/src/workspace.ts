import { join, MsbError, type Note, type Project } from '@msb/core';
import { directives, type ModFile } from './modfile.ts';
import { type GoPackage, importsOf } from './packages.ts';

/** What a go.work means for the build. */
export interface Workspace {
  readonly ignore: readonly string[];
  readonly notes: readonly Note[];
}

/** Module paths and folders that go.work puts beside the project's own module. */
function members(project: Project): ReadonlyMap<string, string> {
  const uses = directives('go.work', project.text('go.work') ?? '').filter(({ verb }) => verb === 'use');
  const folders = uses.map(({ words }) => join(words[0] ?? '')).filter((folder) => folder !== '');
  return new Map(
    folders.flatMap((folder) => {
      const [, module] = /^module\s+"?([^\s"]+)/m.exec(project.text(join(folder, 'go.mod')) ?? '') ?? [];
      return module === undefined ? [] : [[module, folder] as const];
    }),
  );
}

/**
 * A workspace is for developing several modules at once (https://go.dev/ref/mod#workspaces); a release is built from
 * go.mod and go.sum alone, so go.work stays out of the build. Throws `unsupported` for a program that needs it.
 */
export function leaveWorkspace(project: Project, mod: ModFile, packages: readonly GoPackage[]): Workspace {
  if (!project.has('go.work')) return { ignore: [], notes: [] };
  const notes = new Map<string, Note>();
  const replaced = new Set(mod.localReplaces.map(({ module }) => module));
  const others = [...members(project)].filter(([module]) => module !== mod.module.value && !replaced.has(module));
  for (const { path, file, line } of importsOf(
    project,
    packages.flatMap(({ files }) => files),
  )) {
    const [module, folder] = others.find(([other]) => path === other || path.startsWith(`${other}/`)) ?? [];
    if (module === undefined) continue;
    const required = mod.requires.find(({ value }) => value === module);
    const hint = `To build with ./${folder}, add to go.mod: replace ${module} => ./${folder}`;
    if (required === undefined || required.version.startsWith('v0.0.0')) {
      const message = `Only go.work says where ${module} is, and an image is built from go.mod alone`;
      throw new MsbError('unsupported', message, hint, { file, line });
    }
    const place = { file: 'go.mod', line: required.line };
    notes.set(module, { message: `${module} is taken in its published ${required.version}`, hint, place });
  }
  return { ignore: ['go.work', 'go.work.sum'], notes: [...notes.values()] };
}
