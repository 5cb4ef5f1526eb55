import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDocker } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOfRepository, root } from './copy.ts';
import { type Outcome, run } from './run.ts';

/** A sample that answers over HTTP with what a base image has: one connection after the other. */
const page = ['--expect', 'good day', '--port', '8080'];
const answer = `read -r line
body='good day'
printf 'HTTP/1.1 200 OK\\r\\nContent-Length: %s\\r\\nConnection: close\\r\\n\\r\\n%s' "\${#body}" "$body"
`;
const serve = `trap 'exit 0' TERM
while :; do
  nc -l -p 8080 -e /bin/sh /app/answer.sh &
  wait $!
done
`;

/** What `npm run new:ecosystem` writes passes the kit as it is, its images with it: with a sample, and without. */
const available = await hasDocker();

describe.skipIf(!available)('a new ecosystem builds and runs', () => {
  let folder = '';
  beforeAll(() => {
    folder = copyOfRepository();
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const script = (name: string, ...args: readonly string[]): Promise<Outcome> =>
    run(folder, process.execPath, [join(folder, `tools/${name}.mjs`), ...args]);
  const create = (...args: readonly string[]): Promise<Outcome> =>
    script('new-ecosystem/new', ...args, '--runtimes', 'alpine', '--yes');
  const check = (id: string): Promise<Outcome> => script('check-ecosystem/check', id);

  test('with the placeholder', { timeout: 240_000 }, async () => {
    const made = await create('--id', 'logo');
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    const { stdout } = await check('logo');
    expect(stdout).toMatch(/logo hello on alpine\n[\s\S]*✓ it does its job, locked in[\s\S]*✓ All \d+ checks passed/);
  });

  test('with a sample that answers over HTTP', { timeout: 240_000 }, async () => {
    const sample = join(folder, 'sample');
    mkdirSync(sample);
    writeFileSync(join(sample, 'page.conf'), '# no more than a marker\n');
    writeFileSync(join(sample, 'answer.sh'), answer);
    const start = '/bin/sh /app/serve.sh';
    writeFileSync(join(sample, 'serve.sh'), serve);
    const made = await create('--id', 'page', '--marker', 'page.conf', '--start', start, '--sample', sample, ...page);
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    const { stdout } = await check('page');
    expect(stdout).toMatch(/✓ a one-line change builds again[\s\S]*✓ All \d+ checks passed/);
  });
});

test.skipIf(!available)('templates from outside build and run by the same command', { timeout: 240_000 }, async () => {
  const args = [join(root, 'tools/check-ecosystem/check.mjs'), './tools/e2e/our-templates'];
  const { stdout } = await run(root, process.execPath, args);
  expect(stdout).toMatch(/toy hello on alpine\n[\s\S]*✓ it does its job, locked in[\s\S]*✓ All \d+ checks passed/);
});
