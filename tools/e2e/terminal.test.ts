import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { converse, run } from './run.ts';

/** The built command line in a real terminal. */
const cli = fileURLToPath(new URL('../../packages/create-msb-docker/bin/create-msb-docker.cjs', import.meta.url));
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'msb-terminal-'));
  writeFileSync(join(project, 'go.mod'), 'module example.com/orders\n\ngo 1.26\n');
  writeFileSync(
    join(project, 'main.go'),
    'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
  );
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

const text = (name: string): string => readFileSync(join(project, name), 'utf8');

describe('in a terminal', () => {
  test('asks what it ships on, shows the files, and writes them', { timeout: 60_000 }, async () => {
    const screen = await converse(
      project,
      process.execPath,
      [cli],
      [
        { when: /Ship on/, keys: '\u001b[B' },
        { when: /Write these files\?/, type: 'y' },
      ],
    );
    expect(screen).toMatch(/go\.mod:3/);
    expect(screen).toMatch(/Build it/);
    expect(text('Dockerfile')).toContain('go on distroless');
  });

  test('shows the difference to a file that exists, and keeps it when told to', { timeout: 60_000 }, async () => {
    writeFileSync(join(project, 'Dockerfile'), 'FROM golang\nCMD go run .\n');
    const screen = await converse(
      project,
      process.execPath,
      [cli, '--runtime', 'scratch'],
      [
        { when: /Dockerfile already exists/, type: 'd' },
        { when: /\+USER 65532:65532[\s\S]*Dockerfile already exists/, type: 'k' },
        { when: /Write these files\?/, type: 'y' },
      ],
    );
    expect(screen).toContain('-CMD go run .');
    expect(text('Dockerfile')).toBe('FROM golang\nCMD go run .\n');
    expect(existsSync(join(project, '.dockerignore'))).toBe(true);
  });

  test('says what an answer decided, and why each line is there', { timeout: 60_000 }, async () => {
    for (const [name, port] of [
      ['api', 9001],
      ['admin', 9002],
    ] as const) {
      mkdirSync(join(project, 'cmd', name), { recursive: true });
      const source = readFileSync(join(project, 'main.go'), 'utf8').replace('8080', String(port));
      writeFileSync(join(project, 'cmd', name, 'main.go'), source);
    }
    rmSync(join(project, 'main.go'));
    const screen = await converse(
      project,
      process.execPath,
      [cli, '--runtime', 'scratch'],
      [
        { when: /Which program/, keys: '\u001b[B' },
        { when: /Write these files\?/, type: 'e' },
        { when: /build compiles[\s\S]*Write these files\?/, type: 'n' },
      ],
    );
    expect(screen).toMatch(/port +9001 +\S*cmd\/api\/main\.go:6/);
    expect(screen).toContain('Nothing was written.');
  });

  test('Ctrl-C ends it, and nothing is written', { timeout: 60_000 }, async () => {
    const screen = await converse(project, process.execPath, [cli], [{ when: /Ship on/, keys: '\u0003' }]);
    expect(screen).toContain('Nothing was written.');
    expect(existsSync(join(project, 'Dockerfile'))).toBe(false);
  });

  test('loads nothing of inquirer, nx or plop when it has nothing to ask', async () => {
    const trace = join(project, 'trace.cjs');
    writeFileSync(trace, `process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')));\n`);
    const result = await run(project, process.execPath, ['--require', trace, cli, '--yes', '--dry-run']);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('main.cjs');
    expect(result.stderr).not.toMatch(/prompts\.cjs|difference\.cjs|commands\.cjs|inquirer|plop|node_modules/);
    const bundle = readFileSync(join(cli, '../../dist/main.cjs'), 'utf8');
    expect(bundle).not.toMatch(/inquirer|@nx\/devkit|node-plop/);
  });
});
