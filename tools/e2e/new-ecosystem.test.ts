import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOfRepository, root } from './copy.ts';
import { converse, type Outcome, run, watch } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = copyOfRepository();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
const node = (script: string, ...args: readonly string[]): Promise<Outcome> =>
  run(folder, process.execPath, [join(folder, script), ...args]);
const create = (...args: readonly string[]): Promise<Outcome> => node('tools/new-ecosystem/new.mjs', ...args);
const check = (...args: readonly string[]): Promise<Outcome> => node('tools/check-ecosystem/check.mjs', ...args);

describe('npm run new:ecosystem', () => {
  test('writes an ecosystem that passes the kit as it is', { timeout: 120_000 }, async () => {
    const { stdout, stderr, exitCode } = await create('--id', 'logo', '--title', 'Logo "II"', '--yes');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout + stderr).toMatch(/1\. npm run check:ecosystem -- logo[\s\S]*2\. Put[\s\S]*3\. Write/);
    expect(text('packages/create-msb-docker/src/ecosystems.ts')).toMatch(
      /listed\('java'.*\n.*listed\('logo'.*\n.*'node'/,
    );
    expect(text('tsconfig.json')).toContain('"packages/logo"');
    expect(text('packages/create-msb-docker/tsconfig.json')).toContain('"../logo"');
    expect(text('packages/create-msb-docker/package.json')).toContain('"@msb/logo"');
    expect(text('README.md')).toContain('| Logo "II" | `logo.json` |');
    const result = await check('logo', '--no-docker');
    expect(result.stdout + result.stderr).toMatch(/✓ All 29 checks passed/);
    const types = await run(folder, join(root, 'node_modules/.bin/tsc'), ['-b', 'packages/logo']);
    expect(types.stdout).toBe('');
    const lint = await run(folder, join(root, 'node_modules/.bin/biome'), ['check', 'templates/logo', 'packages/logo']);
    expect(lint.exitCode, lint.stdout + lint.stderr).toBe(0);
  });

  test('takes a sample application in the place of the placeholder', { timeout: 120_000 }, async () => {
    const sample = join(folder, 'sample');
    mkdirSync(sample);
    writeFileSync(join(sample, 'comal.json'), '{}\n');
    writeFileSync(join(sample, 'main.comal'), 'PRINT "good day"\n');
    const flags = ['--marker', 'comal.json', '--runtimes', 'slim', '--image', 'comal:2.0', '--interpreted'];
    const start = ['--start', '/usr/bin/comal main.comal', '--sample', sample, '--expect', 'good day', '--port', '0'];
    const { stdout, stderr, exitCode } = await create('--id', 'comal', ...flags, ...start, '--yes');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(text('templates/comal/fixtures/hello/expected/slim.Dockerfile')).toMatch(
      /FROM comal:2\.0 AS toolchain[\s\S]*FROM comal:2\.0-slim AS runtime-base[\s\S]*ENTRYPOINT \["\/usr\/bin\/comal", "main\.comal"\]/,
    );
    expect(stdout).not.toContain('hello.sh');
    expect(readdirSync(join(folder, 'templates/comal/fixtures/hello/project')).sort()).toEqual([
      'comal.json',
      'main.comal',
    ]);
    expect(JSON.parse(text('templates/comal/fixtures/hello/case.json'))).toMatchObject({
      run: { output: 'good day' },
      edit: { file: 'main.comal', find: 'good day' },
    });
  });

  test('asks for what no flag says', { timeout: 120_000 }, async () => {
    const replies = [
      { when: /short lower-case word/, type: 'basic' },
      { when: /What people call it/ },
      { when: /every project of it has/ },
      { when: /built with, with a version/, type: 'basic:1.1' },
      { when: /can ship on/, type: 'alpine' },
      { when: /What starts a program/ },
      { when: /an interpreter/, type: 'y' },
      { when: /one for each runtime.*basic:1\.1-alpine/, type: 'basic:1.1-alpine3.24' },
      { when: /sample application/ },
    ];
    const screen = await converse(folder, process.execPath, [join(folder, 'tools/new-ecosystem/new.mjs')], replies);
    expect(screen).toContain('templates/basic/fixtures/hello/expected');
    expect(JSON.parse(text('templates/basic/ecosystem.json'))).toMatchObject({
      id: 'basic',
      title: 'Basic',
      runtimes: ['alpine'],
      images: { basic: { versions: { '1.1': { images: { build: 'basic:1.1', alpine: 'basic:1.1-alpine3.24' } } } } },
    });
  });

  test('--help has every flag, with what is taken unasked', async () => {
    const { stdout, exitCode } = await create('--help');
    expect(exitCode).toBe(0);
    for (const name of ['id', 'image', 'interpreted', 'ships', 'sample']) expect(stdout).toContain(`--${name} `);
    expect(stdout).toContain('(alpine,slim)');
  });

  test.each([
    [['--yes'], /needs a name/],
    [['--id', 'go', '--yes'], /templates\/go is there already/],
    [['--id', 'x', '--image', 'php', '--yes'], /tag that begins with its version/],
    [['--id', 'x', '--runtimes', 'windows', '--yes'], /One or more of alpine/],
    [['--id', 'x', '--colour', 'red'], /Flags are --id/],
    [['--id', 'x', '--image', 'x:1', '--interpreted', '--ships', 'x:1', '--yes'], /for each of alpine, slim/],
  ])('%j is refused', async (args, message) => {
    const { stdout, stderr, exitCode } = await create(...args);
    expect(stdout + stderr).toMatch(message);
    expect(exitCode).not.toBe(0);
    expect(existsSync(join(folder, 'templates/x'))).toBe(false);
  });
});

describe('npm run check:ecosystem', () => {
  test('its report is a checklist; a failure names the file and the mend', { timeout: 60_000 }, async () => {
    const template = join(folder, 'templates/logo/build.hbs');
    const before = readFileSync(template, 'utf8');
    writeFileSync(template, before.replace('cp -R . /out', 'cp -R {{everything}} /out'));
    const { stdout, exitCode } = await check('logo', '--no-docker');
    writeFileSync(template, before);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✓ ecosystem.json follows its schema');
    expect(stdout).toMatch(
      /✗ can be planned and rendered\n\s+templates\/logo\/build\.hbs:6\n.*uses everything, which its plan does not declare\n\s+→ Correct the name/,
    );
    expect(stdout).toMatch(/– equals its golden files \(there is nothing to look at\)/);
    expect(stdout).toMatch(/✗ 2 of \d+ checks failed/);
    expect(stdout).not.toMatch(/\n\s+at .*\.ts:\d/);
  });

  test('code that does not compile, text that is not formatted and old tables are found, too', {
    timeout: 60_000,
  }, async () => {
    const files = ['packages/logo/src/plan.ts', 'templates/logo/ecosystem.json'].map((path) => join(folder, path));
    const before = files.map((path) => readFileSync(path, 'utf8'));
    const [code = '', manifest = ''] = before;
    writeFileSync(files[0] ?? '', `${code}export const  wrong: number = 'x';\n`);
    writeFileSync(files[1] ?? '', manifest.replace('"alpine"', '"slim"').replace(', "slim"', ''));
    const { stdout, exitCode } = await check('logo', '--no-docker');
    files.forEach((path, index) => void writeFileSync(path, before[index] ?? ''));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ compile\n\s+packages\/logo\/src\/plan\.ts:\d+\n\s+Type 'string' is not/);
    expect(stdout).toMatch(/✗ are formatted like the rest\n\s+packages\/logo\/src\/plan\.ts\n.*\n\s+→ npm run format/);
    expect(stdout).toMatch(/✗ are what schemas[\s\S]*templates\/README\.md\n\s+It is out of date\n\s+→.*npm run sync/);
  });

  test('--watch looks again when a file changes', { timeout: 150_000 }, async () => {
    const template = join(folder, 'templates/logo/build.hbs');
    const before = readFileSync(template, 'utf8');
    const watching = new AbortController();
    const seen = watch(
      folder,
      [join(folder, 'tools/check-ecosystem/check.mjs'), 'logo', '--no-docker', '--watch'],
      watching,
    );
    try {
      await seen(/✓ All 29 checks passed/);
      writeFileSync(template, before.replace('WORKDIR', '\tWORKDIR'));
      await seen(/✗ the templates are text[\s\S]*build\.hbs:3\n\s+It has a tab[\s\S]*checks failed/);
      writeFileSync(template, before);
      await seen(/✓ All 29 checks passed/);
    } finally {
      watching.abort();
      writeFileSync(template, before);
    }
  });

  test.each([
    [[], /Name one ecosystem/],
    [['cobol'], /There is no ecosystem cobol: name one of .*go/],
    [['go', '--dockerless'], /--dockerless/],
  ])('%j is refused', async (args, message) => {
    const { stderr, exitCode } = await check(...args);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
