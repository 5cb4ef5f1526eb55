import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { readCode } from '../code/program.ts';
import { packagesOf } from '../packages.ts';
import { findReads, type ProgramReads } from './reads.ts';

const files = {
  'templates/index.html': '',
  'templates/mail/hello.txt': '',
  'static/site.css': '',
  'views/a.html': '',
  'db/migrations/1.sql': '',
  'favicon.ico': '',
  'config.yaml': '',
};

/** What a program reads whose main package is in a folder. */
function readsIn(all: Readonly<Record<string, string>>, main = ''): ProgramReads {
  const project = new Project(new MemoryTree(all));
  const modules = new Map([['example.com/app', '']]);
  const packages = packagesOf(project, modules, [main]);
  return findReads({ project, modules, main, packages, code: readCode(project, modules, packages) });
}

const lined = (lines: readonly string[]): string => ['package main', ...lines].join('\n');
const assets = (...lines: readonly string[]) => readsIn({ ...files, 'main.go': lined(lines) }).reads;

test.each([
  ['http.Handle("/", http.FileServer(http.Dir("./static")))', 'static'],
  ['files := os.DirFS("static/")', 'static'],
  ['t := template.Must(template.ParseGlob("templates/*.html"))', 'templates'],
  ['r.LoadHTMLGlob("templates/**/*")', 'templates'],
  ['r.Static("/assets", "./static")', 'static'],
  ['r.StaticFile("/favicon.ico", "favicon.ico")', 'favicon.ico'],
  ['http.ServeFile(w, r, "templates/index.html")', 'templates/index.html'],
  ['engine := html.New("./views", ".html")', 'views'],
  ['m, err := migrate.New("file://db/migrations", url)', 'db/migrations'],
])('%s reads %s', (line, path) => {
  expect(assets(line)).toEqual([{ path, place: { file: 'main.go', line: 2 } }]);
});

test.each([
  'http.Dir("/srv/static")',
  'http.Dir("../static")',
  'http.Dir(".")',
  'http.Dir("missing")',
  'http.Dir(folder)',
  'url := "file:///static"',
])('%s reads nothing that ships', (line) => expect(assets(line)).toEqual([]));

test('a folder covers its files, and each is named once', () => {
  const found = assets('http.Dir("static")', 'http.ServeFile(w, r, "static/site.css")', 'os.DirFS("static")');
  expect(found.map(({ path }) => path)).toEqual(['static']);
});

/** The paths that a program reads, each with where it looks for it if that is elsewhere. */
const paths = (all: Readonly<Record<string, string>>, main = ''): readonly string[] =>
  readsIn(all, main).reads.map(({ path, at }) => (at === undefined ? path : `${path} at ${at}`));

const named: Readonly<Record<string, string>> = {
  ...files,
  LICENSE: '',
  'notes.md': '',
  'a b.txt': '',
  'prompts/a.md': '',
  'prompts/b.md': '',
  'locales/de.json': '',
  'web/page.html': '',
  'web/page.go': 'package web',
  'one.sql': '',
  'conf/app.yaml': 'a: 1\n',
  'views/mail.txt': '',
};

test.each([
  ['os.ReadFile("LICENSE")', ['LICENSE']],
  ['os.Open("a b.txt")', ['a b.txt']],
  ['os.ReadFile(filepath.Join("prompts", name))', ['prompts']],
  ['b, err := os.ReadFile(fmt.Sprintf("locales/%s.json", lang))', ['locales']],
  ['files, err := filepath.Glob("*.sql")', ['one.sql']],
  ['t.ParseGlob("web/*.html")', ['web/page.html']],
  ['filepath.WalkDir("prompts", visit)', ['prompts']],
  ['config := flag.String("config", "config.yaml", "settings")', ['config.yaml']],
  ['kingpin.Flag("config.file", "x").Default("conf/app.yaml").String()', ['conf/app.yaml']],
  ['f := &cli.StringFlag{Name: "config", Value: "config.yaml"}', ['config.yaml']],
  ['cmd.Flags().StringVarP(&file, "config", "c", "./config.yaml", "")', ['config.yaml']],
  ['cfg, err := config.Load("conf/app.yaml")', ['conf/app.yaml']],
  ['const where = "conf/app.yaml"', ['conf/app.yaml']],
  ['var all = []string{"notes.md", "prompts/a.md"}', ['notes.md', 'prompts/a.md']],
  ['dir := flag.String("templates", "templates", "")', ['templates']],
  ['r := render.New(render.Options{Directory: "views"})', ['views']],
  ['s := store.Options{Folder: "prompts"}', ['prompts']],
  ['dir := env("PROMPTS_DIR", "prompts")', ['prompts']],
  ['goose.Up(db, "db/migrations")', ['db/migrations']],
  ['bundle.MustLoadMessageFile("locales/de.json")', ['locales/de.json']],
  ['viper.SetConfigName("app"); viper.AddConfigPath("."); viper.AddConfigPath("./conf")', ['conf/app.yaml']],
  ['viper.SetConfigFile("config.yaml")', ['config.yaml']],
  ['e.Static("/", "static")', ['static']],
  ['http.ServeFile(w, r, "./static" + r.URL.Path)', ['static']],
  ['files, _ := filepath.Glob("views/*.html"); template.ParseFiles(files...)', ['views']],
  ['page := load(fmt.Sprintf("prompts/%s.md", name))', ['prompts']],
  ['exec.Command("python3", "conf/app.yaml")', ['conf/app.yaml']],
  ['f, err := os.OpenFile("LICENSE", os.O_RDONLY, 0)', ['LICENSE']],
  ['os.ReadFile(filepath.Join(filepath.Dir(os.Args[0]), "LICENSE"))', ['LICENSE at /usr/local/bin/LICENSE']],
  ['import "github.com/beego/beego/v2/server/web"', ['static', 'views']],
  ['os.ReadFile("/app/config.yaml")', ['config.yaml at /app/config.yaml']],
  [
    'exe, _ := os.Executable(); os.ReadFile(filepath.Join(filepath.Dir(exe), "config.yaml"))',
    ['config.yaml at /usr/local/bin/config.yaml'],
  ],
] as const)('%s reads %j', (line, expected) => {
  expect(paths({ ...named, 'main.go': lined(['func main() {', line, '}']) })).toEqual(expected);
});

test.each([
  'log.Println("config.yaml")',
  'if name == "config.yaml" { return }',
  'r.GET("static", handler)',
  'slog.Info("web", "prompts", 1)',
  'x := map[string]any{"templates": 1}',
  'exec.Command("static")',
  'web.Load("web")',
  'os.Stat("go.mod.bak")',
  'os.ReadFile(name + ".md")',
  'os.Open(filepath.Join(folder, name))',
  'os.ReadDir("..")',
  'fmt.Sprintf("%s/static", base)',
  'fmt.Sprintf("%d files in web", n)',
  'check("main.go")',
])('%s reads nothing', (line) => {
  expect(paths({ ...named, 'main.go': lined(['func main() {', line, '}']) })).toEqual([]);
});

test('what is compiled in is not read', () => {
  const main =
    '//go:embed templates static/*.css\nvar all embed.FS\nfunc main() { x.Load(all, "templates/index.html"); y.Glob("static/*.css"); goose.Up(db, "templates") }';
  expect(paths({ ...named, 'main.go': lined([main]) })).toEqual([]);
});

test('only what the program imports is asked', () => {
  const other = 'package other\nfunc F() { os.ReadFile("LICENSE") }';
  const test = 'package main\nfunc T() { os.ReadFile("notes.md") }';
  expect(paths({ ...named, 'other/other.go': other, 'main_test.go': test, 'main.go': lined([]) })).toEqual([]);
  const all = { ...named, 'other/other.go': other, 'main.go': lined(['import "example.com/app/other"']) };
  expect(paths(all)).toEqual(['LICENSE']);
});

test('a program may start in the folder of its main package', () => {
  const main = lined([
    'func main() { os.ReadFile("seed.json"); os.ReadFile("../../LICENSE"); os.ReadFile("notes.md") }',
  ]);
  expect(paths({ ...named, 'cmd/api/main.go': main, 'cmd/api/seed.json': '' }, 'cmd/api')).toEqual([
    'notes.md',
    'LICENSE at /LICENSE',
    'cmd/api/seed.json at /app/seed.json',
  ]);
});

test('a file next to a source lies where -trimpath says that the source is', () => {
  const store =
    'package store\nfunc F() { _, file, _, _ := runtime.Caller(0); os.ReadFile(filepath.Join(filepath.Dir(file), "x.sql")) }';
  const all = { 'main.go': lined(['import "example.com/app/store"']), 'store/store.go': store, 'store/x.sql': '' };
  expect(paths(all)).toEqual(['store/x.sql at /app/example.com/app/store/x.sql']);
});

test('settings name further files', () => {
  const conf =
    'z: prompts/\na: ./views\nb: file://db/migrations\nc: https://example.com/static/x\nd: notes.md\ne: go.mod';
  const all = { ...named, 'conf/app.yaml': conf, 'go.mod': '', 'main.go': lined(['var p = "conf/app.yaml"']) };
  expect(paths(all)).toEqual(['conf/app.yaml', 'db/migrations', 'notes.md', 'prompts', 'views']);
});

test.each([
  ['os.ReadFile("missing.json")', ['missing.json']],
  ['http.Dir("./web/dist")', ['web/dist']],
  ['t.ParseGlob("pages/*.html")', ['pages']],
  ['if b, err := os.ReadFile("state.json"); err == nil { use(b) }', []],
  ['b, err := os.ReadFile("state.json"); if errors.Is(err, fs.ErrNotExist) { return }', []],
  ['os.Stat("missing.json")', []],
  ['os.ReadFile("/etc/hosts")', []],
  ['os.ReadFile(filepath.Join(home, "x.json"))', []],
  ['if err := godotenv.Load(); err != nil { log.Fatal("no .env") }', ['.env']],
  ['godotenv.Load()', []],
  ['if err := godotenv.Load(); err != nil { log.Println("no .env") }', []],
] as const)('of %s, %j is missing', (line, expected) => {
  const { missing } = readsIn({ ...named, 'main.go': lined(['func main() {', line, '}']) });
  expect(missing.map(({ path }) => path)).toEqual(expected);
});

test('a program that reads the folder that it runs in is seen', () => {
  expect(readsIn({ ...named, 'main.go': lined(['var h = http.FileServer(http.Dir("."))']) }).everything).toEqual({
    file: 'main.go',
    line: 2,
  });
});
