import { describe, expect, test } from 'vitest';
import { build, docker, hasDocker, imageFiles } from '../testing/docker.ts';
import { temporaryFolder } from '../testing/fake.ts';
import { ignoreMatcher } from './match.ts';

const available = await hasDocker();
if (!available) console.warn('No Docker engine answers: the matcher is not compared with it.');

const files = [
  'a',
  'ab',
  'abc',
  'ac',
  'acb',
  'A',
  'x.md',
  'x.mdx',
  '.md',
  'v1',
  'va',
  '#a',
  '[a]',
  'a*',
  'a b',
  'aéc',
  '.env',
  'b/a',
  'b/x.md',
  'b/c.key',
  'b/c/a/d',
  'b/ca',
  'b/.env.production',
  'd/b',
  'd/cb',
  'd/c/b',
  'd/c/d/b',
  'd/e/b/c',
  'ax/b',
  'node_modules/x/y',
  'b/node_modules/z',
  'zed',
  '.git/HEAD',
  'tls.key',
  'b/id_rsa',
  'e.b+(c|d)',
]; // prettier-ignore

const texts = [
  'a',
  '/a',
  'a/',
  './b//c/../a',
  '*.md',
  '**/*.md',
  '**.md',
  '*',
  '**',
  'a?c',
  '**/a',
  'd/*/b',
  'd/**/b',
  'd/**',
  'd**b',
  'a**b',
  'a[bc]',
  'v[0-9]',
  'a[^b]',
  'a\\*',
  '\\[a]',
  '\\#a',
  'e.b+(c|d)',
  '#a\nzed',
  ' #a',
  '\uFEFF  zed  \r\n\r\nab\r\n',
  'a b',
  'b\n!b/c',
  '*\n!b',
  '*\n!b/c.key',
  'a*\n! ab',
  'd\n!d/b\nd/b/c',
  '!d/b\nd',
  '**/node_modules\n.git\n**/.env\n**/.env.*',
  '/\n.',
  '**/b\n!d/c/b',
  '**/id_rsa*\n!b/id_rsa',
  'd/**\n!d/c/**',
  '*/*\n!**/*.md',
  '**/*\n!**/a',
]; // prettier-ignore

describe.skipIf(!available)('the matcher keeps out what an engine keeps out', () => {
  test.each(texts)('%j', { timeout: 120_000 }, async (text) => {
    const context = Object.fromEntries(files.map((path) => [`context/${path}`, path]));
    const folder = temporaryFolder({
      ...context,
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'Dockerfile.dockerignore': text,
    });
    const dockerfile = `${folder}/Dockerfile`;
    const ignored = ignoreMatcher(text);
    const tag = 'msb-test/ignore';
    await build(`${folder}/context`, tag, '--file', dockerfile);
    const arrived = (await imageFiles(tag)).map(({ path }) => path).filter((path) => files.includes(path));
    expect(arrived.sort()).toEqual(files.filter((path) => !ignored(path)).sort());
    await docker('image', 'rm', '--force', tag);
  });
});
