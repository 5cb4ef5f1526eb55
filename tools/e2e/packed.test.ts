import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, serveRegistry } from './registry.ts';
import { converse, run } from './run.ts';

/** The packages as users get them: packed, served by a registry, installed by npm into projects of somebody else's. */
const folder = mkdtempSync(join(tmpdir(), 'msb-e2e-'));
let registry: Registry;

beforeAll(async () => {
  mkdirSync(join(folder, 'tarballs'));
  registry = await serveRegistry(join(folder, 'tarballs'));
}, 120_000);

afterAll(async () => {
  await registry?.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000); // three installations are many files for a busy disk

function write(project: string, files: Readonly<Record<string, string | object>>): string {
  const root = join(folder, project);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

const goApp = {
  'go.mod': 'module example.com/orders\n\ngo 1.26\n',
  'main.go':
    'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
};

describe('the tarballs', () => {
  test('hold what runs, and no tests, sources or fixtures', () => {
    const folders = readdirSync(fileURLToPath(new URL('../../packages', import.meta.url)));
    const names = folders.map((name) => (name === 'create-msb-docker' ? name : `@msb/${name}`));
    expect(registry.packages.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { name, files } of registry.packages) {
      const paths = files.map(({ path }) => path);
      expect(paths, name).toContain('LICENSE');
      expect(
        paths.filter((path) => /\.test\.|^src\/|fixtures|tsbuildinfo|\.images\./.test(path)),
        name,
      ).toEqual([]);
    }
  });
});

describe('npx create-msb-docker', () => {
  test('installs one package from an empty cache and writes the files', { timeout: 120_000 }, async () => {
    const project = write('npx', goApp);
    const cache = join(folder, 'cache');
    const env = { npm_config_registry: registry.url, npm_config_cache: cache };
    const result = await run(project, 'npx', ['--yes', 'create-msb-docker', '--yes', '--json'], env);
    expect(result.stderr).not.toMatch(/✗/);
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout).files.map((file: { path: string }) => file.path)).toContain('Dockerfile');
    expect(readFileSync(join(project, 'Dockerfile'), 'utf8')).toContain('FROM runtime-base AS runtime');
    const [install = ''] = readdirSync(join(cache, '_npx'));
    const installed = readdirSync(join(cache, '_npx', install, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['create-msb-docker']);
  });

  test('an empty folder gets one clear sentence', { timeout: 120_000 }, async () => {
    const project = write('empty', { '.keep': '' });
    const env = { npm_config_registry: registry.url, npm_config_cache: join(folder, 'cache') };
    const result = await run(project, 'npx', ['--yes', 'create-msb-docker'], env);
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toMatch(/✗ No project found/);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(project, 'Dockerfile'))).toBe(false);
  });
});

describe('nx g @msb/go:dockerfile', () => {
  let workspace = '';
  const nx = (...args: readonly string[]) => run(workspace, 'npx', ['nx', ...args], { NX_DAEMON: 'false' });

  beforeAll(async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../node_modules/nx/package.json', import.meta.url), 'utf8'),
    );
    workspace = write('workspace', {
      'package.json': { name: 'acme', private: true, devDependencies: { nx: version, '@msb/go': '*' } },
      'nx.json': { analytics: false, neverConnectToCloud: true },
      'apps/orders/project.json': { name: 'orders', targets: {} },
      'apps/orders/go.mod': goApp['go.mod'],
      'apps/orders/main.go': goApp['main.go'],
      'apps/billing/project.json': { name: 'billing', targets: {} },
    });
    const env = { 'npm_config_@msb:registry': registry.url };
    const result = await run(workspace, 'npm', ['install', '--no-audit', '--no-fund'], env);
    expect(result.stderr).not.toMatch(/npm error/);
  }, 240_000);

  test('--dry-run shows the files and writes none', { timeout: 120_000 }, async () => {
    const result = await nx('g', '@msb/go:dockerfile', 'orders', '--dry-run', '--no-interactive');
    expect(result.stdout).toContain('CREATE apps/orders/Dockerfile');
    expect(result.stdout).toContain('UPDATE apps/orders/project.json');
    expect(existsSync(join(workspace, 'apps/orders/Dockerfile'))).toBe(false);
  });

  test('writes them beside the project and adds the target once', { timeout: 120_000 }, async () => {
    const first = await nx('g', '@msb/go:dockerfile', 'orders', '--runtime=scratch', '--no-interactive');
    expect(first.exitCode, first.stdout + first.stderr).toBe(0);
    expect(readFileSync(join(workspace, 'apps/orders/Dockerfile'), 'utf8')).toContain('FROM scratch AS runtime');
    const project = readFileSync(join(workspace, 'apps/orders/project.json'), 'utf8');
    expect(JSON.parse(project).targets['docker-build']).toEqual({
      executor: 'nx:run-commands',
      options: { command: 'docker build -t orders .', cwd: '{projectRoot}' },
    });
    const second = await nx('g', '@msb/go:dockerfile', '--no-interactive');
    expect(second.exitCode, second.stdout + second.stderr).toBe(0);
    expect(readFileSync(join(workspace, 'apps/orders/project.json'), 'utf8')).toBe(project);
  });

  test('the target that proves the image runs again only when the image would be another', {
    timeout: 240_000,
  }, async () => {
    // What is tried is when it runs: npx takes what the workspace has installed, and this only counts.
    const calls = join(folder, 'calls');
    const stub = join(workspace, 'node_modules/.bin/create-msb-docker');
    writeFileSync(stub, `#!/bin/sh\necho "$*" >> ${calls}\n`, { mode: 0o755 });
    const prove = async (): Promise<readonly string[]> => {
      const ran = await nx('run', 'orders:docker-verify');
      expect(ran.exitCode, ran.stdout + ran.stderr).toBe(0);
      return readFileSync(calls, 'utf8').trim().split('\n');
    };
    expect(await prove()).toEqual(['verify']);
    writeFileSync(join(workspace, 'apps/billing/main.go'), 'package main\n');
    expect(await prove()).toHaveLength(1);
    writeFileSync(join(workspace, 'apps/orders/main.go'), `${goApp['main.go']}\n// changed\n`);
    expect(await prove()).toHaveLength(2);
    const dockerfile = join(workspace, 'apps/orders/Dockerfile');
    const before = readFileSync(dockerfile, 'utf8');
    writeFileSync(dockerfile, `${before}LABEL a=b\n`);
    expect(await prove()).toHaveLength(3);
    writeFileSync(dockerfile, before);
    expect(await prove()).toHaveLength(3); // what was proven once is not proven again
  });

  test('names the problem of a project that is none', { timeout: 120_000 }, async () => {
    const result = await nx('g', '@msb/go:dockerfile', 'billing', '--no-interactive');
    expect(result.exitCode).not.toBe(0);
    expect(result.stdout + result.stderr).toContain('holds no Go project');
  });
});

describe('plop.load', () => {
  test('runs our generator in a plopfile of the user', { timeout: 240_000 }, async () => {
    const project = write('plop', {
      'package.json': { type: 'module' },
      'plopfile.js': "export default (plop) => plop.load('create-msb-docker');\n",
      'api/go.mod': goApp['go.mod'],
      'api/main.go': goApp['main.go'],
    });
    const install = await run(project, 'npm', ['install', 'create-msb-docker'], { npm_config_registry: registry.url });
    expect(install.exitCode, install.stderr).toBe(0);
    const plop = fileURLToPath(new URL('../../node_modules/.bin/plop', import.meta.url));
    const screen = await converse(
      project,
      plop,
      ['dockerfile'],
      [
        { when: /Folder of the project/, type: 'api' },
        { when: /Ship on/, keys: '\u001b[B' },
      ],
    );
    expect(screen).toMatch(/create Dockerfile/);
    expect(readFileSync(join(project, 'api/Dockerfile'), 'utf8')).toContain('gcr.io/distroless/static');
  });
});
