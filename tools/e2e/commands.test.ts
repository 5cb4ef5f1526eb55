import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { converse, type Outcome, run } from './run.ts';

/** The built command line: check, explain, and verify with an engine that only pretends. */
const cli = fileURLToPath(new URL('../../packages/create-msb-docker/bin/create-msb-docker.cjs', import.meta.url));
let project = '';
const path = process.env.PATH;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'msb-commands-'));
  writeFileSync(join(project, 'go.mod'), 'module example.com/orders\n\ngo 1.26\n');
  writeFileSync(join(project, 'main.go'), 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hi")\n}\n');
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(project, { recursive: true, force: true });
});

const call = (...args: readonly string[]): Promise<Outcome> => run(project, process.execPath, [cli, ...args]);
const write = (text: string): void => writeFileSync(join(project, 'Dockerfile'), text);

describe('check', () => {
  test('finds nothing in a file of ours, and says when a newer template would change it', async () => {
    await call('--yes');
    expect(await call('check')).toMatchObject({ exitCode: 0, stdout: /✓ Dockerfile {2}4 stages, nothing found/ });
    const record = JSON.parse(readFileSync(join(project, '.msb.json'), 'utf8'));
    const older = record.files.Dockerfile.replace('-trimpath', '-trimpath -older');
    write(older);
    writeFileSync(
      join(project, '.msb.json'),
      JSON.stringify({ ...record, files: { ...record.files, Dockerfile: older } }),
    );
    expect((await call('check')).stdout).toContain('A newer template changes 1 line: see create-msb-docker --dry-run.');
    const { files } = JSON.parse((await call('check', '--json')).stdout);
    expect(files).toMatchObject([{ file: 'Dockerfile', findings: [], outdatedLines: 1 }]);
  });

  test('is about the template, and not about what the user changed', async () => {
    await call('--yes');
    write(`${readFileSync(join(project, 'Dockerfile'), 'utf8')}LABEL mine="1"\n`);
    expect(await call('check')).toMatchObject({ exitCode: 0, stdout: /nothing found\n$/ });
  });

  test('takes any Dockerfile, several of them, and ends with 5 when it finds something', async () => {
    write('from alpine\nRUN make\n');
    writeFileSync(join(project, 'Other'), 'FROM alpine:3.24\nUSER 65532\nCMD ["sh"]\n');
    const found = await call('check', 'Dockerfile', 'Other');
    expect(found).toMatchObject({ exitCode: 5, stdout: /! Dockerfile:\d+ {2}.* \(\w+\)/ });
    expect(found.stdout).not.toContain('! Other');
    expect(JSON.parse((await call('check', '--json')).stdout)).toMatchObject({ good: false });
  });

  test.each([
    [['check', 'nowhere'], 4, /✗ There is no nowhere\./],
    [['check', '--nothing'], 2, /✗ Unknown option '--nothing'/],
    [['explain', '--format', 'png'], 2, /✗ --format must be text or mermaid or svg\./],
    [['verify', '--max-size', 'big'], 2, /✗ --max-size must be a size such as 25MB, and is "big"\./],
    [['verify', '--path', 'health'], 2, /✗ --path must begin with a slash\./],
    [['verify', '--port', 'http'], 2, /✗ --port must be a whole number\./],
    [['verify', '--engine', 'lxc'], 2, /✗ --engine must be docker or podman or nerdctl or buildah\./],
  ])('%j is told in one sentence', async (args, exitCode, message) => {
    write('FROM alpine:3.24\n');
    const told = await call(...args);
    expect(told).toMatchObject({ exitCode, stderr: message });
    expect(told.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('explain', () => {
  test('as text, Mermaid, SVG and JSON', async () => {
    await call('--yes');
    expect((await call('explain')).stdout).toMatch(/build .*anew with every change[\s\S]*← Go 1\.26 \(go\.mod:3\)/);
    expect((await call('explain', '--format', 'mermaid')).stdout).toMatch(/^flowchart TD\n/);
    expect((await call('explain', '--format', 'svg')).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
    const { stages } = JSON.parse((await call('explain', '--json')).stdout);
    expect(stages.at(-1)).toMatchObject({ name: 'runtime', made: ['build'], ships: true });
  });

  test('of a project that nobody knows', async () => {
    rmSync(join(project, 'go.mod'));
    write('FROM alpine:3.24\nCMD ["sh"]\n');
    expect(await call('explain')).toMatchObject({ exitCode: 0, stdout: /stage 0 +alpine:3\.24/ });
  });
});

describe('verify', () => {
  const text = 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n';

  test('prints a table, and one JSON object, and JUnit XML', async () => {
    write(text);
    process.env.PATH = `${(await fakeEngine()).path}:${path}`;
    const good = await call('verify', '--command', '--version', '--junit', 'report.xml');
    expect(good.stdout).toMatch(/✓ build {8}build 7\.5 s\n {2}✓ program/);
    expect(good.stdout).toMatch(/✓ starts {7}exits with 0/);
    expect(good.stdout).toMatch(/! CA roots {5}none/);
    expect(good).toMatchObject({ exitCode: 0, stderr: /\[build 2\/3\] RUN make {2}7\.5 s/ });
    const report = readFileSync(join(project, 'report.xml'), 'utf8');
    expect(report).toMatch(/<testsuite name="Dockerfile" tests="\d+" failures="0">/);
    expect(report).toContain('<testcase classname="Dockerfile" name="ca-roots"><system-out>warn: none');
    const { good: fine, rows } = JSON.parse((await call('verify', '--command', '--version', '--json')).stdout);
    expect(fine).toBe(true);
    expect(rows.find(({ id }: { id: string }) => id === 'size')).toMatchObject({ status: 'pass' });
  });

  test('ends with 5 when a row fails, and the report says which', async () => {
    write(text);
    process.env.PATH = `${(await fakeEngine()).path}:${path}`;
    const large = await call('verify', '--command', 'x', '--max-size', '1.5MB', '--junit', 'report.xml');
    expect(large).toMatchObject({ exitCode: 5, stdout: /✗ size {9}2\.0 MB of 1\.5 MB · \/app 2\.0 MB\n/ });
    expect(readFileSync(join(project, 'report.xml'), 'utf8')).toMatch(
      /failures="1"[\s\S]*<failure message="2\.0 MB of/,
    );
    writeFileSync(
      join(project, '.msb.json'),
      '{"version":1,"ecosystem":"go","verify":{"maxSize":"1 MiB","command":"x"}}',
    );
    expect((await call('verify')).stdout).toContain('2.0 MB of 1.0 MB');
  });

  test('a container that exits at once: its last words, and what to give it', async () => {
    write(text);
    process.env.PATH = `${(await fakeEngine({ exits: 3 })).path}:${path}`;
    const ended = await call('verify');
    expect(ended).toMatchObject({
      exitCode: 5,
      stdout: /✗ starts {7}exits with 3 after .* s: DATABASE_URL is not set\n/,
    });
    expect(ended.stdout).toContain('Give it what it needs with --env NAME=value');
  });

  test('no engine at all: one sentence and a hint', async () => {
    write(text);
    process.env.PATH = project;
    expect(await call('verify')).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr:
        /^✗ There is no container engine: none of docker, podman, nerdctl, buildah is on the PATH\.\n {2}Install Docker .*\n$/,
    });
  });

  test.skipIf(process.platform === 'win32')('in a terminal, shows what is going on', { timeout: 60_000 }, async () => {
    write(text);
    process.env.PATH = `${(await fakeEngine({ pause: 2 })).path}:${path}`;
    const screen = await converse(project, process.execPath, [cli, 'verify', '--command', 'x'], []);
    expect(screen).toContain('\r\u001b[K    0 s  [build 2/3] RUN make');
    expect(screen).toContain('\r\u001b[K    1 s  [build 2/3] RUN make');
    expect(screen).toMatch(/\[build 2\/3\] RUN make {2}7\.5 s/);
    expect(screen).toMatch(/look and run/);
    expect(screen).toContain('starts');
  });

  test.skipIf(process.platform === 'win32')(
    'Ctrl-C ends it, and what it made is removed',
    { timeout: 60_000 },
    async () => {
      write(text);
      const engine = await fakeEngine({ pause: 30 });
      process.env.PATH = `${engine.path}:${path}`;
      const begun = Date.now();
      const screen = await converse(project, process.execPath, [cli, 'verify'], [{ when: /RUN make/, keys: '\u0003' }]);
      expect(screen).toContain('Interrupted; nothing is left behind.');
      expect(Date.now() - begun).toBeLessThan(15_000);
      expect(engine.calls().at(-1)).toMatch(/^image rm --force msb-verify\/\w+:run$/);
    },
  );
});
