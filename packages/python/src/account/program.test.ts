import { describe, expect, test } from 'vitest';
import { dockerfileOf, type Files, factOf, proposeIn } from '../project.test.kit.ts';
import type { Account } from './settle.ts';

/** The lists of a plan. */
const listsOf = (files: Files): Account['lists'] => proposeIn(files, { runtime: 'slim' }).plan as Account['lists'];

const system = (backend: string): string =>
  `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend}.build_meta"\n`;
const packaged = (code: string, more: Files = {}, backend = 'setuptools', table = ''): Files => ({
  'pyproject.toml': `[project]\nname = "shop"\nversion = "1"\ndependencies = []\n[project.scripts]\nshop = "shop.main:main"\n${system(backend)}${table}`,
  'src/shop/__init__.py': '',
  'src/shop/main.py': code,
  ...more,
});
const isLinked = (files: Files): boolean => /install --no-deps -e \./.test(dockerfileOf(files, { runtime: 'slim' }));

describe('files among the modules of a package', () => {
  const template = { 'src/shop/templates/page.html': '' };

  test('that its wheel lacks make it be installed as a link to its sources', () => {
    const files = packaged('', template);
    expect(isLinked(files)).toBe(true);
    expect(dockerfileOf(files, { runtime: 'slim' })).toContain('COPY --link --from=build /app /app');
    expect(factOf(files, 'sources')).toBe(
      'are what is installed, as for development: a wheel would not have src/shop/templates/page.html ← src/shop/templates/page.html',
    );
  });

  test.each([
    ['package-data', '[tool.setuptools.package-data]\nshop = ["templates/*.html"]\n', {}],
    [
      'package-data of all',
      '[tool.setuptools.package-data]\n"*" = ["*.html"]\n',
      { 'src/shop/templates/__init__.py': '' },
    ],
    ['MANIFEST.in', '', { 'MANIFEST.in': 'recursive-include src/shop/templates *.html\n' }],
    ['graft', '', { 'MANIFEST.in': 'graft src\n' }],
    ['setup.cfg', '', { 'setup.cfg': '[options.package_data]\nshop =\n  templates/*.html\n' }],
    ['setup.py', '', { 'setup.py': 'setup(package_data={"shop": ["templates/*"]})' }],
  ])('are in it by %s', (_, table, more) => {
    expect(isLinked(packaged('', { ...template, ...more }, 'setuptools', table))).toBe(false);
  });

  test.each(['hatchling', 'poetry.core.masonry.api', 'flit_core', 'uv_build', 'pdm.backend'])(
    'are in it by %s',
    (backend) => {
      const files = packaged('', template, backend);
      expect(isLinked(files)).toBe(false);
      expect(listsOf(files).reads).toContainEqual({ path: 'src/shop', when: 'build' });
    },
  );

  test('that Hatch is told to leave out are not', () => {
    expect(isLinked(packaged('', template, 'hatchling', '[tool.hatch.build]\nexclude = ["*.html"]\n'))).toBe(true);
  });

  test('of modules in a folder that setuptools does not find', () => {
    const files = packaged('', { 'setup.py': 'setup(packages=find_packages("src"))', 'src/shop/api/main.py': '' });
    expect(isLinked(files)).toBe(true);
  });
});

describe('what code looks for from where it lies', () => {
  test('beside the package is only there with the sources', () => {
    const files = packaged(
      'ROOT = Path(__file__).resolve().parents[2]\ntext = (ROOT / "data" / "words.txt").read_text()\n',
      {
        'data/words.txt': '',
      },
      'hatchling',
    );
    expect(isLinked(files)).toBe(true);
    expect(listsOf(files).reads).toContainEqual({
      path: 'data/words.txt',
      when: 'run',
      place: { file: 'src/shop/main.py', line: 2 },
      at: '/app/data/words.txt',
    });
  });

  test('is no reason where it is the folder that modules come from', () => {
    expect(isLinked(packaged('sys.path.append(str(Path(__file__).parent.parent))\n', {}, 'hatchling'))).toBe(false);
  });
});

describe('what is read is never ignored', () => {
  const ignored = (files: Files): string =>
    proposeIn(files).files.find(({ path }) => path === '.dockerignore')?.text ?? '';

  test.each([
    ['open("README.md")', { 'README.md': '' }, 'README*'],
    ['Path("build/words.txt").read_text()', { 'build/words.txt': '' }, 'build'],
    ['from env import words', { 'env/words.py': '', 'env/__init__.py': '' }, 'env'],
    ['from tests.words import text', { 'tests/words.py': '' }, 'tests'],
    ['sqlite3.connect("db.sqlite3")', { 'db.sqlite3': '' }, '**/db.sqlite3'],
  ])('%s', (code, more, pattern) => {
    const lines = ignored({ 'requirements.txt': '', 'main.py': `${code}\n`, ...more }).split('\n');
    expect(lines).not.toContain(pattern);
    expect(ignored({ 'requirements.txt': '', 'main.py': '' }).split('\n')).toContain(pattern);
  });
});

describe('what a program writes', () => {
  test.each([
    ['Path(".sesskey").write_text("x")', '.sesskey', 'file'],
    ['open("out/log.txt", "a")', 'out/log.txt', 'file'],
    ['os.makedirs("uploads", exist_ok=True)', 'uploads', 'folder'],
    ['create_engine("sqlite:///./app.db")', 'app.db', 'file'],
    ['create_engine(os.getenv("DATABASE_URL", "sqlite+aiosqlite:///app.db"))', 'app.db', 'file'],
    ['f"sqlite:///{BASE}/x.db"\nBASE = Path(__file__).parent', 'x.db', 'file'],
    ['sqlite3.connect("/data/x.db")', '/data/x.db', 'file'],
    ['handler = RotatingFileHandler("app.log", maxBytes=1)', 'app.log', 'file'],
    ['LOGGING = {"handlers": {"file": {"filename": "logs/app.log"}}}', 'logs/app.log', 'file'],
    ['app.config["UPLOAD_FOLDER"] = "uploads"', 'uploads', 'folder'],
    ['MEDIA_ROOT = BASE_DIR / "media"\nBASE_DIR = Path(__file__).parent', 'media', 'folder'],
    ['open(f"cache/{key}.json", "w")', 'cache', 'folder'],
    ['chromadb.PersistentClient(path="./chroma")', 'chroma', 'folder'],
  ])('%s', (code, path, kind) => {
    const { writes } = listsOf({ 'requirements.txt': '', 'main.py': `${code}\n` });
    expect(writes).toEqual([{ path, kind, place: { file: 'main.py', line: 1 } }]);
  });

  test.each(['    print(x)', '    text = BASE', '    text = name'])('in brackets that begin a line: %s', (before) => {
    const code = `import pathlib\nBASE = pathlib.Path(__file__).parent\ndef keep(x):\n${before}\n    (BASE / "uploads" / "last.txt").write_text(x)\n`;
    const { writes } = listsOf({ 'requirements.txt': '', 'main.py': code });
    expect(writes).toEqual([{ path: 'uploads/last.txt', kind: 'file', place: { file: 'main.py', line: 5 } }]);
  });

  test.each([
    'open("/tmp/x", "w")',
    'sqlite3.connect(":memory:")',
    'print("sqlite:///")',
    'name.endswith(".db")',
    'ENGINE = "django.db.backends.sqlite3"',
    'open("x")',
  ])('not: %s', (code) => {
    expect(listsOf({ 'requirements.txt': '', 'main.py': `${code}\n` }).writes).toEqual([]);
  });

  test('with a framework that does so unasked', () => {
    const files = { 'requirements.txt': 'python-fasthtml\nuvicorn\n', 'main.py': 'app, rt = fast_app()\n' };
    expect(listsOf(files).writes).toEqual([{ path: '.sesskey', kind: 'file', place: { file: 'main.py', line: 1 } }]);
    const flask = {
      'requirements.txt': 'flask\nflask-sqlalchemy\ngunicorn\n',
      'app.py': 'app = Flask(__name__)\napp.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///app.db"\n',
    };
    expect(listsOf(flask).writes).toEqual([{ path: 'instance', kind: 'folder', place: { file: 'app.py', line: 2 } }]);
  });
});

describe('settings and tools', () => {
  const settings = (code: string): readonly string[] =>
    listsOf({ 'requirements.txt': '', 'main.py': code }).settings.map(({ name }) => name);

  test.each([
    ['import os\ntoken = os.environ["TOKEN"]\n', ['TOKEN']],
    ['import logging, os, sys\ntoken = os.environ["TOKEN"]\n', ['TOKEN']],
    ['import sys; import os\ntoken = os.environ["TOKEN"]\n', ['TOKEN']],
    ['import json, os.path as paths\ntoken = os.environ["TOKEN"]\n', ['TOKEN']],
    ['import sys, decouple\nkey = decouple.config("KEY")\n', ['KEY']],
    ['import io, environ\nenv = environ.Env()\nname = env("NAME")\n', ['NAME']],
    ['import sys, osmium\ntoken = os.environ["TOKEN"]\n', []],
    ['from os import environ, path\ntoken = environ["TOKEN"]\n', ['TOKEN']],
    ['import os\ndef app(environ, start):\n    url = environ["PATH_INFO"]\n', []],
    ['import os\nos.environ["X"] = "1"\nif "Y" in os.environ:\n    os.environ["Y"]\n', []],
    [
      'from decouple import config\nkey = config("KEY")\nport = config("WEB_PORT", default=1)\nn = config("N", cast=int)\n',
      ['KEY', 'N'],
    ],
    ['from environs import Env\nenv.str("NAME")\nenv.int("AGE", 3)\n', ['NAME']],
    [
      'class Settings(BaseSettings):\n    """x: text"""\n    api_key: str\n    debug: bool = False\n    url: str = Field(..., alias="BASE_URL")\n    more: int = Field(default=1)\n    model_config = SettingsConfigDict(env_prefix="SHOP_")\n',
      ['SHOP_API_KEY', 'BASE_URL'],
    ],
    ['class A(BaseSettings):\n    x: int = 1\n\nclass B(A):\n    y: str\n', ['Y']],
  ])('%j', (code, names) => {
    expect(settings(code)).toEqual(names);
  });

  test.each([
    ['subprocess.run(\n    ["ffmpeg", "-i", name])', 'ffmpeg'],
    ['shutil.which("git")', 'git'],
    ['from pdf2image import convert_from_path', 'pdftoppm'],
    ['locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")', 'locale:de_DE.UTF-8'],
    ['ImageFont.truetype("DejaVuSans.ttf", 12)', 'fonts'],
  ])('%s', (code, name) => {
    const { tools } = listsOf({ 'requirements.txt': '', 'main.py': `${code}\n` });
    expect(tools).toEqual([{ name, place: { file: 'main.py', line: 1 } }]);
  });
});

describe('where a program writes', () => {
  const text = (code: string, more: Files): string =>
    dockerfileOf({ 'requirements.txt': '', 'main.py': code, ...more }, { runtime: 'slim' });

  test('a file of the repository is what it starts with', () => {
    const dockerfile = text('sqlite3.connect("app.db")\n', { 'app.db': '' });
    expect(dockerfile).toContain('ln -s /data/app.db /links/app/app.db');
    expect(dockerfile).toMatch(/COPY --link --chown=65532:65532 app\.db \/data\/app\.db/);
  });

  test('so is one that an address names', () => {
    const dockerfile = text('create_engine("sqlite:///./sql_app.db")\n', { 'sql_app.db': '' });
    expect(dockerfile).toMatch(/COPY --link --chown=65532:65532 sql_app\.db \/data\/sql_app\.db/);
  });

  test('so is a folder of the repository', () => {
    const dockerfile = text('os.makedirs("data", exist_ok=True)\n', { 'data/words.csv': '' });
    expect(dockerfile).toMatch(/COPY --link --chown=65532:65532 data \/app\/data/);
    expect(dockerfile).toContain('VOLUME /app/data');
    const file = text('sqlite3.connect("data/app.db")\n', { 'data/words.csv': '' });
    expect(file).toContain('ln -s /data/app.db /links/app/data/app.db');
  });

  test('a folder of code stays one', () => {
    const code = 'DB = Path(__file__).parent / "app.db"\nsqlite3.connect(DB)\n';
    const dockerfile = text('import shop\n', { 'shop/__init__.py': code });
    expect(dockerfile).toContain('ln -s /data/app.db /links/app/shop/app.db');
    expect(dockerfile).toContain('VOLUME /data');
  });
});

describe('what is nowhere', () => {
  const notes = (code: string): string =>
    proposeIn({ 'requirements.txt': '', 'main.py': code }, { runtime: 'slim' })
      .notes.map(({ message }) => message)
      .join('\n');

  test('is said', () => {
    expect(notes('rows = pd.read_csv("data/rows.csv")\n')).toContain(
      "Your app reads data/rows.csv, which isn't in the",
    );
  });

  test('is said of a page that another build makes', () => {
    const code = 'PAGE = Path(__file__).parent / "page"\napp.frontend("/", directory=PAGE)\n';
    expect(notes(code)).toContain("Your app reads page, which isn't in the");
  });

  test.each([
    'if os.path.exists("x.csv"):\n    open("x.csv")\n',
    'open("x.csv", "w")\nopen("x.csv")\n',
    'open("/etc/hosts")\n',
    'path.open("rb")\n',
    'open(name)\n',
  ])('is not, where the program makes it or asks: %j', (code) => {
    expect(notes(code)).not.toContain('Your app reads');
  });
});
