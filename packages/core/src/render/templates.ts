import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of a module, by its `import.meta.url`. In the bundle of the command line that is a path already: parsing
 * URLs takes a measurable part of a run.
 */
export const moduleFolder = (moduleUrl: string): string =>
  dirname(moduleUrl.startsWith('file:') ? fileURLToPath(moduleUrl) : moduleUrl);

/**
 * The folder `templates/<name>` that belongs to a module: in the repository it lies at the top, in a published package
 * in `dist`, so it is looked for from the module's own folder upwards. `moduleUrl` is `import.meta.url`.
 */
export function templateFolder(moduleUrl: string, name: string): string {
  for (let folder = moduleFolder(moduleUrl); ; folder = dirname(folder)) {
    const candidate = join(folder, 'templates', name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`templates/${name} is missing from the package`);
  }
}

/** Where the templates of each ecosystem lie: its id → its folder. */
export type TemplateFolders = Readonly<Record<string, string>>;

/** core's own folder: the run halves. */
export const runtimeFolder = (): string => templateFolder(import.meta.url, '_runtime');

/** The text of a template named `<ecosystem>/<file>`, with LF line ends. */
export function readTemplate(folders: TemplateFolders, name: string): string {
  const [ecosystem = '', file = ''] = name.split('/');
  const folder = ecosystem === '_runtime' ? runtimeFolder() : folders[ecosystem];
  if (folder === undefined) throw new Error(`no folder is known for the template ${name}`);
  return readFileSync(join(folder, `${file}.hbs`), 'utf8').replace(/\r\n/g, '\n');
}
