import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { docker, hasDocker } from '@msb/core/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './fixture.ts';

/** The bake files as bake takes them: printed for every target, and built. */
const available = await hasDocker();
if (!available) console.warn('No Docker engine answers: the image tests of bake files are skipped.');
const root = mkdtempSync(join(tmpdir(), 'msb-bake-'));
let count = 0;
const version = `test-${process.pid}`;

afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  const made = available ? await docker('images', '--quiet', '--filter', `reference=*:${version}`) : '';
  const ids = made.split('\n').filter((id) => id !== '');
  if (ids.length > 0) await docker('image', 'rm', '--force', ...ids);
});

/** A fixture in a repository of its own, with a bake file and a workflow; resolves to the build context. */
async function made(
  fixture: string,
  files: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<string> {
  count += 1;
  const folder = join(root, String(count));
  cpSync(fileURLToPath(new URL(`../../../templates/${fixture}/project`, import.meta.url)), folder, { recursive: true });
  mkdirSync(join(folder, '.git'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { exitCode, stderr } = await runCli([folder, '--yes', '--ci', 'github', ...more]);
  expect(exitCode, stderr).toBe(0);
  return folder;
}

/** Runs bake in a folder; resolves to what it printed. */
async function bake(cwd: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { ...process.env, VERSION: version, REVISION: 'abc123', ...more };
  const { stdout, stderr } = await promisify(execFile)('docker', ['buildx', 'bake', ...args], { cwd, env });
  return args.includes('--print') ? stdout : stdout + stderr;
}

/** What the tests of a project have in them, and what makes them fail. */
const sum = '1 + 1, 2';

/**
 * A project of each ecosystem with tests: a fixture with some, or one that gets the `text` for a `file`. A test that fails
 * `says` something, which no failed build says.
 */
const tested: Readonly<Record<string, { fixture: string; file: string; text?: string; says: RegExp }>> = {
  Go: {
    fixture: 'go/fixtures/hello',
    file: 'main_test.go',
    text: `package main\n\nimport "testing"\n\nfunc TestSum(t *testing.T) {\n\tif a, b := ${sum}; a != b {\n\t\tt.Fatal("no sum")\n\t}\n}\n`,
    says: /no sum/,
  },
  Java: {
    fixture: 'java/fixtures/plain',
    file: 'src/test/java/shop/StockTest.java',
    says: /expected: <2> but was: <3>/,
  },
  Node: { fixture: 'node/fixtures/express-js', file: 'test/routes.test.js', says: /ERR_ASSERTION|# fail 1|ℹ fail 1/ },
  Python: { fixture: 'python/fixtures/uv-fastapi', file: 'tests/test_shop.py', says: /assert 2 == 3/ },
  Rust: { fixture: 'rust/fixtures/hello', file: 'src/main.rs', says: /tests::adds/ },
};

const targets = (printed: string): readonly string[] => Object.keys(JSON.parse(printed).target).sort();

describe.skipIf(!available)('docker buildx bake', { timeout: 300_000 }, () => {
  test('takes, checks and builds the file of one program', async () => {
    const folder = await made('go/fixtures/hello');
    expect(targets(await bake(folder, ['--print', 'check', 'image', 'release']))).toEqual([
      'check',
      'image',
      'release',
    ]);
    expect(await bake(folder, ['check'])).toContain('no warnings found');
    await bake(folder);
    const label = '{{index .Config.Labels "org.opencontainers.image.revision"}}';
    expect((await docker('image', 'inspect', '--format', label, `hello:${version}`)).trim()).toBe('abc123');
  });

  test('has a target for each of several programs, and builds all of them', async () => {
    const folder = await made('go/fixtures/several', {}, ['--main', 'all']);
    const printed = await bake(folder, ['--print', 'image', 'release']);
    expect(targets(printed)).toEqual(['image-desk', 'image-report', 'release-desk', 'release-report']);
    await bake(folder);
    expect(await docker('run', '--rm', `report:${version}`)).toContain(version); // it says the version it was given
    await docker('image', 'inspect', `desk:${version}`);
  });

  describe.each(Object.entries(tested))('runs the tests of a project in %s', (_, { fixture, file, text, says }) => {
    test('and fails when they do', { timeout: 600_000 }, async () => {
      const folder = await made(fixture);
      const path = join(folder, file);
      if (text !== undefined) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
        const { exitCode, stderr } = await runCli([folder, '--yes']);
        expect(exitCode, stderr).toBe(0);
      }
      const right = readFileSync(path, 'utf8');
      expect(right, 'the sum that the tests expect').toContain(sum);
      expect(targets(await bake(folder, ['--print', 'test']))).toEqual(['test']);
      expect(await bake(folder, ['check'])).toContain('no warnings found');
      await bake(folder, ['test']);
      writeFileSync(path, right.replace(sum, '1 + 1, 3'));
      await expect(bake(folder, ['test'])).rejects.toThrow(says);
    });
  });

  test('is called at the root of a workspace, with the file of one package', async () => {
    const folder = await made('node/fixtures/workspace-npm', {}, ['--project', 'apps/api']);
    const file = 'apps/api/docker-bake.hcl';
    const printed = await bake(folder, ['-f', file, '--print', 'image']);
    expect(JSON.parse(printed).target.image).toMatchObject({ context: '.', dockerfile: 'apps/api/Dockerfile' });
    expect(await bake(folder, ['-f', file, 'check'])).toContain('no warnings found');
  });

  test('takes secrets and layers kept elsewhere', async () => {
    const folder = await made('go/fixtures/chi', {}, ['--private', 'example.com/*']);
    const home = join(root, 'home');
    mkdirSync(home);
    writeFileSync(join(home, '.netrc'), '');
    const env = { HOME: home, CACHE: 'type=registry,ref=localhost:1/cache' };
    const { target } = JSON.parse(await bake(folder, ['--print', 'image'], env));
    expect(target.image['cache-to']).toEqual([{ mode: 'max', ref: 'localhost:1/cache', type: 'registry' }]);
    expect(target.image.secret).toEqual([{ id: 'netrc', src: join(home, '.netrc') }]);
  });
});
