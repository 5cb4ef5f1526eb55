import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf } from '../project.test.kit.ts';

/** A Pipfile, with its hash as `pipenv verify` of 2026.10.3 has it, and as Pipenv had it before. */
const pipfile = (source = '') =>
  `${source}[packages]\nDjango = "*"\nuvicorn = { extras = ["standard"], version = "*" }\n
[docs]\nSphinx_Design = "*"\n\n[requires]\npython_version = "3.13"\n\n[scripts]\nstart = "uvicorn"\n`;
const pypi = '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\nverify_ssl = true\n\n';
const now = '108f23772592ac56d465ecf62f5bbc4b87abbb81fd4d8c0f0dd8181d1afcbfa4';
const before = '7b0a07fc74a99bdfbc0ae8a0fa95c9bb36719f98a79e20815b8acc1d7653d2d5';

const files = (sha256: string, source = '') => ({
  Pipfile: pipfile(source),
  'Pipfile.lock': JSON.stringify({
    _meta: { hash: { sha256 }, sources: [{ name: 'pypi' }] },
    default: { django: { version: '==6' }, uvicorn: { version: '==1' } },
  }),
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
  'site/settings.py': 'WSGI_APPLICATION = "site.wsgi.application"\n',
  'site/wsgi.py': '',
  'site/asgi.py': '',
});

describe('The hash of a Pipfile', () => {
  test.each(['', pypi])('of this Pipenv is verified', (source) => {
    expect(detectIn(files(now, source)).notes).toEqual([]);
    expect(dockerfileOf(files(now, source))).toContain('/opt/pipenv/bin/pipenv verify');
  });

  test('of an older Pipenv is known here, and not to pipenv verify', () => {
    expect(detectIn(files(before)).notes.map(({ message }) => message)).toEqual([
      'Pipfile.lock has the hash of an older Pipenv, so the build takes it without pipenv verify',
    ]);
    expect(dockerfileOf(files(before))).not.toContain('verify');
  });

  test('of another Pipfile is told now, and stops the build later', () => {
    expect(detectIn(files('0000')).notes.map(({ message }) => message)).toEqual([
      'Pipfile.lock was not made of this Pipfile, so the build will stop there',
    ]);
    expect(dockerfileOf(files('0000'))).toContain('/opt/pipenv/bin/pipenv verify');
  });
});
