import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, type Files, factOf, notesOf, web } from '../project.test.kit.ts';
import { readCommand, unwrapped } from './words.ts';

const entrypoint = (files: Files, options = {}): unknown =>
  JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfileOf(files, { runtime: 'slim', ...options }))?.[1] ?? 'null');
const requirements = (...names: readonly string[]) => ({ 'requirements.txt': `${names.join('==1\n')}==1\n` });

describe('commands', () => {
  test('are split as a shell would, and the port is understood', () => {
    const read = readCommand(`A=1 exec gunicorn "shop:create_app()" -b 0.0.0.0:\${PORT:-5000}`);
    expect(read.env).toEqual({ A: '1' });
    expect(read.words).toEqual(['gunicorn', 'shop:create_app()', '-b', '0.0.0.0:\u0001']);
    expect(read.port).toBe(5000);
  });

  test.each(['a | b', 'cd a && b', 'a & b', 'a $HOME', 'a "$HOME"', 'a > b', 'a `b`', "a 'b"])(
    '%s needs a shell',
    (text) => {
      expect(readCommand(text).needsShell).toBeDefined();
    },
  );

  test('lose what runs them in an environment', () => {
    expect(unwrapped(['uv', 'run', '--no-sync', 'uvicorn', 'a:b'])).toEqual(['uvicorn', 'a:b']);
    expect(unwrapped(['poetry', 'run', 'python', 'x.py'])).toEqual(['python', 'x.py']);
  });
});

describe('Procfile', () => {
  const files = (line: string, ...names: readonly string[]) => ({
    ...requirements(...names),
    Procfile: line,
    'shop.py': '',
  });

  test('gets an address that others reach', () => {
    expect(entrypoint(files('release: python x\nweb: gunicorn shop:app\n', 'gunicorn'))).toEqual([
      '/opt/venv/bin/gunicorn',
      'shop:app',
      '--bind',
      '0.0.0.0:8000',
      '--worker-tmp-dir',
      '/dev/shm',
    ]);
    expect(entrypoint(files('web: uvicorn shop:app --host 0.0.0.0 --port $PORT', 'uvicorn'), { port: 9000 })).toEqual([
      '/opt/venv/bin/uvicorn',
      'shop:app',
      '--host',
      '0.0.0.0',
      '--port',
      '9000',
    ]);
  });

  test('keeps the address of its own configuration', () => {
    const own = { ...files('web: gunicorn shop:app', 'gunicorn'), 'gunicorn.conf.py': 'bind = "0.0.0.0:5006"\n' };
    expect(entrypoint(own)).not.toContain('--bind');
    expect(factOf(own, 'port')).toBe('5006 ← gunicorn.conf.py:1');
  });

  test('steps before the program belong to a release, and that is said', () => {
    const two = files('web: python manage.py migrate && gunicorn shop:app', 'gunicorn');
    expect(entrypoint(two)).toContain('shop:app');
    expect(notesOf(two).join()).toContain('does not run python manage.py migrate before it starts');
    const three = files(`web: flask db upgrade; python -c "a(); b()"; gunicorn 'shop:app'`, 'gunicorn');
    expect(entrypoint(three)).toContain('shop:app');
    expect(notesOf(three).join()).toContain('does not run flask db upgrade && python -c "a(); b()" before it starts');
  });

  test('that needs a shell, or a program that is not there, is an error with its line', () => {
    const shell = 'unsupported at Procfile:1: The start command needs a shell for "|": "gunicorn shop:app | tee log"';
    expect(errorOf(() => detectIn(files('web: gunicorn shop:app | tee log', 'gunicorn')))).toBe(shell);
    const lock = { Pipfile: '[packages]\nflask = "*"\n', 'Pipfile.lock': '{"default": {"flask": {"version": "==3"}}}' };
    expect(errorOf(() => detectIn({ ...lock, Procfile: 'web: gunicorn shop:app' }))).toBe(
      'unsupported at Procfile:1: The program is started with gunicorn, and gunicorn is not among the dependencies of production',
    );
  });

  test('a script of the shell ships on slim', () => {
    expect(detectIn(files('web: sh start.sh', 'flask')).runtimes?.families).toEqual(['slim']);
    expect(entrypoint(files('web: ./start.sh', 'flask'))).toEqual(['/app/start.sh']);
  });
});

describe('applications', () => {
  const flask = "from flask import Flask\n\n\ndef create_app():\n    return Flask('shop')\n";

  test.each([
    [
      'FastAPI',
      { ...requirements('fastapi', 'uvicorn'), 'app/main.py': 'app = FastAPI(title="x")\n' },
      'uvicorn app.main:app',
    ],
    [
      'an annotated one',
      { ...requirements('fastapi', 'uvicorn'), 'main.py': 'api: FastAPI = FastAPI()\n' },
      'uvicorn main:api',
    ],
    ['a factory', { ...requirements('flask', 'gunicorn'), 'shop/__init__.py': flask }, "gunicorn 'shop:create_app()'"],
    [
      'what a factory made',
      { ...requirements('flask', 'gunicorn'), 'shop/__init__.py': flask, 'wsgi.py': 'application = create_app()\n' },
      'gunicorn wsgi:application',
    ],
    [
      'with extras',
      { 'requirements.txt': 'fastapi[standard]==1\n', 'main.py': 'app = FastAPI()\n' },
      'uvicorn main:app',
    ],
    [
      'Quart on hypercorn',
      { ...requirements('quart', 'hypercorn'), 'app.py': 'app = Quart(__name__)\n' },
      'hypercorn app:app',
    ],
    [
      'Flask on granian',
      { ...requirements('flask', 'granian'), 'app.py': 'app = Flask(__name__)\n' },
      'granian app:app',
    ],
    ['Streamlit', { ...requirements('streamlit'), 'app.py': 'import streamlit as st\n' }, 'streamlit run app.py'],
    ['Sanic', { ...requirements('sanic'), 'server.py': 'app = Sanic("x")\n' }, 'sanic server:app'],
    [
      'Celery',
      { ...requirements('celery'), 'jobs.py': 'queue = Celery("x")\n' },
      'celery --app jobs:queue worker --loglevel INFO',
    ],
  ])('%s', (_, files, start) => expect(detectIn(files).found.start).toBe(start));

  test('a module is named from where its imports are', () => {
    const nested = {
      ...requirements('fastapi', 'uvicorn'),
      'backend/app/main.py': 'from app.routes import all\n\napp = FastAPI()\n',
      'backend/app/routes.py': 'all = []\n',
    };
    expect(detectIn(nested).found.start).toBe('uvicorn app.main:app');
    expect(dockerfileOf(nested)).toContain('WORKDIR /app/backend');
  });

  test('without a server is an error that says what to add', () => {
    const none = { ...requirements('fastapi'), 'main.py': '\napp = FastAPI()\n' };
    expect(errorOf(() => detectIn(none))).toBe(
      'unsupported at main.py:2: FastAPI needs a server, and the dependencies of production have none',
    );
    expect(detectIn(none, { start: 'python main.py' }).facts.some(({ value }) => value === 'python main.py')).toBe(
      true,
    );
  });

  test('tests and examples are none', () => {
    const files = {
      ...requirements('fastapi', 'uvicorn'),
      'tests/main.py': 'app = FastAPI()\n',
      'docs/app.py': 'app = FastAPI()\n',
    };
    expect(errorOf(() => detectIn(files))).toMatch(/^no-entry-point/);
  });
});

describe('scripts and modules', () => {
  const packaged = (scripts: string): Files => ({
    'pyproject.toml': `[project]\nname = "shop"\nversion = "1"\n[project.scripts]\n${scripts}\n[build-system]\nrequires = ["hatchling"]\n`,
    'src/shop/__init__.py': '',
    'src/shop/cli.py': 'def main():\n    print("hello")\n',
  });

  test('the only script, whose image has no sources and no port', () => {
    const files = packaged('greet = "shop.cli:main"');
    expect(factOf(files, 'start')).toBe('the script greet, shop.cli:main ← pyproject.toml:5');
    expect(dockerfileOf(files)).not.toMatch(/COPY .*\/app \/app|EXPOSE/);
    expect(entrypoint(files)).toEqual(['/opt/venv/bin/greet']);
  });

  test('of several the one with the name of the project, else a question', () => {
    const both = 'other = "shop.cli:main"\nshop = "shop.cli:main"';
    expect(detectIn(packaged(both))).toMatchObject({ suggested: { start: 'shop' } });
    const open = detectIn(packaged('one = "shop.cli:main"\ntwo = "shop.cli:main"'));
    expect(open.suggested.start).toBeUndefined();
    expect(open.choices.start?.map(({ value }) => value)).toEqual(['one', 'two']);
  });

  test.each([
    ['__main__.py', { 'shop/__init__.py': '', 'shop/__main__.py': '' }, 'python -m shop'],
    ['main.py', { 'main.py': '' }, 'python main.py'],
    ['a file that is a program', { 'greet.py': 'if __name__ == "__main__":\n    pass\n' }, 'python greet.py'],
  ])('%s', (_, files, start) => expect(detectIn({ ...requirements('click'), ...files }).found.start).toBe(start));

  test('nothing to start is an error with a way out', () => {
    expect(errorOf(() => detectIn({ ...requirements('click'), 'words.py': 'x = 1\n' }))).toMatch(
      /^no-entry-point at requirements.txt/,
    );
  });
});

describe('how it ends, and where it listens', () => {
  const script = (text: string, ...names: readonly string[]) => ({
    ...requirements('click', ...names),
    'main.py': text,
  });

  test('a server of the standard library gets an init, and its port is found', () => {
    const files = script('HTTPServer(("0.0.0.0", 9000), H).serve_forever()\n');
    expect(detectIn(files)).toMatchObject({ needsInit: true, found: { port: 9000 } });
    expect(notesOf(files).join()).toContain('Nothing handles SIGTERM');
    expect(
      detectIn(script('signal.signal(signal.SIGTERM, stop)\nHTTPServer(("", 9000), H).serve_forever()\n')).needsInit,
    ).toBe(false);
  });

  test('loopback is said, whether it is written or the default', () => {
    const said = 'The program listens on loopback here, where nothing outside of its container reaches it';
    expect(notesOf(script('uvicorn.run(app, host="127.0.0.1", port=8000)\n', 'uvicorn'))).toContain(said);
    expect(notesOf(script('uvicorn.run(app)\n', 'uvicorn'))).toContain(said);
    expect(notesOf(script('uvicorn.run(app, host="0.0.0.0")\n', 'uvicorn'))).not.toContain(said);
  });

  test('what prints and ends has no port, and needs no init; what goes on does', () => {
    expect(detectIn(script('print("x")\n'))).toMatchObject({ unused: ['port'], needsInit: false });
    expect(detectIn(script('while True:\n    work()\n')).needsInit).toBe(true);
  });

  test('PORT is set where the sources read it', () => {
    const files = web({ 'settings.py': 'port = os.environ.get("PORT")\n' });
    expect(dockerfileOf(files, { runtime: 'slim' })).toContain('PORT="8000"');
    expect(dockerfileOf(web(), { runtime: 'slim' })).not.toContain(' PORT=');
  });
});
