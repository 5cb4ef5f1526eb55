import { expect, test } from 'vitest';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import { managerVersion } from './version.ts';

const version = (value: object, format?: string) => managerVersion('pnpm', packageOf(value).manifest, format);
const devEngines = (range: string) => ({ devEngines: { packageManager: { name: 'pnpm', version: range } } });

test.each([
  [{ packageManager: 'pnpm@10.1.2+sha512.abc' }, '9.0', /^10\.1\.2$/],
  [{ packageManager: 'pnpm@latest' }, '9.0', /^10\./],
  [{ packageManager: 'npm@11.0.0' }, '6.0', /^8\./],
  [devEngines('^11.0.0'), '9.0', /^11\./],
  [devEngines('>=9 <11'), '9.0', /^10\./],
  [{ engines: { pnpm: '>=12' } }, '9.0', /^12\./],
  [{ engines: { pnpm: 'nonsense' } }, '9.0', /^10\./],
  [{}, undefined, /^11\./],
  [{}, '99.0', /^11\./],
])('%j with format %s → %s', (value, format, expected) => expect(version(value, format)).toMatch(expected));

test('a range that nothing is known for', () => {
  expect(errorOf(() => version({ engines: { pnpm: '^99' } }))).toMatchObject({
    code: 'unknown-version',
    place: { file: 'package.json', line: 3 },
  });
});
