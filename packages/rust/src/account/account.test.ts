import { expect, test } from 'vitest';
import { selectBinary } from '../choose.ts';
import { rust } from '../index.ts';
import { readPrograms } from '../programs.ts';
import { type Files, program, projectOf } from '../project.test.kit.ts';
import { workspaceView } from '../scope.ts';
import { readWorkspace } from '../workspace.ts';

const account = (code: string, files: Files = {}) => {
  const project = workspaceView(projectOf(program('', { ...files, 'src/main.rs': code })));
  const workspace = readWorkspace(project);
  const [first] = readPrograms(project, workspace, selectBinary(workspace, {}).chosen, {});
  if (first === undefined) throw new Error(rust.manifest.id);
  return first.account;
};

test.each([
  ['File::create("report.csv")?', 'file report.csv'],
  ['std::fs::write("out/state.json", x)?', 'file out/state.json'],
  ['fs::create_dir_all("./uploads/images")?', 'folder uploads/images'],
  ['fs::write(format!("uploads/{}", id), x)?', 'folder uploads'],
  ['OpenOptions::new().create(true).append(true).open("app.log")?', 'file app.log'],
  ['SqlitePool::connect("sqlite://app.db?mode=rwc").await?', 'file app.db'],
  ['SqlitePool::connect("sqlite:data/app.db").await?', 'file data/app.db'],
  ['env::var("DATABASE_URL").unwrap_or("sqlite://db.sqlite".into())', 'file db.sqlite'],
  ['rusqlite::Connection::open("x.db")?', 'file x.db'],
  ['Connection::open(DB)?; const DB: &str = "bookmarks";', 'file bookmarks'],
  ['SqliteConnectionManager::file("site.sqlite3")', 'file site.sqlite3'],
  ['SqliteConnectOptions::new().filename("a.db").create_if_missing(true)', 'file a.db'],
  ['libsql::Builder::new_local("local.db").build().await?', 'file local.db'],
  ['sled::open("my_db")?', 'folder my_db'],
  ['DB::open_default("rocks")?', 'folder rocks'],
  ['DB::open_cf(&opts, "rocks", cfs)?', 'folder rocks'],
  ['redb::Database::create("my_db.redb")?', 'file my_db.redb'],
  ['Surreal::new::<Any>("rocksdb://store").await?', 'folder store'],
  ['rolling::daily("./logs", "app.log")', 'folder logs'],
  ['RollingFileAppender::new(Rotation::DAILY, "log", "app")', 'folder log'],
  ['FileSpec::default().directory("log_files")', 'folder log_files'],
  ['file.persist_to("uploads/x.png").await?', 'file uploads/x.png'],
  ['File::create("/var/lib/app/state")?', 'file /var/lib/app/state'],
])('%s writes', (code, expected) => {
  expect(account(`fn main() { ${code} }`).writes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([expected]);
});

test.each([
  'File::create(path)?',
  'File::create("/tmp/x")?',
  'Connection::open(":memory:")?',
  'SqlitePool::connect("sqlite::memory:").await?',
  'Connection::open_in_memory()?',
  'TcpStream::open("x")',
])('%s writes nothing beside the program', (code) => {
  expect(account(`fn main() { ${code} }`).writes).toEqual([]);
});

test('a database of an example of the environment is one of the program', () => {
  const { writes } = account('fn main() {}', { '.env.example': 'DATABASE_URL="sqlite://todo.db"\n' });
  expect(writes).toEqual([{ path: 'todo.db', kind: 'file', place: { file: '.env.example', line: 1 } }]);
});

test.each([
  ['std::env::var("A").unwrap()', ['A']],
  ['env::var("A").expect("A is missing")', ['A']],
  ['dotenvy::var("A")?', ['A']],
  ['env::var("A").context("no A")?', ['A']],
  ['env::var("A").map_err(|e| anyhow!(e))?', ['A']],
  ['env::var("A").unwrap_or_else(|_| panic!("no A"))', ['A']],
  ['env::var(KEY).unwrap(); const KEY: &str = "APP_KEY";', ['APP_KEY']],
  ['let a = match env::var("A") { Ok(a) => a, Err(_) => panic!("no A") };', ['A']],
  ['fn must(key: &str) -> String { env::var(key).expect("set it") } must("A"); must("B");', ['A', 'B']],
  ['env::var("A").unwrap_or_default()', []],
  ['env::var("A").unwrap_or("x".into())', []],
  ['env::var("A").unwrap_or_else(|_| "x".into())', []],
  ['env::var("A").ok()', []],
  ['if let Ok(a) = env::var("A") { }', []],
  ['match env::var("A") { Ok(a) => a, Err(_) => "x".into() }', []],
  ['env::var("CARGO_MANIFEST_DIR").unwrap()', []],
])('%s needs %s', (code, names) => {
  expect(account(`fn main() { ${code} }`).settings.map(({ name }) => name)).toEqual(names);
});

test.each([
  ['#[derive(Parser)] struct A {\n  #[arg(long, env = "DB_URL")]\n  db: String,\n}', ['DB_URL']],
  ['#[derive(Parser)] struct A {\n  #[clap(long, env)]\n  db_url: String,\n}', ['DB_URL']],
  ['#[derive(Parser)] struct A {\n  #[arg(long, env = "X", default_value = "1")]\n  x: String,\n}', []],
  ['#[derive(Parser)] struct A {\n  #[arg(long, env = "X", default_value_t = 8080)]\n  x: u16,\n}', []],
  ['#[derive(Parser)] struct A {\n  #[arg(long, env = "X")]\n  x: Option<String>,\n}', []],
  ['#[derive(Envconfig)] struct A {\n  #[envconfig(from = "X")]\n  pub x: String,\n}', ['X']],
  ['#[derive(Envconfig)] struct A {\n  #[envconfig(from = "X", default = "1")]\n  pub x: String,\n}', []],
  [
    'struct A {\n  db_url: String,\n  #[serde(default)]\n  port: u16,\n  name: Option<String>,\n}\nfn f() { envy::from_env::<A>() }',
    ['DB_URL'],
  ],
  ['struct A {\n  url: String,\n}\nfn f() { envy::prefixed("APP_").from_env::<A>() }', ['APP_URL']],
])('%s needs %s', (code, names) => {
  expect(account(code).settings.map(({ name }) => name)).toEqual(names);
});

test.each([
  ['Command::new("ffmpeg").arg("-i")', ['ffmpeg']],
  ['tokio::process::Command::new("/usr/bin/git")', ['git']],
  ['Command::new(TOOL); const TOOL: &str = "magick";', ['magick']],
  ['which::which("pdftotext")?', ['pdftotext']],
  ['Command::new(if cfg!(windows) { "cmd" } else { "sh" })', ['sh']],
  ['Command::new("app")', []],
  ['Command::new(path)', []],
  ['clap::Command::new("tool")', []],
])('%s starts %s', (code, names) => {
  expect(account(`fn main() { ${code} }`).tools.map(({ name }) => name)).toEqual(names);
});

test('a folder that ships is no place to write, and that is said where files get into it', () => {
  const files: Files = { 'pages/a.md': '', 'pages/posts/b.md': '' };
  const reads = 'fs::read_dir("pages");';
  expect(account(`fn main() { ${reads} fs::create_dir_all("pages/posts"); }`, files)).toMatchObject({
    writes: [],
    intoShipped: [],
  });
  expect(account(`fn main() { ${reads} fs::write(format!("pages/{id}.md"), x); }`, files)).toMatchObject({
    writes: [{ path: 'pages', kind: 'folder' }],
    intoShipped: [],
  });
  expect(account(`fn main() { ${reads} fs::write(format!("pages/posts/{id}.md"), x); }`, files)).toMatchObject({
    writes: [],
    intoShipped: [{ folder: 'pages/posts' }],
  });
  expect(account(`fn main() { ${reads} Connection::open("pages/x.db"); }`, files).writes).toMatchObject([
    { path: 'pages/x.db' },
  ]);
});

test("what lies above the repository is nobody's", () => {
  expect(account('fn main() { ServeDir::new("../public"); include_str!("../../x.txt"); }').reads).toMatchObject([
    { at: '/public', there: false },
  ]);
});
