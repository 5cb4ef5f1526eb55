import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ecosystem } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { addProducts } from './images.ts';
import { readManifest } from './manifest.ts';
import { ownTemplates } from './render/templates.ts';
import { documentProblems, type SchemaName } from './schema/documents.ts';

/** What the module of an ecosystem outside of this repository gives: all of an ecosystem that is no data. */
export type OutsideCode = Pick<Ecosystem, 'detect' | 'workspace' | 'context'> & {
  /** What it tells the image tests about its tools: the keys of `ImageTraits`. */
  readonly images?: object;
};

/** An ecosystem that somebody else keeps. */
export type OutsideEcosystem = Ecosystem & Pick<OutsideCode, 'images'>;

/** A folder of templates that somebody else keeps. */
export interface Outside {
  readonly ecosystems: readonly OutsideEcosystem[];
  /** What replaces templates of ours, as `<id>/<file>`. */
  readonly overridden: readonly string[];
}

/** The module beside `ecosystem.json`; its default export gets core, so that it needs no installation of its own. */
const modules = ['index.js', 'index.mjs'];

const templates = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).flatMap((name) => /^(.*)\.hbs$/.exec(name)?.[1] ?? []) : [];

const subfolders = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .sort();

/**
 * Reads a folder whose subfolders are ecosystems (those with an `ecosystem.json`) or hold templates that replace ours
 * (`<id>/toolchain.hbs`, `_runtime/alpine.base.hbs`); the folder may also be one ecosystem. Its `images.json` adds to
 * ours. `ours` are template folders by id, `msb` is what modules get: all of core. Throws `broken-template`, or
 * `unsupported` for another contract.
 */
export async function readOutside(
  folder: string,
  ours: Readonly<Record<string, string>>,
  msb: object,
): Promise<Outside> {
  const images = join(folder, 'images.json');
  if (existsSync(images)) {
    mustFollow(images, 'images');
    const { $schema: _, ...products } = JSON.parse(readFileSync(images, 'utf8'));
    addProducts(products);
  }
  const isEcosystem = (path: string): boolean => existsSync(join(path, 'ecosystem.json'));
  if (isEcosystem(folder)) return { ecosystems: [await readEcosystem(folder, msb)], overridden: [] };
  const names = subfolders(folder);
  const own = names.map((name) => join(folder, name)).filter(isEcosystem);
  const known = { ...ours, ...ownTemplates() };
  const overridden = names
    .filter((name) => !isEcosystem(join(folder, name)))
    .flatMap((name) => overrides(join(folder, name), name, known));
  if (own.length + overridden.length === 0) throw nothingThere(folder);
  return { ecosystems: await Promise.all(own.map((path) => readEcosystem(path, msb))), overridden };
}

/** The templates of a folder, each of which has to replace one of ours. */
function overrides(folder: string, id: string, ours: Readonly<Record<string, string>>): readonly string[] {
  const known = ours[id] === undefined ? [] : templates(ours[id]);
  return templates(folder).map((name) => {
    if (known.includes(name)) return `${id}/${name}`;
    throw new MsbError(
      'broken-template',
      `${id}/${name}.hbs replaces nothing: there is no template of this name`,
      known.length > 0
        ? `${id} has ${known.join(', ')}.`
        : `Templates can be replaced in ${Object.keys(ours).join(', ')}; an ecosystem needs an ecosystem.json.`,
      { file: join(folder, `${name}.hbs`) },
    );
  });
}

/** Throws `broken-template` with the first thing that a file's schema does not allow. */
function mustFollow(file: string, schema: SchemaName, but?: RegExp): void {
  const problem = documentProblems(file, schema).find(({ message }) => but?.test(message) !== true);
  if (problem === undefined) return;
  const { line, message, mend } = problem;
  throw new MsbError('broken-template', `${basename(file)}: ${message}`, mend, { file, ...(line && { line }) });
}

/** What a module makes of core. Throws `broken-template` with what it throws. */
async function codeOf(file: string, msb: object): Promise<Partial<OutsideCode>> {
  try {
    const { default: define } = await import(pathToFileURL(file).href);
    return typeof define === 'function' ? define(msb) : {};
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new MsbError(
      'broken-template',
      `${basename(dirname(file))}/${basename(file)} can't be loaded: ${reason}`,
      'Fix it: its default export is called with core.',
      { file },
    );
  }
}

async function readEcosystem(folder: string, msb: object): Promise<OutsideEcosystem> {
  const path = join(folder, 'ecosystem.json');
  mustFollow(path, 'ecosystem', /contract|means nothing|lacks/); // another contract may have other keys
  const manifest = readManifest(folder);
  mustFollow(path, 'ecosystem');
  const file = modules.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  const { detect, workspace, context, images } = file === undefined ? {} : await codeOf(file, msb);
  if (typeof detect !== 'function') {
    throw new MsbError(
      'broken-template',
      `${basename(folder)} has no code that reads a project`,
      'Add index.js with: export default (msb) => ({ detect(project, given) { … } }).',
      { file: file ?? join(folder, 'index.js') },
    );
  }
  return {
    manifest,
    folder,
    detect,
    ...(workspace && { workspace }),
    ...(context && { context }),
    ...(images && { images }),
  };
}

const nothingThere = (folder: string): MsbError =>
  new MsbError(
    'broken-template',
    `${folder} has no templates`,
    'It needs a folder with an ecosystem.json, or one named like ours, or _runtime, with a template that replaces ours.',
    { file: folder },
  );
