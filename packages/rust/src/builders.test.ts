import { expect, test } from 'vitest';
import { detectIn, type Files, program } from './project.test.kit.ts';

const notes = (files: Files, manifest = '') => detectIn(program(manifest, files)).notes.map(({ message }) => message);

test('a page that plain Cargo does not compile is said', () => {
  expect(notes({}, '[package.metadata.leptos]\noutput-name = "app"\n')).toContainEqual(
    expect.stringContaining('cargo leptos build'),
  );
  expect(notes({ 'Dioxus.toml': '' })).toContainEqual(expect.stringContaining('dx build'));
  expect(notes({})).toEqual([]);
});

test.each(['ServeDir::new(".")', 'Files::new("/", "./")', 'FileServer::from(".")'])('%s needs names', (code) => {
  expect(notes({ 'src/main.rs': `fn main() { ${code} }` })).toContainEqual(
    expect.stringContaining('serves its working folder'),
  );
});
