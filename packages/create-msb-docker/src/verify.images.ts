import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { docker, hasDocker } from '@msb/core/testing';
import type { Verdict } from '@msb/verify';
import { afterAll, describe, expect, test } from 'vitest';

/** The built command line with a real engine. */
const available = await hasDocker();
const cli = fileURLToPath(new URL('../bin/create-msb-docker.cjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'msb-verify-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line; `interrupt` is when Ctrl-C is pressed, in ms. */
function call(args: readonly string[], interrupt?: number): Promise<Ran> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  if (interrupt !== undefined) setTimeout(() => child.kill('SIGINT'), interrupt);
  return new Promise((done) => child.on('close', (exitCode) => done({ exitCode, ...said })));
}

function fixture(name: string): string {
  const folder = join(root, name);
  cpSync(fileURLToPath(new URL(`../../../templates/${name}/project`, import.meta.url)), folder, { recursive: true });
  return folder;
}

describe.skipIf(!available)('create-msb-docker verify', { timeout: 300_000 }, () => {
  test.each([
    ['go/fixtures/hello', 'alpine'],
    ['go/fixtures/hello', 'scratch'],
    ['node/fixtures/plain', 'distroless'],
  ])('%s on %s: every row is right, and there is nothing to look at', async (name, runtime) => {
    const folder = fixture(name);
    const made = await call([folder, '--yes', '--runtime', runtime, '--on-conflict', 'overwrite']);
    expect(made.exitCode, made.stderr).toBe(0);
    const { exitCode, stdout, stderr } = await call(['verify', folder, '--json']);
    const { rows }: Verdict = JSON.parse(stdout);
    expect(rows.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(rows.length).toBeGreaterThan(18);
    expect(exitCode, stderr).toBe(0);
  });

  test('Ctrl-C in the build, and while containers run: nothing is left', async () => {
    const folder = join(root, 'long');
    const mark = `msb.test=ctrl-c-${process.pid}`;
    cpSync(fixture('go/fixtures/hello'), folder, { recursive: true });
    for (const last of ['RUN sleep 300', 'ENTRYPOINT ["sleep", "300"]\nEXPOSE 80']) {
      writeFileSync(join(folder, 'Dockerfile'), `FROM busybox\nLABEL ${mark}\n${last}\n`);
      const { exitCode, stderr } = await call(['verify', folder], 6_000);
      expect(stderr).toContain('Interrupted; nothing is left behind.');
      expect(exitCode).toBe(130);
      await sleep(500);
      expect(await docker('ps', '--all', '--quiet', '--filter', `label=${mark}`)).toBe('');
      expect(await docker('images', '--all', '--quiet', '--filter', `label=${mark}`)).toBe('');
    }
  });
});
