import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goServer, makeProject, nodeServer, type Ran, runCli } from './fixture.ts';

const written = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /^(Dockerfile|\.dockerignore|\.msb\.json)$/.test(name));

function expectRefusal(ran: Ran, exitCode: number, message: RegExp): void {
  expect(ran.stderr).toMatch(message);
  expect(ran.exitCode).toBe(exitCode);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
  const lines = ran.stderr.trim().split('\n');
  expect(lines.length, 'a message, a place perhaps, and a hint').toBeLessThanOrEqual(3);
  expect(lines.length).toBeGreaterThanOrEqual(2);
}

describe('an unattended run', () => {
  test('writes the files, says what it found and where, and what to do next', async () => {
    const folder = makeProject(goServer);
    const ran = await runCli([folder, '--yes']);
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(written(folder)).toEqual(['.dockerignore', '.msb.json', 'Dockerfile']);
    expect(ran.stdout).toMatch(/Go\s+1\.26\s+go\.mod:3/);
    expect(ran.stdout).toMatch(/port\s+8080\s+main\.go:6/);
    expect(ran.stdout).toContain(`docker build -t orders ${folder}`);
  });

  test('asks nothing without a terminal, nor in CI', async () => {
    expect((await runCli([makeProject(goServer)])).exitCode).toBe(0);
    const asker = { option: fail, ecosystem: fail, conflict: fail, write: fail };
    expect((await runCli([makeProject(goServer)], asker, { CI: 'true' })).exitCode).toBe(0);
    expect((await runCli([makeProject(goServer), '--yes'], asker)).exitCode).toBe(0);
  });

  test('shows what was found once every choice is made', async () => {
    const worker = 'package main\n\nfunc main() {}\n';
    const folder = makeProject({
      'go.mod': goServer['go.mod'],
      'cmd/orders/main.go': goServer['main.go'],
      'cmd/worker/main.go': worker,
    });
    const ran = await runCli([folder, '--yes']);
    expect(ran.stdout).toMatch(/main\s+\.\/cmd\/orders/);
    expect(ran.stdout).toMatch(/port\s+8080\s+cmd\/orders\/main\.go:6/);
  });

  test('--dry-run writes nothing', async () => {
    const folder = makeProject(goServer);
    const ran = await runCli([folder, '--yes', '--dry-run']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/Dockerfile\s+would create/);
    expect(written(folder)).toEqual([]);
  });

  test('--dry-run shows what is in the way instead of failing', async () => {
    const folder = makeProject({ ...goServer, Dockerfile: 'FROM scratch\n' });
    const ran = await runCli([folder, '--yes', '--dry-run']);
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/! Dockerfile\s+is in the way: --on-conflict keep or --on-conflict overwrite/);
    expect(ran.stdout).toMatch(/\.dockerignore\s+would create/);
    expect((await runCli([folder, '--yes', '--dry-run', '--on-conflict', 'overwrite'])).stdout).toMatch(
      /Dockerfile\s+would overwrite/,
    );
    expect(written(folder)).toEqual(['Dockerfile']);
  });

  test("the folder's name is quoted in the next command", async () => {
    const name = "a $&'b";
    const files = Object.entries(goServer).map(([file, text]) => [`${name}/${file}`, text]);
    const ran = await runCli([join(makeProject(Object.fromEntries(files)), name), '--yes']);
    expect(ran.stdout).toMatch(/docker build -t orders '\/[^']*\/a \$&'\\''b'\n/);
  });

  test('--json prints one object, with every fact and its place', async () => {
    const ran = await runCli([makeProject(goServer), '--json']);
    const report = JSON.parse(ran.stdout);
    expect(report.facts).toContainEqual({ name: 'Go', value: '1.26', file: 'go.mod', line: 3 });
    expect(report).toMatchObject({ ecosystem: 'go', options: { runtime: 'alpine', port: 8080 }, findings: [] });
    expect(report.files.map((file: { path: string; action: string }) => [file.path, file.action])).toEqual([
      ['Dockerfile', 'create'],
      ['.dockerignore', 'create'],
      ['.msb.json', 'create'],
    ]);
    expect(ran.stderr).toBe('');
  });

  test('several images: a command for each', async () => {
    const main = goServer['main.go'];
    const files = { 'go.mod': goServer['go.mod'], 'cmd/a/main.go': main, 'cmd/b/main.go': main };
    const { stdout } = await runCli([makeProject(files), '--yes', '--main', 'all']);
    expect(stdout).toMatch(
      /Build it {3}docker build -t a [^\n]+\n {2}Run it {5}[^\n]+\n {2}And {8}docker build --target b /,
    );
  });

  test('a second run finds nothing to do; a flag is remembered', async () => {
    const folder = makeProject(goServer);
    await runCli([folder, '--yes', '--runtime', 'scratch']);
    const again = await runCli([folder, '--yes', '--json']);
    expect(JSON.parse(again.stdout).options.runtime).toBe('scratch');
    expect(JSON.parse(again.stdout).files.every((file: { action: string }) => file.action === 'unchanged')).toBe(true);
    const other = await runCli([folder, '--yes', '--runtime', 'alpine']);
    expect(other.exitCode).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('go on alpine');
  });
});

const fail = (): never => {
  throw new Error('nothing may be asked');
};

describe('files on request', () => {
  test('--bake and --ci are switches that the next run remembers; the workflow lies at the top of the repository', async () => {
    const repository = makeProject({
      '.git/HEAD': '',
      ...Object.fromEntries(Object.entries(goServer).map(([name, text]) => [`services/orders/${name}`, text])),
    });
    const folder = join(repository, 'services/orders');
    const first = await runCli([folder, '--bake', '--ci', 'github', '--yes']);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toContain('../../.github/workflows/image-orders.yml');
    expect(existsSync(join(folder, 'docker-bake.hcl'))).toBe(true);
    expect(readFileSync(join(repository, '.github/workflows/image-orders.yml'), 'utf8')).toContain('./services/orders');
    const again = await runCli([folder, '--yes', '--json']);
    expect(new Set(JSON.parse(again.stdout).files.map(({ action }: { action: string }) => action))).toEqual(
      new Set(['unchanged']),
    );
  });

  test('the workflow of a package stays where it is when its workspace is opened again', async () => {
    const manifest = (value: unknown): string => JSON.stringify(value);
    const repository = makeProject({
      '.git/HEAD': '',
      'shop/package.json': manifest({ name: 'shop', private: true, workspaces: ['apps/*'] }),
      'shop/package-lock.json': manifest({ lockfileVersion: 3, packages: {} }),
      'shop/apps/api/package.json': manifest({ name: 'api', scripts: { start: 'node server.js' } }),
      'shop/apps/api/server.js': "require('node:http').createServer().listen(3000);\n",
      'shop/apps/web/package.json': manifest({ name: 'web', scripts: { start: 'node server.js' } }),
      'shop/apps/web/server.js': "require('node:http').createServer().listen(4000);\n",
    });
    const folder = join(repository, 'shop');
    const first = await runCli([folder, '--project', 'api', '--ci', 'github', '--yes']);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(existsSync(join(repository, '.github/workflows/image-api.yml'))).toBe(true);
    for (const project of ['api', 'apps/api', './apps/api/']) {
      const again = await runCli([folder, '--project', project, '--yes', '--json']);
      const files: readonly { readonly path: string; readonly action: string }[] = JSON.parse(again.stdout).files;
      expect(new Set(files.map(({ action }) => action))).toEqual(new Set(['unchanged']));
      expect(files.map(({ path }) => path)).toContain('../../../.github/workflows/image-api.yml');
    }
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  test('outside of a repository the workflow stays in the project', async () => {
    const folder = makeProject(goServer);
    expect((await runCli(['--ci', 'github', folder, '--yes'])).exitCode).toBe(0);
    expect(existsSync(join(folder, '.github/workflows/image-orders.yml'))).toBe(true);
  });
});

describe('files that exist', () => {
  const mine = 'FROM scratch\n';
  const withMine = { ...goServer, Dockerfile: mine };

  test('are never overwritten unasked: exit 3, nothing written', async () => {
    const folder = makeProject(withMine);
    expectRefusal(await runCli([folder, '--yes']), 3, /Dockerfile already exists and was not written by msb/);
    expect(written(folder)).toEqual(['Dockerfile']);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(mine);
  });

  test('--on-conflict keep leaves them, overwrite replaces them', async () => {
    const folder = makeProject(withMine);
    expect((await runCli([folder, '--yes', '--on-conflict', 'keep'])).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(mine);
    expect((await runCli([folder, '--yes', '--on-conflict', 'overwrite'])).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('AS runtime');
  });

  test('ours, edited since, count as the user’s', async () => {
    const folder = makeProject(goServer);
    await runCli([folder, '--yes']);
    const edited = `${readFileSync(join(folder, 'Dockerfile'), 'utf8')}# mine\n`;
    writeFileSync(join(folder, 'Dockerfile'), edited);
    expectRefusal(
      await runCli([folder, '--yes', '--runtime', 'scratch']),
      3,
      /You edited Dockerfile since msb wrote it/,
    );
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(edited);
  });
});

describe('bad input gets one message and a hint, and nothing is written', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], number, RegExp])[] = [
    ['not a project', { 'README.md': '# hi\n' }, [], 4, /No project found/],
    ['broken go.mod', { ...goServer, 'go.mod': 'module x\n\nrequire (\n' }, [], 4, /go\.mod is not valid/],
    ['broken package.json', { 'package.json': '{ "name": ' }, [], 4, /package\.json is not valid JSON/],
    ['a library', { 'go.mod': 'module x\n', 'x.go': 'package x\n' }, [], 4, /is a library/],
    ['an unknown Go', goServer, ['--go-version', '1.99'], 4, /No image is known for Go 1\.99/],
    ['an unknown flag', goServer, ['--prot', '1'], 2, /Unknown option '--prot'/],
    ['a bad port', goServer, ['--port', '99999'], 2, /--port must be a whole number/],
    ['a runtime that Go has not', goServer, ['--runtime', 'slim'], 2, /--runtime must be alpine or/],
    ['another ecosystem’s flag', goServer, ['--node-version', '24'], 2, /--node-version does not apply to Go/],
    ['an unknown ecosystem', goServer, ['--ecosystem', 'cobol'], 2, /--ecosystem "cobol" is unknown/],
    ['two folders', goServer, ['a', 'b'], 2, /More than one folder: a, b/],
    ['a mistyped flag', goServer, ['--runtme', 'scratch'], 2, /--runtme[\s\S]*Did you mean --runtime/],
    ['two ecosystems', { ...goServer, ...nodeServer }, [], 4, /Go \(go\.mod\) and Node\.js \(package\.json\)/],
  ];
  for (const [name, files, args, exitCode, message] of cases) {
    test(name, async () => {
      const folder = makeProject(files);
      expectRefusal(await runCli(args.includes('a') ? args : [folder, '--yes', ...args]), exitCode, message);
      expect(written(folder)).toEqual([]);
    });
  }

  test('a folder that is not there', async () => {
    expectRefusal(await runCli(['']), 2, /The name of the folder is empty/);
    expectRefusal(await runCli(['/no/such/folder']), 4, /There is no folder/);
    expectRefusal(await runCli(['verfy']), 2, /Unknown command "verfy"[\s\S]*Did you mean "verify"/);
  });

  test('a link that leaves the project', async () => {
    const outside = makeProject(goServer);
    const folder = makeProject({ 'main.go': goServer['main.go'] });
    symlinkSync(join(outside, 'go.mod'), join(folder, 'go.mod'));
    expectRefusal(await runCli([folder, '--yes']), 4, /go\.mod leads out of the project/);
    expect(written(folder)).toEqual([]);
  });

  test('a Dockerfile that is a link to elsewhere', async () => {
    const outside = makeProject({ Dockerfile: 'FROM scratch\n' });
    const folder = makeProject(goServer);
    symlinkSync(join(outside, 'Dockerfile'), join(folder, 'Dockerfile'));
    expectRefusal(await runCli([folder, '--yes', '--on-conflict', 'overwrite']), 4, /Dockerfile leads out/);
    expect(readFileSync(join(outside, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
  });

  test('a folder that can’t be written', async () => {
    const folder = makeProject(goServer);
    chmodSync(folder, 0o555);
    // Root may write anywhere, so this process is nobody for a moment.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    const ran = await runCli([folder, '--yes']);
    if (root) process.seteuid?.(0);
    expectRefusal(ran, 4, /can't be written/);
    chmodSync(folder, 0o755);
    expect(readdirSync(folder).sort()).toEqual(['go.mod', 'main.go']);
  });

  test('--json has the error, too', async () => {
    const ran = await runCli([makeProject({}), '--json']);
    expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'not-a-project' });
    expect(ran.exitCode).toBe(4);
  });
});

describe('help', () => {
  test('--help names every flag, --list every ecosystem, --version the version', async () => {
    const { stdout } = await runCli(['--help']);
    for (const flag of ['--yes', '--dry-run', '--json', '--on-conflict', '--runtime', '--main'])
      expect(stdout).toContain(flag);
    expect((await runCli(['--list'])).stdout).toMatch(/go\s+Go\s+go\.mod.*\s+ships on alpine/);
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
