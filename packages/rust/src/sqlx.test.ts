import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, type Files, program } from './project.test.kit.ts';

const lock =
  'version = 4\n\n[[package]]\nname = "sqlx-macros"\nversion = "0.8.0"\nsource = "registry+x"\ndependencies = []\n';
const asking = (files: Files = {}): Files =>
  program('', { 'Cargo.lock': lock, 'src/main.rs': '\nsqlx::query_as!(Row, "SELECT 1")', ...files });

describe('queries of sqlx', () => {
  test('that nothing was prepared for stop it here', () => {
    expect(errorOf(() => detectIn(asking()))).toBe('unsupported at src/main.rs:2');
    expect(detectIn(asking({ 'src/main.rs': 'sqlx::query("SELECT 1")' })).facts.map(({ name }) => name)).not.toContain(
      'queries',
    );
  });

  test.each(['.sqlx/query-1.json', 'sqlx-data.json'])('are checked against %s', (file) => {
    const files = asking({ [file]: '{}' });
    expect(detectIn(files).facts.find(({ name }) => name === 'queries')?.value).toContain(file.split('/')[0]);
    expect(dockerfileOf(files)).toContain('ENV SQLX_OFFLINE="true"\n');
  });
});
