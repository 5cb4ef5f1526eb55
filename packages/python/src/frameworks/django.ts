import { join, type Note, type Place, type Project } from '@msb/core';
import type { RequiredSetting } from '../account/settings.ts';
import type { Candidate, StartContext } from '../start/candidate.ts';
import { settingsOf, staticCommand, variablesWithoutDefault } from './django-settings.ts';
import { noServer, serverCommand, serverFor } from './server.ts';

/** Where manage.py is: at the top, or in the folder of the back end. */
function manageFile(project: Project): string | undefined {
  const files = project.sources().filter((file) => /(^|\/)manage\.py$/.test(file) && file.split('/').length <= 3);
  return files.find((file) => /django/i.test(project.text(file) ?? ''));
}

/** What there is of a Django project. */
interface DjangoProject {
  readonly manage: string;
  readonly folder: string;
  /** The modules that servers load: `shop/wsgi.py`. */
  readonly wsgi: string | undefined;
  readonly asgi: string | undefined;
}

function readDjango({ project, packages, complete }: StartContext): DjangoProject | undefined {
  const manage = manageFile(project);
  if (manage === undefined || (!packages.has('django') && complete)) return undefined;
  const folder = manage.split('/').slice(0, -1).join('/');
  const inside = project.sources().filter((file) => file.startsWith(folder === '' ? '' : `${folder}/`));
  const find = (name: RegExp): string | undefined => inside.find((file) => name.test(file));
  return { manage, folder, wsgi: find(/(^|\/)wsgi\.py$/), asgi: find(/(^|\/)asgi\.py$/) };
}

/** A Django project (https://docs.djangoproject.com/en/6.0/howto/deployment/). Throws `unsupported` without a server. */
export function findDjango(context: StartContext): readonly Candidate[] {
  const { packages } = context;
  const django = readDjango(context);
  if (django === undefined) return [];
  const { manage, folder, wsgi, asgi } = django;
  const choices = [
    ...(wsgi ? [{ file: wsgi, server: serverFor(context, 'wsgi') }] : []),
    ...(asgi ? [{ file: asgi, server: serverFor(context, 'asgi') }] : []),
  ];
  // channels speak what WSGI can't
  if (packages.has('channels') || packages.has('daphne')) choices.reverse();
  const chosen = choices.find(({ server }) => server !== undefined);
  if (chosen?.server === undefined) {
    throw noServer('Django', 'wsgi', { file: manage }, `python ${manage} runserver --noreload 0.0.0.0:8000`);
  }
  const module = chosen.file
    .slice(folder === '' ? 0 : folder.length + 1)
    .replace(/\.py$/, '')
    .replaceAll('/', '.');
  const target = `${module}:application`;
  const text = serverCommand(chosen.server, target, false);
  return [{ text, about: `the Django application ${target}`, place: { file: chosen.file }, folder, certain: true }];
}

/** A command that the build runs among the sources, and what it is for. */
export interface BuildStep {
  readonly command: string;
  readonly about: string;
}

/** What a Django project needs. */
export interface DjangoNeeds {
  readonly build: readonly BuildStep[];
  /** Variables that its settings don't do without. */
  readonly settings: readonly RequiredSetting[];
  readonly notes: readonly Note[];
}

/** What a Django project needs of the build, whatever starts it, and of those who run it. */
export function djangoSteps(context: StartContext): DjangoNeeds {
  const django = readDjango(context);
  if (django === undefined) return { build: [], settings: [], notes: [] };
  const { manage, folder, wsgi, asgi } = django;
  const entries = [wsgi, asgi, manage].filter((file) => file !== undefined);
  const settings = settingsOf(context.project, (path) => join(folder, path), entries);
  const collected = staticCommand(context, settings, folder);
  return {
    build: collected.command === undefined ? [] : [{ command: collected.command, about: 'collects the static files' }],
    settings: variablesWithoutDefault(context.project, settings.files),
    notes: [...collected.notes, ...settingNotes(context, settings)],
  };
}

/** What somebody has to bring when it runs. */
function settingNotes({ project }: StartContext, { files }: ReturnType<typeof settingsOf>): readonly Note[] {
  const hosts = project.search(files, [
    /^\s*ALLOWED_HOSTS\s*(?::[^=]+)?=\s*\[\s*\]/,
    /^\s*ALLOWED_HOSTS\s*(?::[^=]+)?=(?!.*(?:environ|env|config)).*(?:localhost|127\.0\.0\.1)/,
  ]);
  const key = project.search(files, [/^\s*SECRET_KEY\s*=\s*["'].+["']/]);
  const at = (hit: { file: string; line: number }): Place => ({ file: hit.file, line: hit.line });
  return [
    ...(hosts
      ? [
          {
            message: 'ALLOWED_HOSTS names no host that others would ask for, and Django answers those with 400',
            hint: "Take it from the environment: ALLOWED_HOSTS = os.environ.get('ALLOWED_HOSTS', 'localhost').split(',').",
            place: at(hosts),
          },
        ]
      : []),
    ...(key
      ? [
          {
            message: 'SECRET_KEY stands in the settings, so everybody who has the image has it',
            hint: "Take it from the environment: SECRET_KEY = os.environ['SECRET_KEY'].",
            place: at(key),
          },
        ]
      : []),
  ];
}
