import { expect, test } from 'vitest';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import { bundledNpm, managerVersion, npmVersion } from './version.ts';

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

test('the default runs on the Node of the project', () => {
  expect(managerVersion('pnpm', packageOf({}).manifest, undefined, '20')).toMatch(/^10\./);
  expect(managerVersion('pnpm', packageOf({}).manifest, undefined, '24')).toMatch(/^11\./);
});

test.each([
  [{}, '24', undefined],
  [{ packageManager: 'npm@9.8.1' }, '24', /^9\.8\.1$/],
  [{ packageManager: 'npm@8.19.4' }, '24', undefined],
  [{ packageManager: 'pnpm@9.8.1' }, '24', undefined],
  [{ devEngines: { packageManager: { name: 'npm', version: '^10.0.0' } } }, '22', undefined],
  [{ devEngines: { packageManager: { name: 'npm', version: '^10.0.0' } } }, '26', /^10\./],
  [{ engines: { npm: '>=8' } }, '24', undefined],
  [{ engines: { npm: '^9.5.0' } }, '24', /^9\./],
  [{ engines: { npm: '6.x' } }, '24', undefined],
])('npm of %j on Node %s → %s', (value, node, expected) => {
  const found = npmVersion(packageOf(value).manifest, node);
  expected === undefined ? expect(found).toBeUndefined() : expect(found).toMatch(expected);
});

test('the npm that comes with Node', () => {
  expect(['20', '22', '24', '26'].map(bundledNpm)).toEqual(['10', '10', '11', '12']);
});
