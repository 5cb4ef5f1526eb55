import { inspect, MemoryTree, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { rust } from '../index.ts';
import type { Files } from '../project.test.kit.ts';

const proposeIn = (files: Files, folder = '', options = {}) => {
  const tree = new MemoryTree(files);
  return propose(settle(inspect({ tree, folder, ecosystems: [rust], options: { runtime: 'scratch', ...options } })));
};
const dockerfile = (files: Files, folder = '', options = {}): string =>
  proposeIn(files, folder, options).files.find(({ path }) => path === 'Dockerfile')?.text ?? '';

const workspace = (code: string, more: Files = {}): Files => ({
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
  'Cargo.lock': 'version = 4\n',
  'crates/app/Cargo.toml': '[package]\nname = "app"\n',
  'crates/app/src/main.rs': code,
  ...more,
});

test('what a member reads is told from its own folder, and shipped to where it looks', () => {
  const files = workspace('fn main() { fs::read_dir("content"); fs::read_to_string("notes.md"); }', {
    'crates/app/content/a.md': '',
    'notes.md': '',
  });
  const { plan } = proposeIn(files, 'crates/app');
  expect(plan.reads?.map(({ path, at, when }) => `${when} ${path} ${at}`)).toEqual([
    'run content /app/content',
    'run ../../notes.md /app/notes.md',
  ]);
  const text = dockerfile(files, 'crates/app');
  expect(text).toContain('COPY --link crates/app/content /app/content\nCOPY --link notes.md /app/notes.md\n');
});

test('a database beside the program has a volume that its user owns', () => {
  const files = workspace('fn main() { Connection::open("app.db"); }');
  expect(dockerfile(files)).toMatch(/VOLUME.*\/data/);
});

test('what is missing, and what is a secret, is said', () => {
  const files = workspace(
    'fn main() { fs::read_to_string("settings.toml"); fs::read("tls.key"); env::var("A").unwrap(); }',
    {
      'crates/app/tls.key': 'PRIVATE KEY',
    },
  );
  const { account, plan } = proposeIn(files, 'crates/app');
  expect(account.reads.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
    'settings.toml missing',
    'tls.key secret',
  ]);
  expect(plan.settings?.map(({ name }) => name)).toEqual(['A']);
});

test('each of several images gets what its own program reads', () => {
  const files = workspace('fn main() { fs::read_to_string("a.txt"); }', {
    'crates/tool/Cargo.toml': '[package]\nname = "tool"\n',
    'crates/tool/src/main.rs': 'fn main() { fs::read_to_string("b.txt"); fs::write("out/x", y); }',
    'a.txt': '',
    'b.txt': '',
  });
  const text = dockerfile(files, '', { bin: 'all' });
  const stage = (name: string): string => text.split('\n\n').find((block) => block.includes(` AS ${name}\n`)) ?? '';
  expect(stage('tool')).toContain('COPY --link b.txt /app/b.txt');
  expect(stage('tool')).not.toContain('a.txt');
  expect(stage('tool')).toContain('VOLUME');
  expect(stage('app')).toContain('COPY --link a.txt /app/a.txt');
  expect(stage('app')).not.toMatch(/b\.txt|VOLUME/);
});

test('a name that only quotes can hold ships, too', () => {
  expect(dockerfile(workspace('fn main() { fs::read_to_string("my words.txt"); }', { 'my words.txt': '' }))).toContain(
    'my words.txt',
  );
});

test('a shell that scratch does not have is said, and Alpine has it', () => {
  const files = workspace('fn main() { Command::new("sh").arg("-c"); }');
  const said = (runtime: string) =>
    proposeIn(files, '', { runtime }).inspection.detection.notes.map(({ message }) => message);
  expect(said('scratch')).toContain("Your app starts sh, which the image doesn't have");
  expect(said('alpine')).not.toContain("Your app starts sh, which the image doesn't have");
});
