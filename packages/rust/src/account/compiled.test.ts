import { expect, test } from 'vitest';
import { type Files, program, projectOf, proposeIn } from '../project.test.kit.ts';
import { contextOf } from '../scope.ts';
import { readWorkspace } from '../workspace.ts';
import { buildReads } from './compiled.ts';

const reads = (code: string, files: Files = {}): readonly string[] => {
  const project = projectOf(program('', { 'src/main.rs': code, ...files }));
  const workspace = readWorkspace(project);
  return workspace.members.flatMap((item) => buildReads(project, item, workspace).map(({ path }) => path)).sort();
};

test.each([
  ['#![doc = include_str!("../README.md")]', { 'README.md': '' }, ['README.md']],
  ['include_bytes!("logo.bin")', { 'src/logo.bin': '' }, ['src/logo.bin']],
  ['include_dir!("$CARGO_MANIFEST_DIR/content")', { 'content/a.md': '' }, ['content']],
  ['#[derive(RustEmbed)]\n#[folder = "web/dist/"]\nstruct A;', {}, ['web/dist']],
  ['sqlx::migrate!()', { 'migrations/1.sql': '' }, ['migrations']],
  ['sqlx::migrate!("db/migrations")', { 'db/migrations/1.sql': '' }, ['db/migrations']],
  ['embed_migrations!("db")', { 'db/V1__a.sql': '' }, ['db']],
  ['query_file_as!(User, "queries/user.sql")', { 'queries/user.sql': '' }, ['queries/user.sql']],
  ['rust_i18n::i18n!("locales", fallback = "en")', { 'locales/en.yml': '' }, ['locales']],
  ['rust_i18n::i18n!()', { 'locales/en.yml': '' }, ['locales']],
  [
    'static_loader! {\n  static L = {\n    locales: "./lang",\n    fallback_language: "en" };\n}',
    { 'lang/en.ftl': '' },
    ['lang'],
  ],
  ['#[derive(Template)]\n#[template(path = "mail.md")]\nstruct M;', { 'templates/mail.md': '' }, ['templates']],
  ['#[derive(Parser)]\n#[grammar = "words.pest"]\nstruct P;', { 'src/words.pest': '' }, ['src/words.pest']],
  [
    '#[graphql(schema_path = "api.graphql", query_path = "q.graphql")]\nstruct Q;',
    { 'api.graphql': '', 'q.graphql': '' },
    ['api.graphql', 'q.graphql'],
  ],
  ['some_crate::load!("data/words.md")', { 'data/words.md': '' }, ['data/words.md']],
])('%s', (code, files, expected) => expect(reads(code, files as Files)).toEqual(expected));

test.each([
  ['tonic_build::compile_protos("proto/a.proto")?;', ['proto/a.proto']],
  ['println!("cargo:rerun-if-changed=schema.md");', ['schema.md']],
  [
    'let dir = env::var("CARGO_MANIFEST_DIR")?; fs::read_to_string(Path::new(&dir).join("proto").join("a.proto"))',
    ['proto/a.proto'],
  ],
  ['let dir = env!("CARGO_MANIFEST_DIR"); read(format!("{dir}/schema.md"))', ['schema.md']],
])('build.rs: %s', (script, expected) => {
  const files = { 'build.rs': `fn main() { ${script} }`, 'proto/a.proto': '', 'schema.md': '' };
  expect(reads('fn main() {}', files)).toEqual(expect.arrayContaining(expected));
});

test('Markdown of a member that is compiled in is not ignored', () => {
  const files: Files = {
    'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
    'Cargo.lock': 'version = 4\n',
    'crates/site/Cargo.toml': '[package]\nname = "site"\n',
    'crates/site/src/main.rs': '#[derive(RustEmbed)]\n#[folder = "content"]\nstruct A;\nfn main() {}',
    'crates/site/content/a/b.md': '',
    'crates/site/LICENSE-MIT': '',
  };
  const ignore = proposeIn(files).files.find(({ path }) => path.endsWith('.dockerignore'))?.text ?? '';
  expect(ignore).not.toContain('**/*.md');
});

test.each([
  ['include_str!("../../shared/words.txt")', ''],
  ['#[derive(RustEmbed)]\n#[folder = "../web/dist"]\nstruct A;', ''],
  ['fn f() { ServeDir::new("../web/dist"); }', ''],
  ['include_str!("words.txt")', 'app'],
  ['include_str!("../../gone/words.txt")', 'app'],
  ['fn f() { Command::new("..").arg("../x"); }', 'app'],
])('the context of a program with %s is %j', (code, expected) => {
  const project = projectOf(
    {
      'app/Cargo.toml': '[package]\nname = "app"\n',
      'app/src/main.rs': `${code}\nfn main() {}`,
      'shared/words.txt': '',
      'web/dist/index.html': '',
    },
    'app',
  );
  expect(contextOf(project)).toBe(expected);
});
