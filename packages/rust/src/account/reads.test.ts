import { ignoreMatcher, inspect, MemoryTree, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { selectBinary } from '../choose.ts';
import { rust } from '../index.ts';
import { readPrograms } from '../programs.ts';
import { type Files, program, projectOf } from '../project.test.kit.ts';
import { readWorkspace } from '../workspace.ts';

const reads = (code: string, files: Files = {}): readonly string[] => {
  const project = projectOf(program('', { ...files, 'src/main.rs': code }));
  const workspace = readWorkspace(project);
  const [first] = readPrograms(project, workspace, selectBinary(workspace, {}).chosen, {});
  return (first?.account.reads ?? []).map(({ from, at, there }) => `${from} ${at}${there ? '' : ' missing'}`);
};

const content: Files = {
  'letters/a.txt': '',
  'prompts/system.md': '',
  'data/words.txt': '',
  'config/app.toml': '',
  'App.toml': '',
  'Rocket.toml': '',
  'locales/de.ftl': '',
  'certs/tls.pem': '',
  'web/dist/index.html': '',
};

test.each([
  ['fs::read_dir("letters")?', 'letters /app/letters'],
  ['tokio::fs::read_dir("./letters/").await?', 'letters /app/letters'],
  ['const DIR: &str = "letters"; fs::read_dir(DIR)', 'letters /app/letters'],
  ['static DIRS: [&str; 1] = ["letters"]; for dir in DIRS { fs::read_dir(dir); }', 'letters /app/letters'],
  ['let dir = PathBuf::from("letters"); walk(&dir)', 'letters /app/letters'],
  ['WalkDir::new("letters").into_iter()', 'letters /app/letters'],
  ['glob("letters/*.txt")?', 'letters /app/letters'],
  ['fs::read_to_string(format!("letters/{name}.txt"))', 'letters /app/letters'],
  ['fs::read_to_string(format!("{}/a.txt", DIR)); const DIR: &str = "letters";', 'letters /app/letters'],
  ['fs::read_to_string("letters/".to_owned() + name)', 'letters /app/letters'],
  ['File::open(Path::new("data").join("words.txt"))', 'data/words.txt /app/data/words.txt'],
  [
    'let root = env::current_dir()?; File::open(root.join("data").join("words.txt"))',
    'data/words.txt /app/data/words.txt',
  ],
  ['fn data_dir() -> PathBuf { PathBuf::from("data") } File::open(data_dir().join("words.txt"))', 'data /app/data'],
  [
    'struct C { dir: PathBuf } let c = C { dir: "prompts".into(), }; fs::read_to_string(c.dir.join("system.md"))',
    'prompts /app/prompts',
  ],
  ['load("prompts/system.md")', 'prompts/system.md /app/prompts/system.md'],
  ['env::var("PROMPTS_DIR").unwrap_or_else(|_| "prompts".to_string())', 'prompts /app/prompts'],
  ['let dir = if cfg!(debug_assertions) { "nowhere" } else { "prompts" }; ServeDir::new(dir)', 'prompts /app/prompts'],
  [
    '#[derive(Parser)] struct A {\n #[arg(long, default_value = "App.toml")]\n config: PathBuf }',
    'App.toml /app/App.toml',
  ],
  ['Figment::new().merge(Toml::file("App.toml"))', 'App.toml /app/App.toml'],
  ['Config::builder().add_source(config::File::with_name("config/app"))', 'config /app/config'],
  ['#[launch]\nfn rocket() -> _ { rocket::build() }', 'Rocket.toml /app/Rocket.toml'],
  ['std::env::current_exe()?.parent().unwrap().join("App.toml")', 'App.toml /usr/local/bin/App.toml'],
  ['FluentBundle::load_dir("locales")', 'locales /app/locales'],
  ['ServeDir::new("web/dist")', 'web/dist /app/web/dist'],
  ['fs::read_to_string("settings.toml")?', 'settings.toml /app/settings.toml missing'],
  ['ServeDir::new("client/build")', 'client/build /app/client/build missing'],
  ['dotenvy::dotenv().expect("no .env")', '.env /app/.env missing'],
  ['fs::read("certs/tls.pem")', 'certs/tls.pem /app/certs/tls.pem'],
])('%s', (code, expected) => expect(reads(`fn main() { ${code} }`, content)).toEqual([expected]));

test.each([
  'println!("letters")',
  'Router::new().route("letters", get(x))',
  'let kind = "letters";',
  'client.get("https://example.com/letters/a.txt")',
  'include_str!("../data/words.txt")',
  'fs::write("data/out.txt", x)',
  'fs::read_to_string(path)',
  'fs::read_to_string("/etc/hosts")',
  'fs::create_dir_all("cache")?; fs::read_dir("cache")?',
  'Figment::new().merge(Toml::file("None.toml"))',
  'dotenv().ok()',
  'a.join("src")',
])('%s reads nothing of the project', (code) => expect(reads(`fn main() { ${code} }`, content)).toEqual([]));

test('what only tests read is no evidence', () => {
  const code =
    'fn main() {}\n\n#[test]\nfn reads() {\n    fs::read_dir("letters");\n}\n\n#[cfg(test)]\nmod tests {\n    fn x() { fs::read_dir("data"); }\n}\n';
  expect(reads(code, content)).toEqual([]);
});

test('modules of another binary are no evidence', () => {
  const files: Files = {
    ...content,
    'Cargo.toml':
      '[package]\nname = "app"\n[[bin]]\nname = "app"\npath = "src/main.rs"\n[[bin]]\nname = "seed"\npath = "src/seed.rs"\n',
    'src/seed.rs': 'mod rows;\nfn main() {}',
    'src/rows.rs': 'fn f() { fs::read_dir("letters") }',
    'src/server.rs': 'fn f() { fs::read_to_string("data/words.txt") }',
  };
  const project = projectOf(program('', { 'src/main.rs': 'mod server;\nfn main() {}', ...files }));
  const workspace = readWorkspace(project);
  const read = (bin: string) =>
    readPrograms(project, workspace, selectBinary(workspace, { bin }).chosen, {})[0]?.account.reads.map(
      ({ from }) => from,
    );
  expect(read('app')).toEqual(['data/words.txt']);
  expect(read('seed')).toEqual(['letters']);
});

test('what settings name that are read is read, too, and a database in them is written', () => {
  const files: Files = {
    ...content,
    'App.toml': '[site]\nprompt_dir = "prompts"\nname = "data"\nwords = "data/words.txt"\ndb = "sqlite://var/app.db"\n',
  };
  expect(reads('fn main() { fs::read_to_string("App.toml") }', files)).toEqual([
    'App.toml /app/App.toml',
    'data/words.txt /app/data/words.txt',
    'prompts /app/prompts',
  ]);
});

test('templates that are named like a thing of Docker are not ignored', () => {
  const files: Files = {
    'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
    'Cargo.lock': 'version = 4\n',
    'crates/gen/Cargo.toml': '[package]\nname = "gen"\n',
    'crates/gen/src/main.rs': 'mod target;\nfn main() { Tera::new("templates/**/*") }',
    'crates/gen/src/target/mod.rs': 'fn f() { fs::read_to_string("letters.md") }',
    'crates/gen/templates/Dockerfile.tera': '',
    'crates/gen/letters.md': '',
  };
  const request = { tree: new MemoryTree(files), folder: 'crates/gen', ecosystems: [rust] };
  const ignore = propose(settle(inspect(request))).files.find(({ path }) => path.endsWith('.dockerignore'))?.text ?? '';
  const ignored = ignoreMatcher(ignore);
  for (const path of [
    'crates/gen/src/target/mod.rs',
    'crates/gen/templates/Dockerfile.tera',
    'crates/gen/letters.md',
  ]) {
    expect(ignored(path), path).toBe(false);
  }
  expect(ignored('target/release/gen')).toBe(true);
});
