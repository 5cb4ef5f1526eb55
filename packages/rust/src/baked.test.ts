import { expect, test } from 'vitest';
import { detectIn, program } from './project.test.kit.ts';

const places = (code: string): readonly string[] =>
  detectIn(program('', { 'src/main.rs': code, 'static/site.css': '', 'build.rs': 'env!("CARGO_MANIFEST_DIR")' }))
    .notes.filter(({ message }) => message.startsWith('The folder that the program is compiled in'))
    .map(({ place }) => `${place?.file}:${place?.line}`);

test.each([
  'fn main() {\n    let data = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));\n}\n',
  'use a;\nconst HOME: &str = env!(\n    "CARGO_MANIFEST_DIR"\n);\n',
])('a folder that no image has: %j', (code) => {
  expect(places(code)).toEqual(['src/main.rs:2']);
});

test.each([
  'fn main() {}\n',
  'include_str!(concat!(\n    env!("CARGO_MANIFEST_DIR"), "/static/site.css"))',
  'ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/static"))',
  '#[cfg(test)]\nmod tests {\n    const DATA: &str = env!("CARGO_MANIFEST_DIR");\n}\n',
  '// env!("CARGO_MANIFEST_DIR")\n',
])('what is compiled in, copied there, or of tests: %j', (code) => {
  expect(places(code)).toEqual([]);
});
