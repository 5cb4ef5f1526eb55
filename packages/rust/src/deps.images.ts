import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, hasDocker, readCases } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rust } from './index.ts';

const item = readCases(rust).find(({ name }) => name === 'workspace');
if (item === undefined) throw new Error('the fixture workspace is missing');

describe.skipIf(!(await hasDocker()))('rust dependencies in a layer', () => {
  const tag = 'msb-test/rust-deps';
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  const dockerfile = join(folder, 'Dockerfile');

  beforeAll(async () => {
    cpSync(item.project, folder, { recursive: true });
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [rust], options: { ...item.options, runtime: 'scratch' } });
    tree.flush();
    await build(folder, tag);
  }, 900_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag).catch(() => undefined);
  });

  /**
   * Builds with the layers that are there, and with none of what is in cache mounts. Another id is another mount, yet
   * not another step: one that an engine has run before is taken from its layers unless told.
   */
  async function elsewhere(change = (text: string): string => text): Promise<string> {
    const [before = '', stage = ''] = readFileSync(dockerfile, 'utf8').split(/(?=^FROM deps AS build$)/m);
    expect(stage).not.toBe('');
    const file = join(folder, 'Dockerfile.elsewhere');
    writeFileSync(file, `${change(before)}${stage.replace(/,id=/g, `,id=elsewhere-${Date.now()}-`)}`);
    await build(folder, tag, '--file', file, '--target', 'deps');
    return build(folder, tag, '--file', file, '--no-cache-filter', 'build');
  }

  /** The crates that a log says are compiled. */
  const compiled = (log: string): readonly string[] =>
    [...log.matchAll(/ Compiling (\S+) v/g)].map(([, name = '']) => name).sort();

  test('a builder that has layers only compiles the code alone', { timeout: 300_000 }, async () => {
    const { file, find, replace } = item.edit;
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(find, replace));
    expect(compiled(await elsewhere())).toEqual(['orders', 'store']);
  });

  test('the code is compiled, too, where the clock that made the layer was ahead', { timeout: 300_000 }, async () => {
    const ahead = "find target -exec touch -d '2101-01-01 00:00:00' {} +";
    const log = await elsewhere((text) => text.replace(/^cp -a target \/deps$/m, `${ahead}\n$&`));
    expect(compiled(log)).toEqual(['orders', 'store']);
  });

  test('a new source file leaves the layer as it is', { timeout: 300_000 }, async () => {
    writeFileSync(join(folder, 'orders', 'src', 'extra.rs'), '');
    expect(await build(folder, tag, '--target', 'deps')).not.toMatch(/ (Compiling|Downloaded) /);
  });
});
