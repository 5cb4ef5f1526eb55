import { describe, expect, test } from 'vitest';
import { dockerfileOf, type Files, proposeIn, stageOf, web } from './project.test.kit.ts';

/** The stage with the tests. */
const stage = (files: Files, options = {}): string => stageOf('test', files, { bake: true, ...options });

const tested: Files = { 'tests/test_app.py': 'def test_app():\n    pass\n' };
const groups =
  '[dependency-groups]\ndev = ["ruff"]\ntest = ["pytest>=8", {include-group = "dev"}]\ndocs = ["sphinx"]\n';
const plain = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n';
const lock = 'version = 1\n';

describe('pytest', () => {
  test('comes with the groups for development by uv', () => {
    const files = web({ ...tested, 'pyproject.toml': plain + groups, 'uv.lock': lock });
    expect(stage(files)).toContain(
      '/opt/uv/bin/uv sync --locked --group dev --group test --no-editable --no-install-project',
    );
    expect(stage(files)).toContain('target=uv.lock');
    expect(stage(files)).toMatch(/\nRUN python -m pytest$/);
    const extra = web({
      ...tested,
      'pyproject.toml': `${plain}[project.optional-dependencies]\nci = ["pytest"]\n[tool.uv]\n`,
    });
    expect(stage(extra)).toContain('uv sync --no-dev --extra ci --no-editable');
  });

  test('comes with what Poetry, PDM and Pipenv have it in', () => {
    const poetry = `${plain}[tool.poetry]\npackage-mode = false\n[tool.poetry.group.test.dependencies]\npytest = "*"\n`;
    const list = stage(web({ ...tested, 'pyproject.toml': poetry, 'poetry.lock': '' }));
    expect(list).toContain('poetry export --output /tmp/requirements.txt --only main,test');
    expect(list).toContain('install -r /tmp/requirements.txt');
    const pdm = `${plain}[tool.pdm]\ndistribution = false\n[tool.pdm.dev-dependencies]\ntest = ["pytest"]\n`;
    expect(stage(web({ ...tested, 'pyproject.toml': pdm, 'pdm.lock': '' }))).toContain(
      'pdm install --no-editable --frozen-lockfile --check --no-self',
    );
    const pipenv = { Pipfile: '[packages]\nfastapi = "*"\nuvicorn = "*"\n[dev-packages]\npytest = "*"\n' };
    const { 'pyproject.toml': _, ...rest } = web({ ...tested, ...pipenv });
    expect(stage(rest)).toContain('/opt/pipenv/bin/pipenv install --dev --skip-lock');
    const nameless = {
      ...rest,
      'Pipfile.lock': JSON.stringify({ _meta: { sources: [{}] }, default: {}, develop: {} }),
    };
    expect(stage(nameless)).toContain('/opt/pipenv/bin/pipenv requirements --dev --hash > /tmp/requirements.txt');
  });

  test.each(['x\nRUN touch /x', '$(touch /x)', "x']; import os #", '-r'])(
    'a list that is called %j reaches no command',
    (name) => {
      const list = `${plain}[dependency-groups]\n${JSON.stringify(name)} = ["pytest"]\ntest = ["pytest"]\n`;
      const text = dockerfileOf(web({ ...tested, 'pyproject.toml': list, 'uv.lock': lock }), { bake: true });
      expect(text).toContain('--group test');
      expect(text).not.toContain(name);
    },
  );

  test('comes from a requirements file, or from lists of pyproject.toml, by pip', () => {
    const { 'pyproject.toml': _, ...rest } = web(tested);
    const files = {
      ...rest,
      'requirements.txt': 'fastapi\nuvicorn\n',
      'requirements-dev.txt': '-r requirements.txt\npytest\n',
    };
    expect(stage(files)).toContain('pip --python /opt/venv install -r requirements-dev.txt');
    const build = '[build-system]\nrequires = ["setuptools"]\n';
    expect(stage(web({ ...tested, 'pyproject.toml': plain + groups + build }))).toContain(
      "p['dependency-groups']['test']",
    );
  });

  test('finds its folder, which no other stage has', () => {
    const files = web({ ...tested, 'pyproject.toml': plain + groups, 'uv.lock': lock });
    const text = dockerfileOf(files, { bake: true });
    expect(text).toContain('FROM deps AS build\nCOPY --exclude=tests . .\n');
    expect(stage(files)).toContain('\nCOPY . .\n');
    const ignored = (options: object): readonly string[] =>
      proposeIn(files, { ...options })
        .files.find(({ path }) => path === '.dockerignore')
        ?.text.split('\n') ?? [];
    expect(ignored({ bake: true })).not.toContain('tests');
    expect(ignored({})).toContain('tests');
    expect(dockerfileOf(files)).toContain('FROM deps AS build\nCOPY . .\n');
  });

  test('is not run where there are no tests, no bake file, or no wish', () => {
    const pyproject = { 'pyproject.toml': plain + groups, 'uv.lock': lock };
    expect(stage(web(pyproject))).toBe('');
    expect(stage(web({ ...tested, ...pyproject }), { bake: false })).toBe('');
    expect(stage(web({ ...tested, ...pyproject }), { tests: false })).toBe('');
    expect(stage(web(tested))).toBe('');
  });
});

describe('unittest', () => {
  const unit = 'import unittest\n';

  test('is run where a test imports it, from the folder that has them', () => {
    expect(stage(web({ 'test_app.py': unit }))).toMatch(/AS test\nCOPY \. \.\nRUN python -m unittest discover$/);
    expect(stage(web({ 'tests/test_app.py': unit }))).toContain('discover -s tests');
    expect(stage(web({ 'tests/test_app.py': unit, 'tests/__init__.py': '' }))).toMatch(/discover$/);
  });

  test("is Django's command for Django, unless its database is a server", () => {
    const django: Files = {
      'requirements.txt': 'django\ngunicorn\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
      'site/__init__.py': '',
      'site/settings.py': 'WSGI_APPLICATION = "site.wsgi.application"\n',
      'site/wsgi.py': 'application = None\n',
      'pages/tests.py': 'from django.test import TestCase\n',
    };
    expect(stage(django)).toMatch(/RUN python manage.py test$/);
    const server = 'WSGI_APPLICATION = "site.wsgi.application"\nENGINE = "django.db.backends.postgresql"\n';
    expect(stage({ ...django, 'site/settings.py': server })).toBe('');
  });
});
