import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, hasDocker, readCases } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rust } from './index.ts';

const item = readCases(rust).find(({ name }) => name === 'axum');
if (item === undefined) throw new Error('the fixture axum is missing');

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
   * A builder that got its layers from a cache in a registry has them, but none of what is in cache mounts. Another id
   * is another mount, yet not another step: one that an engine has run before is taken from its layers unless told.
   */
  test('a builder that has layers only compiles the code alone', { timeout: 300_000 }, async () => {
    const text = readFileSync(dockerfile, 'utf8');
    const elsewhere = join(folder, 'Dockerfile.elsewhere');
    const [before, stage] = text.split(/(?=^FROM deps AS build$)/m);
    expect(stage).toBeDefined();
    writeFileSync(elsewhere, `${before}${stage?.replace(/,id=/g, `,id=elsewhere-${Date.now()}-`)}`);
    const { file, find, replace } = item.edit;
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(find, replace));
    const log = await build(folder, tag, '--file', elsewhere, '--no-cache-filter', 'build');
    const compiled = [...log.matchAll(/ Compiling (\S+) v/g)].map(([, name]) => name);
    expect(compiled).toEqual(['greeter']);
  });

  test('a new source file leaves the layer as it is', { timeout: 300_000 }, async () => {
    writeFileSync(join(folder, 'src', 'extra.rs'), '');
    expect(await build(folder, tag, '--target', 'deps')).not.toMatch(/ (Compiling|Downloaded) /);
  });
});
