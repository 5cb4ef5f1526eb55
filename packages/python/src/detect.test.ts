import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, type Files, factOf, notesOf, proposeIn, web } from './project.test.kit.ts';

describe('a project that is a package', () => {
  const build = '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n';
  const packaged = (more: Files = {}, table = build): Files => ({
    'pyproject.toml': `[project]\nname = "the-shop"\ndynamic = ["version"]\nreadme = "README.md"\ndependencies = ["fastapi==1", "uvicorn==1"]\n${table}`,
    'README.md': '',
    'src/the_shop/main.py': 'app = FastAPI()\n',
    ...more,
  });

  test('is installed, with its readme and a version that Git would have told', () => {
    const { files } = proposeIn(packaged(), { runtime: 'slim' });
    const [dockerfile, ignore] = files.map(({ text }) => text);
    expect(dockerfile).toContain('ARG VERSION=0.0.0\nENV SETUPTOOLS_SCM_PRETEND_VERSION=$VERSION');
    expect(dockerfile).toContain('pip --python /opt/venv install --no-deps .');
    expect(dockerfile).not.toContain('COPY --link --from=build /app');
    expect(ignore).not.toContain('*.md');
  });

  test('ships its sources, too, where they name files there', () => {
    const files = packaged({ 'src/the_shop/pages.py': 'Jinja2Templates("templates")\n', 'templates/index.html': '' });
    expect(factOf(files, 'sources')).toBe(
      'ship beside the installed project, since they name files there ← src/the_shop/pages.py:1',
    );
    expect(dockerfileOf(files)).toContain('COPY --link --from=build /app /app');
  });

  test('without the package that its name says is run from its sources', () => {
    const files = packaged({ 'src/the_shop/main.py': '', 'app/main.py': 'app = FastAPI()\n' });
    const { 'src/the_shop/main.py': _, ...rest } = files;
    expect(notesOf(rest).join()).toContain('there is no package the_shop, so it is run from its sources');
    expect(dockerfileOf(rest)).toContain('python -m compileall');
  });
});

describe('a package that lies deeper', () => {
  const start = (tool: string, folder: string): unknown => {
    const files = {
      'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n[build-system]\nrequires = ["x"]\n${tool}\n`,
      [`${folder}/app/__init__.py`]: '',
      [`${folder}/app/server/main.py`]: 'from fastapi import FastAPI\nfrom app.words import word\n\napp = FastAPI()\n',
    };
    return /uvicorn", "([^"]+)"/.exec(dockerfileOf(files, { runtime: 'slim' }))?.[1];
  };

  test.each([
    ['[tool.hatch.build.targets.wheel]\npackages = ["src/py/app"]', 'src/py'],
    ['[tool.hatch.build.targets.wheel]\npackages = ["backend/app"]', 'backend'],
    ['[tool.hatch.build.targets.wheel]\nonly-include = ["src/app"]', 'src'],
    ['[tool.poetry]\npackages = [{ include = "app", from = "lib" }]', 'lib'],
  ])('is imported by its own name: %s', (tool, folder) => {
    expect(start(tool, folder)).toBe('app.server.main:app');
  });
});

describe('what is not Python', () => {
  const named = (...names: readonly string[]): Files =>
    web({ 'requirements.txt': `fastapi==1\nuvicorn==1\n${names.join('\n')}\n` });

  test('a compiler is in the build, and libraries alone in the image', () => {
    const [build = '', image = ''] = dockerfileOf(named('mysqlclient==2')).split('AS tools');
    expect(build).toContain('apt-get install -y --no-install-recommends libmariadb3');
    expect(image).toContain('default-libmysqlclient-dev gcc libc6-dev pkg-config');
    expect(detectIn(named('mysqlclient==2')).runtimes?.families).toEqual(['slim']);
  });

  test('a wheel that has all makes neither necessary', () => {
    expect(dockerfileOf(named('psycopg==3', 'psycopg-binary==3'))).not.toContain('apt-get');
    expect(dockerfileOf(named('psycopg==3'))).toMatch(/libpq5\nrm/);
  });
});

describe('private indexes', () => {
  const uv = (index: string): Files => ({
    ...web(),
    'uv.toml': '',
    'pyproject.toml': `${web()['pyproject.toml']}\n[[tool.uv.index]]\n${index}`,
  });

  test('credentials are secrets of the build, and of the printed command', () => {
    const files = uv('name = "acme-internal"\nurl = "https://pypi.acme.example/simple"\n');
    expect(dockerfileOf(files)).toContain(
      '--mount=type=secret,id=UV_INDEX_ACME_INTERNAL_PASSWORD,env=UV_INDEX_ACME_INTERNAL_PASSWORD',
    );
    expect(proposeIn(files).plan.secrets?.map(({ id }) => id)).toEqual([
      'UV_INDEX_ACME_INTERNAL_USERNAME',
      'UV_INDEX_ACME_INTERNAL_PASSWORD',
    ]);
  });

  test('variables of an address, and a netrc where there are none', () => {
    const pip = (url: string): Files => ({
      ...web(),
      'requirements.txt': `--extra-index-url ${url}\nfastapi==1\nuvicorn==1\n`,
    });
    expect(dockerfileOf(pip(`https://u:\${TOKEN}@pypi.acme.example/simple`))).toContain(
      'type=secret,id=TOKEN,env=TOKEN',
    );
    expect(dockerfileOf(pip('https://pypi.acme.example/simple'))).toContain('type=secret,id=netrc,target=/root/.netrc');
    expect(dockerfileOf(pip('https://download.pytorch.org/whl/cpu'))).not.toContain('type=secret');
    expect(errorOf(() => detectIn(pip('https://u:open-sesame@pypi.acme.example/simple')))).toMatch(
      /^secret-in-build at requirements.txt:1/,
    );
  });
});

describe("a member of uv's workspace", () => {
  const files: Files = {
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n',
    'uv.lock':
      'version = 1\n[[package]]\nname = "fastapi"\n[[package]]\nname = "uvicorn"\n[[package]]\nname = "words"\n',
    'packages/api/pyproject.toml':
      '[project]\nname = "api"\nversion = "1"\ndependencies = ["fastapi", "uvicorn", "words"]\n[build-system]\nrequires = ["hatchling"]\n',
    'packages/api/src/api/main.py': 'app = FastAPI()\n',
    'packages/words/pyproject.toml': '[project]\nname = "words"\n',
    'packages/words/words.py': '',
    'packages/old/pyproject.toml': '[project]\nname = "old"\n',
  };

  test('is the only program of it, built from the root with the manifests of all', () => {
    const text = dockerfileOf(files, { runtime: 'slim' });
    expect(text).toContain('uv sync --locked --no-dev --package api --no-editable --no-install-workspace');
    expect(text).toContain('source=packages/words/pyproject.toml,target=packages/words/pyproject.toml');
    expect(text).not.toContain('packages/old');
    expect(text).toContain('ENTRYPOINT ["/opt/venv/bin/uvicorn", "api.main:app"');
  });
});

describe('a version that Git would tell', () => {
  const project = (requires: string, more: Files = {}): Files => ({
    'pyproject.toml': `[project]\nname = "shop"\ndynamic = ["version"]\ndependencies = []\n[project.scripts]\nshop = "shop:main"\n[build-system]\nrequires = ["${requires}"]\nbuild-backend = "hatchling.build"\n`,
    'shop/__init__.py': '',
    ...more,
  });

  test('is in a file where no variable tells it', () => {
    const text = dockerfileOf(project('versioningit'), { runtime: 'slim' });
    expect(text).toContain('# PKG-INFO tells the version');
    expect(text).toMatch(
      /ARG VERSION=0\.0\.0\nENV VERSION=\$VERSION\nCOPY \. \.\nRUN .*\n {4}printf '.*' "\$VERSION" > PKG-INFO && \\\n/,
    );
  });

  test('is asked by a script, which is said', () => {
    const files = project('hatchling', { 'hatch_build.py': 'subprocess.check_output(["git", "describe"])\n' });
    expect(notesOf(files)).toContain(
      'A script of the build asks Git, and the build has neither Git nor the repository',
    );
  });
});
