import { join, MsbError, type Note, type Place } from '@msb/core';
import { readConfig } from '../config.ts';
import type { Framework, FrameworkContext, MadeSite } from '../framework.ts';
import { publicVariables } from '../public.ts';
import { afterBuild, type MapSetting } from './after.ts';
import { immutableFiles } from './immutable.ts';
import { type Settings, settingsOf } from './settings.ts';

/** A value of the configuration, with what it is unless something says otherwise. */
export interface Setting {
  /** Its name in the configuration, `outDir`. */
  readonly key?: string;
  /** The flag of the command that builds, `--outDir`. */
  readonly flag?: string;
  readonly usual: string;
}

/** What is known of a framework that makes files for browsers. */
export interface SiteRow {
  readonly title: string;
  /** It is asked where package.json depends on any of these. */
  readonly packages: readonly string[];
  /** What builds where no script does. */
  readonly command?: string;
  /** Its configuration is code in a file of this name: `vite.config`. */
  readonly config?: string | ((context: FrameworkContext) => string | undefined);
  /** Whether this project uses it for a site of files. */
  is?(settings: Settings): boolean;
  /** The folder that all others are in, `.` unless the configuration says so. */
  readonly root?: Setting;
  /** The folder with what the build makes. */
  readonly folder: Setting | ((settings: Settings) => { readonly value: string; readonly place?: Place });
  /** Where the site begins. */
  readonly base?: Setting | ((settings: Settings) => { readonly value: string; readonly place?: Place });
  /** The page whose script knows all others. */
  readonly fallback?: string | ((settings: Settings) => string | undefined);
  /** Where files with a hash in their names are: folders below the base, or patterns for the end of a path. */
  readonly immutable: readonly string[] | ((settings: Settings) => readonly string[]);
  /** The folder whose files are copied as they are; in one of the immutable folders they have no hash. */
  readonly copied?: string;
  /** Variables that the build writes into what browsers get. */
  readonly prefixes?: readonly string[];
  readonly env?: Readonly<Record<string, string>> | ((settings: Settings) => Readonly<Record<string, string>>);
  readonly caches?: readonly string[];
  /** The settings that ask for source maps. */
  readonly maps?: MapSetting | ((settings: Settings) => boolean);
  /** Files in the project's own folder that the build reads although they look like documentation. */
  readonly pages?: RegExp;
}

/** A framework of one row. Throws `unsupported` for an output outside of the project. */
export const site = (row: SiteRow): Framework => ({
  title: row.title,
  packages: row.packages,
  ...(row.command !== undefined && { command: row.command }),
  detect: (context) => made(row, context),
});

function made(row: SiteRow, context: FrameworkContext): MadeSite | undefined {
  const name = typeof row.config === 'function' ? row.config(context) : row.config;
  const settings = settingsOf(context, name === undefined ? undefined : readConfig(context.project, name));
  if (row.is && !row.is(settings)) return undefined;
  const root = row.root ? inside(settings.read(row.root)) : '';
  const output = typeof row.folder === 'function' ? row.folder(settings) : settings.read(row.folder);
  const below = output.value.startsWith('/') ? output.value : join(root, output.value);
  const folder = inside({ ...output, value: below });
  const base = typeof row.base === 'function' ? row.base(settings) : settings.read(row.base ?? { usual: '/' });
  const fallback = typeof row.fallback === 'function' ? row.fallback(settings) : row.fallback;
  const immutable = typeof row.immutable === 'function' ? row.immutable(settings) : row.immutable;
  const place = output.place ?? base.place;
  return {
    kind: 'site',
    about: `site in ${folder}`,
    place,
    folder,
    site: {
      base: basePath(base.value),
      ...(fallback !== undefined && { fallback }),
      immutable: immutableFiles(context.project, immutable, join(root, row.copied ?? 'public')),
    },
    build: {
      outputs: [folder],
      env: typeof row.env === 'function' ? row.env(settings) : (row.env ?? {}),
      caches: row.caches ?? [],
      variables: (row.prefixes ?? []).flatMap((prefix) => publicVariables(context.project, prefix)),
      after: afterBuild(folder, asksForMaps(row, settings)),
      needs: row.pages ? context.project.list().filter((file) => row.pages?.test(file)) : [],
    },
    notes: computed(row, settings),
  };
}

const asksForMaps = ({ maps }: SiteRow, settings: Settings): boolean =>
  typeof maps === 'function' ? maps(settings) : maps !== undefined && settings.asks(maps);

/** A folder in the project: `./dist/` → `dist`. */
function inside({ value, place }: { readonly value: string; readonly place?: Place }): string {
  const folder = join(value);
  if (!value.startsWith('/') && !folder.startsWith('..') && folder !== '') return folder;
  if (folder === '' && !value.startsWith('/')) return '';
  throw new MsbError(
    'unsupported',
    `What the build makes goes to ${JSON.stringify(value)}, which is not inside the project`,
    'Let it go to a folder of the project.',
    place,
  );
}

/** Where a site begins: `docs`, `/docs` and `https://example.com/docs/` → `/docs/`; a relative base fits anywhere. */
export function basePath(base: string): string {
  const [, ofUrl] = /^(?:https?:)?\/\/[^/]+(\/.*)?$/.exec(base) ?? [];
  const path = join(ofUrl ?? (/^(?:https?:)?\/\//.test(base) ? '' : base)).replace(/^(\.\.(\/|$))+/, '');
  return path === '' ? '/' : `/${path}/`;
}

/** A base that the configuration computes is not known, and `/` is a guess. */
function computed({ base }: SiteRow, settings: Settings): readonly Note[] {
  if (typeof base === 'function' || base?.key === undefined) return [];
  const place = settings.computed(base);
  if (place === undefined) return [];
  return [
    {
      message: `The configuration computes ${base.key}, so the site is taken to begin at ${base.usual}`,
      hint: `If it begins elsewhere, write ${base.key} as plain text.`,
      place,
    },
  ];
}
