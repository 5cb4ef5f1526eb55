import { expect, test } from 'vitest';
import { detectIn, dockerfileOf, type Files, program } from '../project.test.kit.ts';

const files: Files = {
  'static/site.css': '',
  'templates/index.html': '',
  'templates/mail/hello.txt': '',
  'migrations/1.sql': '',
  'config/default.toml': '',
  'configuration/base.yaml': '',
  'settings.toml': '',
};

const assets = (code: string, more: Files = {}) =>
  detectIn(program('', { ...files, ...more, 'src/main.rs': `\n${code}` }))
    .facts.filter(({ name }) => name === 'read at run time')
    .map(({ value, place }) => `${value} ${place?.file}:${place?.line}`);

test.each([
  ['Router::new().nest_service("/assets", ServeDir::new("static"))', 'static'],
  ['ServeDir::new("./static/").fallback(\n    ServeFile::new("static/site.css"))', 'static'],
  ['App::new().service(fs::Files::new("/static", "./static").prefer_utf8(true))', 'static'],
  ['rocket::build().mount("/", FileServer::from("static"))', 'static'],
  ['StaticDir::new(["static"]).auto_list(true)', 'static'],
  ['NamedFile::open_async("static/site.css").await', 'static/site.css'],
  ['warp::path("static").and(warp::fs::dir("static"))', 'static'],
  ['app.at("/public").serve_dir("static/")?;', 'static'],
  ['Tera::new("templates/**/*.html")', 'templates'],
  ['env.set_loader(path_loader("templates"))', 'templates'],
  ['h.register_templates_directory(".hbs", "./templates")', 'templates'],
  ['h.register_template_file("mail", "templates/mail/hello.txt")', 'templates'],
  ['rocket::build().attach(Template::fairing())', 'templates'],
  ['Migrator::new(Path::new("./migrations")).await?', 'migrations'],
  ['fs::read_to_string("templates/mail/hello.txt")?', 'templates'],
  ['.add_source(File::with_name("config/default"))', 'config'],
  ['.add_source(File::with_name(&format!("config/{stage}")).required(false))', 'config'],
  ['.add_source(File::with_name("settings"))', 'settings.toml'],
  ['std::fs::read_to_string("settings.toml")', 'settings.toml'],
])('%s reads %s', (code, path) => {
  expect(assets(code)).toEqual([`${path} src/main.rs:2`]);
});

test('a folder joined to the current one in the next statement, at its own line', () => {
  const code = 'let base = std::env::current_dir().expect("a folder");\nlet all = base.join("configuration");';
  expect(assets(code)).toEqual(['configuration src/main.rs:3']);
});

test.each([
  'ServeDir::new("/srv/static")',
  'ServeDir::new("../static")',
  'ServeDir::new(".")',
  'ServeDir::new("missing")',
  'ServeDir::new(folder)',
  '// ServeDir::new("static")',
  'sqlx::migrate!("./migrations")',
  'include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/site.css"))',
  'Path::new("staticky")',
])('%s reads nothing that ships', (code) => expect(assets(code)).toEqual([]));

test('what build.rs reads is read by then', () => {
  expect(assets('', { 'build.rs': 'fs::read_dir("static")' })).toEqual([]);
});

test('they are copied to the working folder, from that of the package where the root has none', () => {
  const workspace: Files = {
    'Cargo.toml': '[workspace]\nmembers = ["web"]\n',
    'Cargo.lock': 'version = 4\n',
    'web/Cargo.toml': '[package]\nname = "web"\n',
    'web/src/main.rs': 'ServeDir::new("static"); Tera::new("templates/*.html")',
    'web/static/site.css': '',
    'templates/index.html': '',
  };
  const text = dockerfileOf(workspace);
  expect(text).toContain('WORKDIR /app');
  expect(text).toContain('COPY --link web/static /app/static\n');
  expect(text).toContain('COPY --link templates /app/templates\n');
  expect(dockerfileOf(program())).not.toContain('WORKDIR /app');
});

test.each([
  'FileServer::from(relative!("static"))',
  'ServeDir::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static"))',
  'ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/static"))',
])('%s is found where it was compiled', (code) => {
  const workspace: Files = {
    'Cargo.toml': '[workspace]\nmembers = ["web"]\n',
    'Cargo.lock': 'version = 4\n',
    'web/Cargo.toml': '[package]\nname = "web"\n',
    'web/src/main.rs': code,
    'web/static/site.css': '',
  };
  expect(dockerfileOf(workspace)).toContain('COPY --link web/static /src/web/static\n');
  expect(dockerfileOf(workspace)).not.toContain('WORKDIR /app');
});

test('--include adds what no source names', () => {
  const files: Files = {
    ...program('', { 'src/main.rs': 'Tera::new("templates/mail/*.html")' }),
    'words.txt': '',
    'templates/mail/hello.html': '',
  };
  const text = dockerfileOf(files, { include: 'words.txt,templates' });
  expect(text).toMatch(/COPY --link templates \/app\/templates\nCOPY --link words.txt \/app\/words.txt\n/);
  expect(text).toContain('WORKDIR /app');
  expect(() => dockerfileOf(files, { include: 'nothing' })).toThrow('--include names "nothing", which is not there');
});
