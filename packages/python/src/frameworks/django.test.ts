import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, type Files, notesOf, proposeIn } from '../project.test.kit.ts';

const settings = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = BASE_DIR / "static"\n';
const django = (more: Files = {}, names = 'django==5\ngunicorn==23\n'): Files => ({
  '.python-version': '3.13\n',
  'requirements.txt': names,
  'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings.dev")\nimport django\n',
  'site/__init__.py': '',
  'site/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings.prod")\n',
  'site/asgi.py': '',
  'site/settings/base.py': settings,
  'site/settings/prod.py': 'from .base import *\nKEY = os.environ["SECRET_KEY"]\nDB = env("DATABASE_URL")\n',
  ...more,
});

describe('Django', () => {
  test('collects static files with the settings of production, and stand-ins for what those need', () => {
    expect(dockerfileOf(django())).toContain(
      'DJANGO_SETTINGS_MODULE=site.settings.prod SECRET_KEY=build DATABASE_URL=sqlite:////tmp/build.sqlite3 python manage.py collectstatic --noinput',
    );
    expect(notesOf(django())).toEqual(['Static files are collected, and nothing in the image hands them out']);
    expect(proposeIn(django()).notes.map(({ message }) => message)).toContain(
      'Your app needs SECRET_KEY and DATABASE_URL to start',
    );
  });

  test('collects none where there is no folder for them, and says so', () => {
    const files = django({ 'site/settings/base.py': 'INSTALLED_APPS = ["django.contrib.staticfiles"]\n' });
    expect(dockerfileOf(files)).not.toContain('collectstatic');
    expect(notesOf(files)[0]).toBe('STATIC_ROOT is not set, so no static files are collected into the image');
  });

  test('a key in the settings and hosts that nobody asks for are said', () => {
    const base = `${settings}SECRET_KEY = "abc"\nALLOWED_HOSTS = []\n`;
    const notes = notesOf(django({ 'site/settings/base.py': base })).join('\n');
    expect(notes).toContain('SECRET_KEY stands in the settings');
    expect(notes).toContain('ALLOWED_HOSTS names no host');
  });

  test('is served by what is there: WSGI first, ASGI for channels', () => {
    expect(detectIn(django()).found.start).toBe('gunicorn site.wsgi:application');
    expect(detectIn(django({}, 'django==5\nuvicorn==1\n')).found.start).toBe('uvicorn site.asgi:application');
    expect(detectIn(django({}, 'django==5\nchannels==4\ngunicorn==1\nuvicorn==1\n')).found.start).toBe(
      'uvicorn site.asgi:application',
    );
    expect(errorOf(() => detectIn(django({}, 'django==5\n')))).toMatch(
      /^unsupported at manage.py: Django needs a server/,
    );
  });

  test('in a folder of its own is started there', () => {
    const files: Files = Object.fromEntries(
      Object.entries(django()).map(([path, text]) => [/^requirements|^\./.test(path) ? path : `api/${path}`, text]),
    );
    const text = dockerfileOf(files);
    expect(text).toContain('python api/manage.py collectstatic');
    expect(text).toContain('WORKDIR /app/api\n');
  });

  test('started by a Procfile is built alike', () => {
    const text = dockerfileOf(django({ Procfile: 'web: gunicorn site.wsgi' }));
    expect(text).toContain('manage.py collectstatic --noinput');
    expect(text).toContain('"site.wsgi", "--bind"');
  });
});
