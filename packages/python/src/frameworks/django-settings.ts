import { type Note, type Place, type Project, pathWord, shellWord } from '@msb/core';
import type { StartContext } from '../start/candidate.ts';

/** The settings of a Django project. */
export interface Settings {
  /** As Python names it: `shop.settings`. */
  readonly module: string | undefined;
  /** The files that it is made of, the module itself first. */
  readonly files: readonly string[];
}

/** The settings that the first of these files names, and those that they are based on. */
export function settingsOf(project: Project, inFolder: (path: string) => string, entries: readonly string[]): Settings {
  const hit = project.search(entries, [
    /DJANGO_SETTINGS_MODULE["']\s*,\s*(?:[^"']*\(\s*)?["']([\w.]+)["']/,
    /DJANGO_SETTINGS_MODULE["']\]\s*=\s*["']([\w.]+)["']/,
  ]);
  const module = hit?.match[1];
  if (module === undefined) return { module, files: [] };
  const path = inFolder(module.replaceAll('.', '/'));
  const own = [`${path}.py`, `${path}/__init__.py`].filter((file) => project.has(file));
  const folder = own[0]?.split('/').slice(0, -1).join('/') ?? '';
  const based = [
    ...project.matches(own, /^\s*from\s+\.(\w+)\s+import|^\s*from\s+[\w.]*settings\.(\w+)\s+import/),
  ].flatMap(({ match }) => {
    const name = match[1] ?? match[2];
    return name === undefined ? [] : [`${folder}/${name}.py`].filter((file) => project.has(file));
  });
  return { module, files: [...new Set([...own, ...based])] };
}

/** `os.environ["X"]`, `env("X")`, `env.str("X")`, `config("X")`, `os.getenv("X")` without a default. */
const required =
  /(?:\benviron\[\s*|\b(?:env|config)(?:\.(?:str|url|db|db_url|list|bool|int))?\(\s*)["']([A-Z][A-Z0-9_]*)["']\s*(?:[\])]|,\s*cast\s*=\s*\w+\s*\))/;

/** Variables that the settings can't do without. */
export function variablesWithoutDefault(
  project: Project,
  files: readonly string[],
): readonly { readonly name: string; readonly place: Place }[] {
  const found = new Map<string, Place>();
  for (const { match, file, line } of project.matches(files, required)) {
    const name = match[1] ?? '';
    if (!found.has(name) && !/^\s*#/.test(match.input)) found.set(name, { file, line });
  }
  return [...found].map(([name, place]) => ({ name, place }));
}

/** Something of the right form for a variable, while static files are collected: nothing is asked of what it names. */
function placeholder(name: string): string {
  if (/DATABASE|(^|_)DB_URL/.test(name)) return 'sqlite:////tmp/build.sqlite3';
  if (/REDIS|CACHE|BROKER/.test(name)) return 'redis://localhost';
  if (/DEBUG|USE_|ENABLE|_TLS|_SSL/.test(name)) return 'False';
  if (/PORT|TIMEOUT|_AGE|SECONDS|_SIZE/.test(name)) return '1';
  return /URL|URI|HOST|DOMAIN/.test(name) ? 'http://localhost' : 'build';
}

/** The command that collects the static files, where there is a folder for them. */
export function staticCommand(
  { project, packages }: StartContext,
  { module, files }: Settings,
  folder: string,
): { readonly command: string | undefined; readonly notes: readonly Note[] } {
  const app = project.search(files, [/["']django\.contrib\.staticfiles["']/]);
  const root = project.search(files, [/^\s*STATIC_ROOT\s*(?::[^=]+)?=\s*(?!None)\S/]);
  if (app === undefined) return { command: undefined, notes: [] };
  if (root === undefined) {
    const message = 'STATIC_ROOT is not set, so no static files are collected into the image';
    const hint = "Set STATIC_ROOT = BASE_DIR / 'staticfiles', and let WhiteNoise or a web server hand them out.";
    return { command: undefined, notes: [{ message, hint, place: { file: app.file, line: app.line } }] };
  }
  const env = [
    ...(module === undefined ? [] : [`DJANGO_SETTINGS_MODULE=${shellWord(module)}`]),
    ...variablesWithoutDefault(project, files).map(({ name }) => `${name}=${shellWord(placeholder(name))}`),
  ];
  const serves = packages.has('whitenoise') || packages.has('servestatic') || packages.has('django-storages');
  const unserved: Note = {
    message: 'Static files are collected, and nothing in the image hands them out',
    hint: 'Add WhiteNoise (https://whitenoise.readthedocs.io), or serve STATIC_ROOT from a web server or a bucket.',
    place: { file: root.file, line: root.line },
  };
  return {
    command: [...env, manageCommand(folder, 'collectstatic', '--noinput')].join(' '),
    notes: serves ? [] : [unserved],
  };
}

/** A command of manage.py. */
const manageCommand = (folder: string, ...words: readonly string[]): string => {
  const file = folder === '' ? 'manage.py' : `${pathWord(folder, 'The folder of manage.py')}/manage.py`;
  return ['python', file, ...words.map((word) => shellWord(word))].join(' ');
};
