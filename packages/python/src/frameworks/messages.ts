import { join, type Project, pathWord, shellWord } from '@msb/core';
import { ownSources } from '../sources.ts';

/** How the catalogs of translations are compiled in the build. */
export interface Messages {
  readonly commands: readonly string[];
  /** Debian packages that this takes. */
  readonly tools: readonly string[];
}

const catalog = /(^|\/)([^/]+)\/LC_MESSAGES\/([^/]+)\.po$/;

/**
 * Compiles catalogs (`.po`) of which the repository has no compiled form, as most leave that to the build; without it a
 * program speaks its first language only. `packages` are those that ship.
 */
export function compiledMessages(project: Project, packages: ReadonlyMap<string, unknown>): Messages {
  const files = project.sources().filter((file) => catalog.test(file) && !/(^|\/)(tests?|docs?)\//.test(file));
  const missing = files.filter((file) => !project.has(file.replace(/\.po$/, '.mo')));
  if (missing.length === 0) return { commands: [], tools: [] };
  // it looks through the folder, and needs no settings: https://docs.djangoproject.com/en/6.0/ref/django-admin/#compilemessages
  if (packages.has('django')) return { commands: ['python -m django compilemessages'], tools: ['gettext'] };
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
    };
  }
  if (project.search(ownSources(project), [/^\s*(?:import|from)\s+gettext\b/]) === undefined)
    return { commands: [], tools: [] };
  return {
    commands: missing.map((file) => {
      const path = pathWord(file, 'A catalog of translations');
      return `msgfmt -o ${path.replace(/\.po$/, '.mo')} ${path}`;
    }),
    tools: ['gettext'],
  };
}
