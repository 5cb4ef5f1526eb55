import { expect, test } from 'vitest';
import { detectIn, dockerfileOf, type Files, program } from './project.test.kit.ts';

const notes = (files: Files) => detectIn(program('', files)).notes.map(({ message }) => message);
const args = (files: Files) =>
  [...dockerfileOf(program('', files)).matchAll(/^ARG (?!TARGET|BUILD)(\w+)$/gm)].map(([, name]) => name);

test('what vergen asks Git comes by a build argument, and its script runs at each build', () => {
  const files: Files = {
    'src/main.rs': 'const SHA: &str = env!("VERGEN_GIT_SHA");',
    'build.rs': 'fn main() { vergen(); }',
  };
  expect(args(files)).toEqual(['VERGEN_GIT_SHA']);
  expect(dockerfileOf(program('', files))).toContain('\ntouch /src/build.rs\n');
  expect(dockerfileOf(program('', { 'build.rs': 'fn main() {}' }))).not.toContain('\ntouch /src');
});

test('a variable that the compiler must have is told with the command that hands it over', () => {
  const files: Files = { 'src/main.rs': 'const URL: &str = env!("API_URL");' };
  expect(args(files)).toEqual(['API_URL']);
  expect(detectIn(program('', files)).notes).toContainEqual({
    message: 'The build needs the variable API_URL, which becomes part of your app',
    hint: 'Set it: docker build --build-arg API_URL=….',
    place: { file: 'src/main.rs', line: 1 },
  });
});

test('a secret among them is no build argument', () => {
  const text = dockerfileOf(program('', { 'src/main.rs': 'const KEY: &str = env!("API_TOKEN");' }));
  expect(text).toContain('sharing=locked --mount=type=secret,id=API_TOKEN,env=API_TOKEN <<');
  expect(text).not.toContain('ARG API_TOKEN');
});

test.each([
  ['a build script sets it', { 'build.rs': 'println!("cargo:rustc-env=API_URL={}", url);' }],
  ['the configuration of Cargo sets it', { '.cargo/config.toml': '[env]\nAPI_URL = "x"\n' }],
])('none where %s', (_, files) => {
  expect(args({ 'src/main.rs': 'const URL: &str = env!("API_URL");', ...(files as Files) })).toEqual([]);
});

test.each(['env!("CARGO_PKG_VERSION")', 'option_env!("RUSTC_WRAPPER")', 'env!("OUT_DIR")', 'option_env!("COLOR")'])(
  '%s asks nobody',
  (code) => {
    expect(args({ 'src/main.rs': `const X: &str = ${code};` })).toEqual([]);
  },
);

test('a build script that asks Git has it, and says what it gets', () => {
  const files: Files = {
    'build.rs': 'fn main() { Command::new("git").args(["rev-parse", "HEAD"]).output().unwrap(); }',
  };
  expect(dockerfileOf(program('', files))).toMatch(/apk add --no-cache .*\bgit\b/);
  expect(notes(files)).toContain(
    "Your build script asks Git for the commit, and .git isn't part of the build, so it gets no answer",
  );
  const told = { 'build.rs': `${files['build.rs']}\nfn f() { env::var("GIT_HASH").ok(); }` };
  expect(args(told)).toEqual(['GIT_HASH']);
  expect(notes(told).filter((note) => note.includes('Git'))).toEqual([]);
});

test.each([
  ['Command::new("npm").args(["run", "build"])', /apk add --no-cache nodejs npm/],
  ['let npx = if cfg!(windows) { "npx.cmd" } else { "npx" }; Command::new(npx)', /apk add --no-cache nodejs npm/],
  ['Command::new("sh").args(["-c", "npm run build"])', /apk add --no-cache nodejs npm/],
  ['Command::new("make")', /apk add --no-cache make/],
])('build.rs: %s', (code, expected) => {
  expect(dockerfileOf(program('', { 'build.rs': `fn main() { ${code}; }` }))).toMatch(expected);
});

test('what no package has is said', () => {
  expect(notes({ 'build.rs': 'fn main() { Command::new("trunk").arg("build"); }' })).toContain(
    'Your build script starts "trunk", which the build image doesn\'t have',
  );
  expect(notes({ 'build.rs': 'fn main() { Command::new("date").output(); }' })).toEqual([]);
});
