import { MemoryTree, MsbError, Project, product } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { readModFile } from './modfile.ts';
import { chooseGo, downloadNotes, versionFact } from './version.ts';

const choose = (lines: string, wanted?: string) =>
  chooseGo(readModFile(new Project(new MemoryTree({ 'go.mod': `module example.com/a\n${lines}\n` }))), wanted);
const known = Object.keys(product('golang').versions);
const [oldest = '', newest = ''] = [known[0], known.at(-1)];

function failure(lines: string, wanted?: string): MsbError {
  try {
    choose(lines, wanted);
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('a version was chosen');
}

describe('chooseGo', () => {
  test.each([
    [`go ${newest}`, newest],
    [`go ${newest}.2`, newest],
    [`go ${newest}rc1`, newest],
    ['go 1.9', oldest],
    ['go 1.13', oldest],
    ['go 1.15', oldest],
    ['go 1.21.0', oldest],
    ['go 1.21rc2', oldest],
    [`go 1.21.0\ntoolchain go${newest}.3-acme`, newest],
    [`go ${oldest}\ntoolchain go1.99.1`, newest],
    ['toolchain go1.99rc1', newest],
    ['', oldest],
    [`go 1.20\ntoolchain go${newest}.1`, newest],
    [`go ${oldest}\ntoolchain default`, oldest],
  ])('%j is built with Go %s', (lines, release) => expect(choose(lines).release).toBe(release));

  test('keeps what the project says, and where', () => {
    expect(choose('go 1.13')).toEqual({ release: oldest, wanted: '1.13', place: { file: 'go.mod', line: 2 } });
    expect(choose(`go 1.20\ntoolchain go${newest}.1`).place).toEqual({ file: 'go.mod', line: 3 });
  });

  test('go.work asks, too, and its go line has to be met', () => {
    const work = (go: string) => ({ file: '../go.work', go: { value: go, line: 1 }, toolchain: undefined });
    const mod = readModFile(new Project(new MemoryTree({ 'go.mod': 'module example.com/a\ngo 1.21\n' })));
    expect(chooseGo(mod, undefined, work(`${newest}.1`)).place).toEqual({ file: '../go.work', line: 1 });
    expect(chooseGo(mod, undefined, work('1.99')).download).toBe('go1.99.0');
  });

  test.each([
    [`go ${newest}.2`, `${newest}.2`],
    [`go ${newest}rc1`, `${newest}rc1`],
    ['go 1.15', `1.15, built with ${oldest}`],
    [`go ${oldest}\ntoolchain go1.99.1`, `1.99.1, built with ${newest}`],
  ])('%j is told as %s', (lines, value) => expect(versionFact(choose(lines)).value).toBe(value));

  test.each([
    ['go 1.99', 'go1.99.0'],
    ['go 1.99.3', 'go1.99.3'],
    ['go 1.99rc1', 'go1.99rc1'],
    ['go 1.99.3-acme', 'go1.99.3'],
  ])('%j is newer than every image known: the newest downloads %s', (lines, download) => {
    const place = { file: 'go.mod', line: 2 };
    expect(choose(lines)).toMatchObject({ release: newest, download, place });
    expect(downloadNotes(choose(lines))).toEqual([expect.objectContaining({ place })]);
    expect(versionFact(choose(lines)).value).toBe(lines.slice(3));
    expect(downloadNotes(choose(`go ${newest}`))).toEqual([]);
  });

  test('a flag wins over a newer toolchain', () => {
    expect(choose(`go 1.20\ntoolchain go${newest}.1`, oldest).release).toBe(oldest);
  });

  test('a flag older than the go line can not work', () => {
    const error = failure(`go ${newest}.0`, oldest);
    expect(error.code).toBe('bad-option');
    expect(error.message).toContain(`asks for ${newest}.0`);
    expect(error.place).toEqual({ file: 'go.mod', line: 2 });
  });

  test.each([
    ['go 2.0', /"2\.0" is no Go version/],
    ['go banana', /"banana" is no Go version/],
    ['go 1.26$(id)', /is no Go version/],
    ['toolchain gobanana', /"banana" is no Go version/],
  ])('%s is refused', (lines, message) => {
    const error = failure(lines);
    expect(error.code).toBe('unknown-version');
    expect(error.message).toMatch(message);
    expect(error.place).toEqual({ file: 'go.mod', line: 2 });
  });

  test('an unknown flag is refused with what is known', () => {
    expect(failure('go 1.20', '1.99').hint).toContain(known.join(', '));
  });
});
