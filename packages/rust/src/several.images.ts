import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, imageFiles, readCases, remove, start } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rust } from './index.ts';

const item = readCases(rust).find(({ name }) => name === 'workspace');
if (item === undefined) throw new Error('the fixture workspace is missing');

describe.skipIf(!(await hasDocker()))('rust with an image for each binary', () => {
  const tag = 'msb-test/rust-several';
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));

  beforeAll(async () => {
    cpSync(item.project, folder, { recursive: true });
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [rust], options: { bin: 'all', runtime: 'scratch' } });
    tree.flush();
    await build(folder, tag, '--target', 'orders-server');
  }, 900_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag).catch(() => undefined);
  });

  test('the second image costs no compilation, and has its own binary alone', { timeout: 300_000 }, async () => {
    expect(await build(folder, tag, '--target', 'orders-cli')).not.toMatch(/ Compiling /);
    const programs = (await imageFiles(tag)).filter(({ path }) => path.startsWith('usr/local/bin/'));
    expect(programs.map(({ path }) => path)).toEqual(['usr/local/bin/orders-cli']);
    const container = await start(tag, {});
    try {
      expect((await finish(container)).exitCode).toBe(0);
    } finally {
      await remove(container);
    }
  });
});
