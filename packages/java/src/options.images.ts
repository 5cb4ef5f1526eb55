import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiskTree, type GivenOptions, scaffold } from '@msb/core';
import { answer, build, docker, finish, hasDocker, remove, start, stop } from '@msb/core/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { java } from './index.ts';

const fixtures = fileURLToPath(new URL('../../../templates/java/fixtures/', import.meta.url));

/** What the fixtures ship without being asked, shipped as an option has it; the layers of their builds are those of the fixtures. */
describe.skipIf(!(await hasDocker()))('java options', { timeout: 300_000 }, () => {
  const folders: string[] = [];
  const tags: string[] = [];

  async function image(fixture: string, options: GivenOptions): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
    folders.push(folder);
    cpSync(join(fixtures, fixture, 'project'), folder, { recursive: true });
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [java], options: { runtime: 'distroless', ...options } });
    tree.flush();
    const tag = `msb-test/java-${fixture}-${Object.keys(options).join('-')}`;
    tags.push(tag);
    await build(folder, tag);
    return tag;
  }

  afterAll(async () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', ...tags).catch(() => undefined);
  });

  test('--jlink ships a Java of the modules alone that the program needs', async () => {
    const tag = await image('shaded', { jlink: true });
    const ran = await start(tag, { args: ['--count', '3'] });
    expect(await finish(ran)).toEqual({ exitCode: 0, output: expect.stringContaining('labels printed: 3') });
    await remove(ran);
    const modules = await docker('run', '--rm', '--entrypoint', '/opt/java/openjdk/bin/java', tag, '--list-modules');
    expect(modules).toContain('java.base@');
    expect(modules).not.toContain('java.desktop@');
  });

  test('--aot ships what a first start taught the very JVM that ships', async () => {
    const tag = await image('spring-boot', { aot: true });
    // the JVM ends where it can't use the cache that it is told of (https://openjdk.org/jeps/514)
    const ran = await start(tag, { env: { JAVA_TOOL_OPTIONS: '-XX:AOTMode=on' } });
    expect(await answer(ran, 8081, '/')).toContain('hello from Spring Boot');
    expect((await stop(ran)).exitCode).toBe(143);
    await remove(ran);
  });
});
