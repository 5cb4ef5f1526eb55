import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build, docker, hasDocker } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from './checks/table.ts';
import type { VerifyRequest } from './request.ts';
import { dockerfileOf, type Fixture, fixtures, good, goodFiles, goodRequest } from './testing/fixtures.ts';
import { partsDockerfile, program } from './testing/program.ts';
import { type Verdict, verify } from './verify.ts';

const available = await hasDocker();
if (!available) console.warn('No Docker engine answers: the image tests of verify are skipped.');
const parts = 'msb-verify-test/parts';
const root = mkdtempSync(join(tmpdir(), 'msb-verify-'));
let count = 0;

type Files = Readonly<Record<string, string | Buffer>>;

function write(files: Files): string {
  count += 1;
  const folder = join(root, `${count}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const quiet = { onStep: () => undefined, onPhase: () => undefined };

function run(
  files: Files,
  request: Partial<VerifyRequest> = {},
  signal = new AbortController().signal,
): Promise<Verdict> {
  const context = write(files);
  const file = join(context, 'Dockerfile');
  const given = {
    context,
    file,
    buildArgs: [],
    env: [],
    buildTimeout: 300,
    startTimeout: 15,
    ...goodRequest,
    ...request,
  };
  return verify(given, { signal, ...quiet });
}

const notRight = ({ rows }: Verdict): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.filter(({ status }) => status !== 'pass').map(({ id, status }) => [id, status]));

describe.skipIf(!available)('verify', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await build(write({ Dockerfile: partsDockerfile, 'main.go': program, 'go.mod': 'module app\n\ngo 1.26\n' }), parts);
  }, 300_000);
  afterAll(async () => {
    rmSync(root, { recursive: true, force: true });
    await docker('image', 'rm', '--force', parts);
  });

  test('an image that is right in every row', async () => {
    const verdict = await run({ ...goodFiles, Dockerfile: good }, { maxSize: 10_000_000 });
    expect(notRight(verdict)).toEqual({});
    expect(verdict.rows.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(verdict.good).toBe(true);
  });

  test('every check has an image that fails it, or, where it says why it never fails, one that it warns of', () => {
    const worst = (id: string): string | undefined => {
      const seen = fixtures.flatMap(({ expected }) => (Object.keys(expected)[0] === id ? (expected[id] ?? []) : []));
      return seen.find((status) => status === 'fail') ?? seen[0];
    };
    expect(checks.map(({ id }) => [id, worst(id)])).toEqual(
      checks.map(({ id, onlyWarns }) => [id, onlyWarns === undefined ? 'fail' : 'warn']),
    );
  });

  describe.concurrent('an image that', () => {
    test.each(fixtures)('$name', async (fixture: Fixture) => {
      const { files, request, expected, reason } = fixture;
      const verdict = await run({ ...goodFiles, ...files, Dockerfile: dockerfileOf(fixture) }, request);
      expect(notRight(verdict)).toEqual(expected);
      const [first = ''] = Object.keys(expected);
      expect(verdict.rows.find(({ id }) => id === first)?.reason).toMatch(reason);
      expect(verdict.good).toBe(!Object.values(expected).includes('fail'));
    });
  });

  test('a tool is run with its arguments', async () => {
    const tool = good.replace('EXPOSE 8080\n', '');
    const ran = await run({ ...goodFiles, Dockerfile: tool }, { command: ['-help'] });
    expect(ran.rows.find(({ id }) => id === 'starts')).toMatchObject({ status: 'pass', reason: /^exits with 0/ });
    const hung = await run({ ...goodFiles, Dockerfile: tool }, { command: ['-mute'], startTimeout: 1 });
    expect(hung.rows.find(({ id }) => id === 'starts')).toMatchObject({ status: 'fail' });
  });

  test('a Dockerfile that does not build: the step, its line and its last words', async () => {
    const text = 'FROM alpine:3.24 AS build\nRUN echo some words; exit 7\n';
    await expect(run({ Dockerfile: text })).rejects.toMatchObject({
      code: 'build-failed',
      message: 'The Dockerfile does not build: [2/2] RUN echo some words; exit 7 (exit code 7)',
      hint: 'Its last words: some words',
      place: { file: 'Dockerfile', line: 2 },
    });
  });

  test('a build that hangs is ended, and where it hung is said', async () => {
    const text = 'FROM alpine:3.24 AS build\nRUN sleep 61\n';
    await expect(run({ Dockerfile: text }, { buildTimeout: 3 })).rejects.toMatchObject({
      message: 'The build did not end within 3 s; it was at [2/2] RUN sleep 61',
    });
  });

  test('an interruption leaves neither a container nor an image', async () => {
    const before = await leftovers();
    for (const ms of [300, 1500, 3000]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms);
      const deaf = `${good.replace('["/app"]', '["/app", "-mute"]')}LABEL ${interrupted}\n`;
      await run({ ...goodFiles, Dockerfile: deaf }, {}, controller.signal).catch(() => undefined);
    }
    expect(await leftovers()).toEqual(before);
  });
});

/** Tells the images of the test from those of others on the same engine. */
const interrupted = 'msb.test=interrupted';

/** Containers of ours, and images of the test, those without a name too. */
async function leftovers(): Promise<readonly string[]> {
  const run = promisify(execFile);
  const containers = await run('docker', ['ps', '--all', '--quiet', '--filter', 'name=msb-verify-']);
  const images = await run('docker', ['images', '--quiet', '--filter', 'reference=msb-verify/*']);
  const unnamed = await run('docker', ['images', '--quiet', '--filter', `label=${interrupted}`]);
  return [containers.stdout, images.stdout, unnamed.stdout];
}
