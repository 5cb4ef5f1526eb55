import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as msb from '@msb/core';
import { checkEcosystem, problemText } from '@msb/core/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Outcome, run } from './run.ts';

/** Templates outside of the repository, with the built command line: a folder, and a package. */
const cli = fileURLToPath(new URL('../../packages/create-msb-docker/bin/create-msb-docker.cjs', import.meta.url));
const house = fileURLToPath(new URL('./our-templates', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msb-outside-'));
  cpSync(house, join(folder, 'our-templates'), { recursive: true });
  cpSync(join(house, 'toy/fixtures/hello/project'), join(folder, 'toy'), { recursive: true });
  mkdirSync(join(folder, 'api'));
  writeFileSync(join(folder, 'api/go.mod'), 'module example.com/orders\n\ngo 1.26\n');
  writeFileSync(join(folder, 'api/main.go'), 'package main\n\nfunc main() { println("hello") }\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const create = (...args: readonly string[]): Promise<Outcome> =>
  run(folder, process.execPath, [cli, '--yes', '--on-conflict', 'overwrite', ...args]);
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('--templates', () => {
  test('a folder brings an ecosystem, with its options', async () => {
    const { exitCode, stdout } = await create('toy', '--templates', 'our-templates', '--greeting', 'x', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ecosystem: 'toy', options: { greeting: 'x' }, findings: [] });
    expect(text('toy/Dockerfile')).toContain('COPY --link --from=build /out/greeter /usr/local/bin/greeter');
  });

  test('it replaces single stages of ours, and the report says so', async () => {
    const { exitCode, stdout } = await create('api', '--templates=./our-templates', '--runtime', 'alpine');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('_runtime/alpine.base, go/toolchain from ./our-templates');
    expect(text('api/Dockerfile')).toContain('FROM registry.acme.example/base/alpine:3.24 AS runtime-base');
    expect(text('api/Dockerfile')).toContain('ENV GOPROXY=https://go.acme.example');
    expect(text('api/Dockerfile')).toContain('CGO_ENABLED=0');
  });

  test('a package brings the same', async () => {
    cpSync(house, join(folder, 'node_modules/@acme/msb-templates'), { recursive: true });
    const { exitCode } = await create('toy', '--templates', '@acme/msb-templates');
    expect(exitCode).toBe(0);
    expect(text('toy/Dockerfile')).toContain('toy on alpine');
    expect(JSON.parse(text('toy/.msb.json')).templates).toEqual({ from: '@acme/msb-templates', replaced: [] });
    expect((await create('api', '--templates', '@acme/msb-templates')).exitCode).toBe(0);
    expect(text('api/Dockerfile')).toContain('ENV GOPROXY=https://go.acme.example');
    expect((await create('api')).stderr).toContain('--templates @acme/msb-templates, or');
  });

  test('a later run without it says what is missing', async () => {
    await create('toy', '--templates', 'our-templates');
    const { exitCode, stderr } = await create('toy');
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/\.msb\.json[\s\S]*--templates \.\/our-templates/)]);
    const checked = await run(folder, process.execPath, [cli, 'check', 'toy']);
    expect(checked.stdout).toMatch(/Made with \.\/our-templates: see/);
  });

  test('the record says whose templates they are; a later run asks for them, and check tells', async () => {
    const flags = ['--templates', 'our-templates', '--runtime', 'alpine'];
    await create('api', ...flags);
    const before = text('api/Dockerfile');
    expect(JSON.parse(text('api/.msb.json')).templates).toEqual({
      from: '../our-templates',
      replaced: ['_runtime/alpine.base', 'go/toolchain'],
    });
    const without = await create('api');
    expect([without.exitCode, without.stderr]).toEqual([
      2,
      expect.stringMatching(
        /alpine\.base, go\/toolchain from \.\.\/our-templates[\s\S]*--templates \.\/our-templates,.*none/,
      ),
    ]);
    expect(text('api/Dockerfile')).toBe(before);
    const checked = await run(folder, process.execPath, [cli, 'check', 'api']);
    expect(checked.stdout).toMatch(
      /Made with .*go\/toolchain from \.\/our-templates: see .*--templates \.\/our-templates/,
    );
    expect(checked.stdout).not.toContain('newer template');
    expect((await create('api', ...flags)).stdout).toMatch(/Dockerfile +is up to date/);
    expect((await create('api', '--templates', 'none')).exitCode).toBe(0);
    expect(text('api/Dockerfile')).not.toContain('acme');
    expect(JSON.parse(text('api/.msb.json')).templates).toBeUndefined();
    expect((await create('api')).exitCode).toBe(0);
  });

  test('templates that use what no plan declares, or another contract, get one sentence and a hint', async () => {
    writeFileSync(join(folder, 'our-templates/go/build.hbs'), '# build\nFROM {{form}} AS build\n');
    expect((await create('api', '--templates', 'our-templates')).stderr).toMatch(
      /go\/build\.hbs uses form[\s\S]*Declared are/,
    );
    rmSync(join(folder, 'our-templates/go/build.hbs'));
    const manifest = join(folder, 'our-templates/toy/ecosystem.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"contract": 1', '"contract": 2'));
    const other = await create('toy', '--templates', 'our-templates');
    expect([other.exitCode, other.stderr]).toEqual([
      4,
      expect.stringMatching(/for contract 2[\s\S]*Update create-msb-docker/),
    ]);
    writeFileSync(manifest, '{ "id": ');
    const broken = await create('toy', '--templates', 'our-templates');
    expect([broken.exitCode, broken.stderr]).toEqual([4, expect.stringMatching(/ecosystem\.json: Not valid JSON/)]);
    expect(other.stderr + broken.stderr).not.toMatch(/\n\s+at |bug of create-msb-docker/);
  });

  test('without it, nothing of it is loaded', async () => {
    const trace = join(folder, 'trace.cjs');
    writeFileSync(trace, `process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')));\n`);
    const { stderr } = await run(folder, process.execPath, ['--require', trace, cli, 'api', '--yes', '--dry-run']);
    expect(stderr).toContain('main.cjs');
    expect(stderr).not.toContain('outside.cjs');
  });
});

describe('npm run check:ecosystem -- ./our-templates', () => {
  const checker = fileURLToPath(new URL('../check-ecosystem/check.mjs', import.meta.url));
  const check = (): Promise<Outcome> =>
    run(folder, process.execPath, [checker, './our-templates', '--no-docker'], { NODE_OPTIONS: '' });

  test('looks at ecosystems, and at templates of ours that are replaced', { timeout: 120_000 }, async () => {
    const { stdout, exitCode } = await check();
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/Toy conforms[\s\S]*Go with _runtime\/alpine\.base, go\/toolchain\n +✓ every fixture/),
    ]);
  });

  test('names their files, and lines of their code', { timeout: 120_000 }, async () => {
    const change = (path: string, from: string, to: string): void => {
      const file = join(folder, 'our-templates', path);
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };
    change('go/toolchain.hbs', 'ENV', '\tENV');
    change('toy/index.js', "const version = product('toy').default;", 'const version = product.none.default;');
    const { stdout, exitCode } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/our-templates\/go\/toolchain\.hbs:\d+\n\s+It has a tab/);
    expect(stdout).toMatch(/our-templates\/toy\/index\.js:6\n\s+It threw TypeError: /);
  });
});

test('the kit takes an ecosystem from outside', async () => {
  const { ecosystems } = await msb.readOutside(join(house, 'toy'), {}, msb);
  expect(ecosystems.map(({ manifest }) => manifest.id)).toEqual(['toy']);
  for (const ecosystem of ecosystems) expect(checkEcosystem(ecosystem).map(problemText)).toEqual([]);
});
