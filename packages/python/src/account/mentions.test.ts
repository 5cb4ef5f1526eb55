import { describe, expect, test } from 'vitest';
import { projectOf } from '../project.test.kit.ts';
import { type Mention, mentionsIn } from './mentions.ts';

const found = (files: Readonly<Record<string, string>>, folder = ''): readonly Mention[] =>
  mentionsIn(
    { project: projectOf(files), folder, instance: 'instance', packageFolder: (name) => name.replaceAll('.', '/') },
    Object.keys(files),
  );

/** The paths that a line of src/shop/main.py names. */
const paths = (code: string): readonly string[] =>
  found({ 'src/shop/main.py': code }).map(({ from, path, partial }) => `${from} ${path}${partial ? '/…' : ''}`);

describe('a path that code names', () => {
  test.each([
    ['Path(__file__).parent / "data.json"', 'file src/shop/data.json'],
    ['Path(__file__).resolve().parent.parent.joinpath("a", "b")', 'file src/a/b'],
    ['pathlib.Path(__file__).parents[2] / "config" / "x.yml"', 'file config/x.yml'],
    ['os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "words.txt")', 'file src/words.txt'],
    ['open("config.yaml")', 'folder config.yaml'],
    ['open(f"{name}/x.json")', 'folder /…'],
    ['open(f"prompts/{name}.md")', 'folder prompts/…'],
    ['Path("prompts") / f"{name}.md"', 'folder prompts/…'],
    ['(Path(__file__).parent / name).read_text()', 'file src/shop/…'],
    ['Path.cwd() / "x.toml"', 'folder x.toml'],
    ['files("shop").joinpath("sql/x.sql")', 'file shop/sql/x.sql'],
    ['files(__package__) / "sql"', 'file src/shop/sql'],
    ['os.environ.get("CONFIG", "config.default.yml")', 'folder config.default.yml'],
    ['os.path.join(current_app.root_path, "seeds")', 'file src/shop/seeds'],
    ['os.path.join(app.instance_path, "x.sqlite")', 'folder instance/x.sqlite'],
    ['"sqlite:///" + "app.db"', 'folder app.db'],
    ['"sqlite:///" + str(Path(__file__).parent / "app.db")', 'file src/shop/app.db'],
    ['open("/data/x")', 'absolute /data/x'],
  ])('%s', (code, path) => {
    expect(paths(code)).toContain(path);
  });

  test('is made of names, of this file and of others', () => {
    const all = found({
      'config.py':
        'from pathlib import Path\nBASE_DIR: Path = Path(__file__).resolve().parent\nTEXTS = BASE_DIR / "texts"\n',
      'shop/main.py': 'import config\n\nlogo = config.TEXTS / "logo.txt"\nprint(settings.BASE_DIR / "x.json")\n',
    });
    expect(all.filter(({ from }) => from === 'file').map(({ path }) => path)).toEqual(
      expect.arrayContaining(['texts', 'texts/logo.txt', 'x.json']),
    );
  });

  test('comes with what is done to it', () => {
    const all = found({
      'main.py': [
        'open("a.log", mode="w")',
        'Path("b.txt").write_text("x")',
        'with Path("c").open("ab") as file:',
        'app.mount("/static", StaticFiles(directory="static"))',
        'Jinja2Templates("templates")',
        'DB = os.path.join(HERE, "x.db")',
      ].join('\n'),
    });
    const said = all.map(({ path, callee, keyword, method, mode }) => [path, callee, keyword, method, mode].join(' '));
    expect(said).toContain('a.log open   w');
    expect(said).toContain('b.txt   write_text r');
    expect(said).toContain('c   open ab');
    expect(said).toContain('templates Jinja2Templates   r');
    expect(said).toContain('static StaticFiles directory  r');
  });
});
