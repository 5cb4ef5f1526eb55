import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { MsbError } from '../errors.ts';
import { codeOf, temporaryFolder } from '../testing/fake.ts';
import { writeAll } from './flush.ts';

/** A disk that fails: the paths whose write or rename does not work. Root may write anywhere, so it is feigned. */
const broken = vi.hoisted(() => ({ rename: '', write: '' }));
const failing = (): Error => Object.assign(new Error('no space'), { code: 'ENOSPC' });

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return {
    ...real,
    renameSync: (from: string, to: string) => {
      if (broken.rename !== '' && to.endsWith(broken.rename) && from.endsWith('.new')) throw failing();
      real.renameSync(from, to);
    },
    writeFileSync: (path: string, text: string, options: fs.WriteFileOptions) => {
      if (broken.write === '' || !path.includes(broken.write)) return real.writeFileSync(path, text, options);
      real.writeFileSync(path, text.slice(0, 1), options);
      throw failing();
    },
  };
});

afterEach(() => Object.assign(broken, { rename: '', write: '' }));

const read = (folder: string, path: string): string => fs.readFileSync(join(folder, path), 'utf8');

test('writes, replaces and removes, and leaves no temporary file', () => {
  const folder = temporaryFolder({ old: 'old', gone: 'gone' });
  writeAll([
    { path: join(folder, 'old'), content: 'new' },
    { path: join(folder, 'gone'), content: null },
    { path: join(folder, 'never-there'), content: null },
    { path: join(folder, 'deep/er/file'), content: '' },
  ]);
  expect(fs.readdirSync(folder).sort()).toEqual(['deep', 'old']);
  expect(fs.readdirSync(join(folder, 'deep/er'))).toEqual(['file']);
  expect(read(folder, 'old')).toBe('new');
});

test('keeps the mode of a file', () => {
  const folder = temporaryFolder({ script: 'old' });
  fs.chmodSync(join(folder, 'script'), 0o751);
  writeAll([{ path: join(folder, 'script'), content: 'new' }]);
  expect(fs.statSync(join(folder, 'script')).mode & 0o777).toBe(0o751);
});

test.each([
  ['the last rename fails', { rename: 'last' }],
  ['the disk is full while the last text is written', { write: '.last.' }],
])('changes nothing when %s', (_, fault) => {
  const folder = temporaryFolder({ first: 'old', gone: 'gone', last: 'old' });
  Object.assign(broken, fault);
  const writes = ['first', 'new', 'sub/sub/new', 'last'].map((name) => ({ path: join(folder, name), content: 'x' }));
  const act = () => writeAll([{ path: join(folder, 'gone'), content: null }, ...writes]);
  expect(act).toThrow(/ENOSPC/);
  expect(codeOf(act)).toBe('not-writable');
  expect(fs.readdirSync(folder).sort()).toEqual(['first', 'gone', 'last']);
  expect([read(folder, 'first'), read(folder, 'gone'), read(folder, 'last')]).toEqual(['old', 'gone', 'old']);
});

test('a file that somebody made read-only stays as it is', () => {
  const folder = temporaryFolder({ Dockerfile: 'old' });
  fs.chmodSync(join(folder, 'Dockerfile'), 0o444);
  const act = () => writeAll([{ path: join(folder, 'Dockerfile'), content: 'new' }]);
  expect(codeOf(act)).toBe('not-writable');
  expect(act).toThrow('Dockerfile is read-only; nothing was changed');
  expect([fs.readdirSync(folder), read(folder, 'Dockerfile')]).toEqual([['Dockerfile'], 'old']);
});

test('a file where a folder has to be: not-writable, nothing written', () => {
  const folder = temporaryFolder({ parent: 'a file' });
  const act = () =>
    writeAll([
      { path: join(folder, 'first'), content: 'x' },
      { path: join(folder, 'parent/child'), content: 'x' },
    ]);
  expect(codeOf(act)).toBe('not-writable');
  expect(fs.readdirSync(folder)).toEqual(['parent']);
});

test('a folder where the file has to be stays as it is', () => {
  const folder = temporaryFolder({ 'Dockerfile/inside': 'kept' });
  const act = () => writeAll([{ path: join(folder, 'Dockerfile'), content: 'x' }]);
  expect(act).toThrow(MsbError);
  expect(act).toThrow(/Dockerfile is there, but it is no file/);
  expect(fs.readdirSync(folder)).toEqual(['Dockerfile']);
  expect(read(folder, 'Dockerfile/inside')).toBe('kept');
});
