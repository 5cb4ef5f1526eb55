import { ignoreMatcher, inspect, MemoryTree, propose, settle } from '@msb/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rust } from '../index.ts';
import type { Files } from '../project.test.kit.ts';
import { looksSecret } from '../secrets.ts';

const name = fc.stringMatching(/^[a-zA-Z0-9_][\w.-]{0,10}[a-z0-9]$/);
const ending = fc.constantFrom('.md', '.txt', '.json', '.toml', '.html', '.sql', '.csv', '', '.tera', '.Dockerfile');

/** A file anywhere in a project: no secret, and no output of a tool, which is not the project's own. */
const path = fc
  .tuple(fc.array(name, { maxLength: 3 }), name, ending)
  .map(([folders, file, end]) => [...folders, `${file}${end}`])
  .filter(
    (names) => !names.some((part) => /^(?:src|target|node_modules|tests?|benches|examples)$|^Cargo\.|\.rs$/.test(part)),
  )
  .map((names) => names.join('/'))
  .filter((text) => !looksSecret(text));

const split = (text: string): readonly [folder: string, file: string] => {
  const at = text.lastIndexOf('/');
  return at < 0 ? ['.', text] : [text.slice(0, at), text.slice(at + 1)];
};

/** Ways in which code reads a file. */
const codes: readonly ((file: string) => string)[] = [
  (file) => `std::fs::read_to_string("${file}").unwrap();`,
  (file) => `tokio::fs::read("./${file}").await?;`,
  (file) => `const NAMES: [&str; 2] = ["${file}", "nothing"];\nfor name in NAMES { File::open(name)?; }`,
  (file) => `let path = Path::new("${split(file)[0]}").join("${split(file)[1]}");\nload(&fs::read(&path)?);`,
  (file) => `let all = include_str!("../${file}");`,
  (file) => `let name = env::var("FILE").unwrap_or_else(|_| "${file}".to_string());\nFile::open(&name)?;`,
];

const manifest = '[package]\nname = "app"\nedition = "2024"\n';

const single = (file: string, code: string): Files => ({
  'Cargo.toml': manifest,
  'Cargo.lock': 'version = 4\n',
  'src/main.rs': `fn main() {\n${code}\n}`,
  [file]: '',
});

const workspace = (file: string, code: string): Files => ({
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
  'Cargo.lock': 'version = 4\n',
  'crates/app/Cargo.toml': manifest,
  'crates/app/src/main.rs': `fn main() {\n${code}\n}`,
  [`crates/app/${file}`]: '',
});

test.each([
  ['a program', '', single, ''],
  ['a member of a workspace', 'crates/app', workspace, 'crates/app/'],
] as const)('%s has every file that its code reads', (_about, folder, files, prefix) => {
  fc.assert(
    fc.property(path, fc.constantFrom(...codes), (file, code) => {
      const tree = new MemoryTree(files(file, code(file)));
      const proposal = propose(settle(inspect({ tree, folder, ecosystems: [rust] })));
      const text = (end: string) => proposal.files.find((one) => one.path.endsWith(end))?.text ?? '';
      expect(ignoreMatcher(text('.dockerignore'))(`${prefix}${file}`), `${file} is ignored`).toBe(false);
      if (code(file).includes('include_str!')) return;
      const copied = [...text('Dockerfile').matchAll(/^COPY --link (\S+) \/app\/(\S+)$/gm)];
      const shipped = copied.some(([, from = '', to = '']) => {
        const rest = `${prefix}${file}`.slice(from.length);
        return `${prefix}${file}`.startsWith(from) && `${to}${rest}` === file;
      });
      expect(shipped, `${file} does not ship for ${code(file)}`).toBe(true);
    }),
    { numRuns: 60 },
  );
});
