import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ecosystem } from '../ecosystem.ts';
import { MsbError } from '../errors.ts';

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

/** Where the templates of each ecosystem lie: its id → its folder, or several, of which the first that has a file wins. */
export type TemplateFolders = Readonly<Record<string, string | readonly string[]>>;

/** The folders of some ecosystems, those of their overrides first. */
export function templateFolders(
  ecosystems: readonly Pick<Ecosystem, 'manifest' | 'folder' | 'overrides'>[],
): TemplateFolders {
  const overrides = [...new Set(ecosystems.flatMap((ecosystem) => ecosystem.overrides ?? []))];
  const over = (id: string): readonly string[] =>
    overrides.map((folder) => join(folder, id)).filter((path) => existsSync(path));
  return {
    ...Object.fromEntries(ecosystems.map(({ manifest: { id }, folder }) => [id, [...over(id), folder]])),
    ...Object.fromEntries(ownFolders.map((name) => [name, over(name)])),
  };
}

/** core's own folders: the run halves, and what delivers an image. */
const ownFolders = ['_runtime', '_deploy'];

/** The folder of the run halves. */
export const runtimeFolder = (): string => templateFolder(import.meta.url, '_runtime');

/** All of core's own folders, by name. */
export const ownTemplates = (): Readonly<Record<string, string>> =>
  Object.fromEntries(ownFolders.map((name) => [name, templateFolder(import.meta.url, name)]));

/** Where core keeps the templates of a group of its own; empty for those of an ecosystem. */
const coresOwn = (name: string): readonly string[] =>
  ownFolders.includes(name) ? [templateFolder(import.meta.url, name)] : [];

/** The file of a template named `<ecosystem>/<file>`. Throws `broken-template` when there is none. */
export function templateFile(folders: TemplateFolders, name: string): string {
  const [ecosystem = '', file = ''] = name.split('/');
  const own = folders[ecosystem] ?? [];
  const all = [...(typeof own === 'string' ? [own] : own), ...coresOwn(ecosystem)];
  const path = all.map((folder) => join(folder, `${file}.hbs`)).find((candidate) => existsSync(candidate));
  if (path !== undefined) return path;
  const known = all.flatMap((folder) => readdirSync(folder).flatMap((entry) => /^(.*)\.hbs$/.exec(entry)?.[1] ?? []));
  throw new MsbError(
    'broken-template',
    `The plan names the template ${name}, which does not exist`,
    known.length > 0 ? `Add it, or name one of ${known.sort().join(', ')}.` : `Add the folder of ${ecosystem}.`,
    { file: join(all[0] ?? ecosystem, `${file}.hbs`) },
  );
}

/** The text of a template named `<ecosystem>/<file>`, with LF line ends. Throws `broken-template`. */
export const readTemplate = (folders: TemplateFolders, name: string): string =>
  readFileSync(templateFile(folders, name), 'utf8').replace(/\r\n/g, '\n');
