import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rust } from './index.ts';

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const manifest = (name: string): string => `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n`;

/** A repository that holds one crate. Returns its commit. */
function repository(folder: string): string {
  write(folder, {
    'Cargo.toml': manifest('greet'),
    'src/lib.rs': 'pub fn greet(name: &str) -> String {\n    format!("good day, {name}")\n}\n',
  });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'a crate');
  return git('rev-parse', 'HEAD').trim();
}

/** Serves a repository on loopback, to read (https://git-scm.com/docs/http-protocol#_smart_clients). */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://x');
    if (!/\/(info\/refs|git-upload-pack)$/.test(asked.pathname)) return response.writeHead(404).end();
    const advertises = request.method === 'GET';
    const type = `application/x-git-upload-pack-${advertises ? 'advertisement' : 'result'}`;
    response.writeHead(200, { 'content-type': type });
    if (advertises) response.write('001e# service=git-upload-pack\n0000');
    const flags = advertises ? ['--stateless-rpc', '--advertise-refs'] : ['--stateless-rpc'];
    const pack = spawn('git', ['upload-pack', ...flags, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    pack.stdout.pipe(response);
    return request.pipe(pack.stdin);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

describe.skipIf(!(await hasDocker()))('rust with a dependency from git', () => {
  const tag = 'msb-test/rust-git';
  const root = mkdtempSync(join(tmpdir(), 'msb-image-'));
  const folder = join(root, 'project');
  let server: Server;

  beforeAll(async () => {
    const commit = repository(join(root, 'greet'));
    server = await serve(join(root, 'greet'));
    const source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/greet.git`;
    write(folder, {
      'Cargo.toml': `${manifest('caller')}\n[dependencies]\ngreet = { git = "${source}" }\n`,
      'Cargo.lock': `version = 4

[[package]]
name = "caller"
version = "0.1.0"
dependencies = [
 "greet",
]

[[package]]
name = "greet"
version = "0.1.0"
source = "git+${source}#${commit}"
`,
      'src/main.rs': 'fn main() {\n    println!("{}", greet::greet("reader"));\n}\n',
    });
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [rust], options: { runtime: 'scratch' } });
    tree.flush();
  });

  afterAll(async () => {
    server.close();
    rmSync(root, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag).catch(() => undefined);
  });

  const output = async (): Promise<string> => {
    const container = await start(tag, {});
    try {
      return (await finish(container)).output;
    } finally {
      await remove(container);
    }
  };

  test('fetches and compiles it once', { timeout: 300_000 }, async () => {
    expect(await build(folder, tag, '--network', 'host')).toContain('Compiling greet v0.1.0 (http://127.0.0.1');
    expect(await output()).toBe('good day, reader\n');
    const main = join(folder, 'src/main.rs');
    writeFileSync(main, readFileSync(main, 'utf8').replace('reader', 'writer'));
    const log = await build(folder, tag, '--network', 'host');
    expect(log).toContain('Compiling caller');
    expect(log).not.toMatch(/Compiling greet|Updating git/);
    expect(await output()).toBe('good day, writer\n');
  });
});
