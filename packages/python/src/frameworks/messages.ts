import { join, type Place, type Project, pathWord, shellWord, textAt } from '@msb/core';
import type { Pyproject } from '../pyproject.ts';
import { ownSources } from '../sources.ts';

/** How the catalogs of translations are compiled in the build. */
export interface Messages {
  readonly commands: readonly string[];
  /** Debian packages that this takes. */
  readonly tools: readonly string[];
  /** A catalog whose compiled form a wheel would not have, since Hatch leaves out what Git ignores. */
  readonly leftOut?: { readonly path: string; readonly place: Place };
}

const catalog = /(^|\/)([^/]+)\/LC_MESSAGES\/([^/]+)\.po$/;

/**
 * Compiles catalogs (`.po`) of which the repository has no compiled form, as most leave that to the build; without it a
 * program speaks its first language only. `packages` are those that ship.
 */
export function compiledMessages(
  project: Project,
  pyproject: Pyproject,
  packages: ReadonlyMap<string, unknown>,
): Messages {
  const messages = commandsFor(project, packages);
  const [first] = messages.files;
  const hatch = /hatchling/.test(textAt(pyproject.value, 'build-system', 'build-backend') ?? '');
  const leftOut =
    first !== undefined && hatch ? { path: first.replace(/\.po$/, '.mo'), place: { file: first } } : undefined;
  return { ...messages, ...(leftOut && messages.commands.length > 0 && { leftOut }) };
}

function commandsFor(
  project: Project,
  packages: ReadonlyMap<string, unknown>,
): Messages & { readonly files: readonly string[] } {
  const files = project.sources().filter((file) => catalog.test(file) && !/(^|\/)(tests?|docs?)\//.test(file));
  const missing = files.filter((file) => !project.has(file.replace(/\.po$/, '.mo')));
  if (missing.length === 0) return { commands: [], tools: [], files: [] };
  // it looks through the folder, and needs no settings: https://docs.djangoproject.com/en/6.0/ref/django-admin/#compilemessages
  if (packages.has('django'))
    return { commands: ['python -m django compilemessages'], tools: ['gettext'], files: missing };
  const folders = missing.map((file) => ({
    folder: join(file, '../../..'),
    domain: catalog.exec(file)?.[3] ?? 'messages',
  }));
  const unique = folders.filter(
    (item, index) => folders.findIndex((o) => o.folder === item.folder && o.domain === item.domain) === index,
  );
  // https://babel.pocoo.org/en/latest/cmdline.html#compile
  if (['babel', 'flask-babel', 'fastapi-babel', 'starlette-babel'].some((name) => packages.has(name))) {
    return {
      commands: unique.map(
        ({ folder, domain }) =>
          `pybabel compile -d ${pathWord(folder || '.', 'The folder of translations')} -D ${shellWord(domain)}`,
      ),
      tools: [],
      files: missing,
    };
  }
  if (project.search(ownSources(project), [/^\s*(?:import|from)\s+gettext\b/]) === undefined)
    return { commands: [], tools: [], files: missing };
  return {
    commands: missing.map((file) => {
      const path = pathWord(file, 'A catalog of translations');
      return `msgfmt -o ${path.replace(/\.po$/, '.mo')} ${path}`;
    }),
    tools: ['gettext'],
    files: missing,
  };
}
