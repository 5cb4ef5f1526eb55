import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip, gunzipSync } from 'node:zlib';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { extract, pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { node } from './index.ts';

const token = 'open-sesame';
const name = '@acme/word';
const manifest = { name, version: '1.0.0', main: 'index.js' };

/** The one package of the registry (https://docs.npmjs.com/cli/v11/commands/npm-pack). */
async function tarball(): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'package/package.json' }, JSON.stringify(manifest));
  tar.entry({ name: 'package/index.js' }, "module.exports = 'opened';\n");
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}

/** A registry on loopback that hands its package to nobody without the token. */
async function registry(): Promise<Server> {
  const packed = await tarball();
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end('{}');
    } else if (request.url?.endsWith('.tgz')) {
      response.end(packed);
    } else {
      const dist = { tarball: `http://${request.headers.host}/word-1.0.0.tgz` };
      response.end(
        JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { ...manifest, dist } } }),
      );
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

/** Which of `texts` are in an image as it would be pushed: in a file of any of its layers, or in its configuration. */
async function textsIn(image: string, texts: readonly string[]): Promise<readonly string[]> {
  const { stdout } = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
  const found = new Set<string>();
  for await (const entry of stdout.pipe(extract())) {
    const blob = await buffer(entry);
    const content = blob.length > 2 && blob.readUInt16BE(0) === 0x1f8b ? gunzipSync(blob) : blob;
    for (const text of texts) if (content.includes(text)) found.add(text);
  }
  return [...found];
}

describe.skipIf(!(await hasDocker()))('node private registry', { timeout: 120_000 }, () => {
  const [tag, depsTag] = ['msb-test/node-private', 'msb-test/node-private-deps'] as const;
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  let server: Server;
  let commands: readonly string[] = [];

  beforeAll(async () => {
    server = await registry();
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const app = { name: 'app', scripts: { start: 'node app.js' }, dependencies: { [name]: '1.0.0' } };
    const files = {
      'package.json': JSON.stringify(app),
      'app.js': `console.log(require('${name}'));\n`,
      '.npmrc': `@acme:registry=http://${host}/\n//${host}/:_authToken=\${NPM_TOKEN}\n`,
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const tree = new DiskTree(folder);
    commands = scaffold({ tree, ecosystems: [node], options: { runtime: 'distroless' } }).next;
    tree.flush();
  });

  afterAll(async () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag, depsTag).catch(() => undefined);
  });

  test('opens with a token, which the printed command asks for and no layer has', async () => {
    expect(commands[0]).toContain('--secret id=NPM_TOKEN,env=NPM_TOKEN');
    process.env.NPM_TOKEN = token;
    // the cache of another run may have the package already
    const args = ['--network', 'host', '--no-cache', '--secret', 'id=NPM_TOKEN,env=NPM_TOKEN'];
    await build(folder, tag, ...args);
    const ran = await start(tag, {});
    expect((await finish(ran)).output).toBe('opened\n');
    await remove(ran);
    expect(await docker('history', '--no-trunc', tag)).not.toContain(token);
    expect(await textsIn(tag, [token, manifest.name])).toEqual([manifest.name]);
    await build(folder, depsTag, ...args.filter((arg) => arg !== '--no-cache'), '--target', 'prod-deps');
    expect(await docker('history', '--no-trunc', depsTag)).not.toContain(token);
    const search = `! grep -rls ${token} /app /root /etc /tmp /var /usr/local/etc /home`;
    expect(await docker('run', '--rm', depsTag, 'sh', '-c', search)).toBe('');
  });

  test('stays closed without it', async () => {
    await expect(build(folder, tag, '--network', 'host', '--no-cache')).rejects.toThrow(/401|E401|authenticat/i);
  });
});
