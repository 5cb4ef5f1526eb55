import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { endOfLifeOf } from './end-of-life.ts';
import { supportOf } from './support.ts';

test('knows until when a release is supported, and by whom', () => {
  expect(supportOf('debian', '11')).toEqual({ until: '2024-08-14', longTerm: '2026-08-31' });
  expect(supportOf('alpine', '3.14')).toEqual({ until: '2023-05-01' });
  expect(supportOf('alpine', '99.1')).toBeUndefined();
  expect(supportOf('cobol', '1')).toBeUndefined();
});

test('says of our own base images what templates/images.json says', () => {
  const images = JSON.parse(readFileSync(new URL('../../../../templates/images.json', import.meta.url), 'utf8'));
  const versions = ['alpine', 'debian', 'node', 'python', 'java'].flatMap((name) =>
    Object.entries<{ eol?: string }>(images[name]?.versions ?? {}).map(([version, { eol }]) => ({
      name,
      version,
      eol,
    })),
  );
  const known = versions.filter(
    ({ name, version, eol }) => eol !== undefined && endOfLifeOf(name, version) !== undefined,
  );
  expect(known.length).toBeGreaterThan(4);
  expect(known.map(({ name, version }) => endOfLifeOf(name, version)?.until)).toEqual(known.map(({ eol }) => eol));
});
