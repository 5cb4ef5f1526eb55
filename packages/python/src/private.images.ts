import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { python } from './index.ts';

const password = 'open-sesame';
const wheel = 'acme_word-1.0-py3-none-any.whl';

/** A wheel is a zip (https://peps.python.org/pep-0427/); its files are stored as they are. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version
    common.writeUInt16LE(0x21, 8); // 1 January 1980
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, path, data]);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const info = 'acme_word-1.0.dist-info';
const packed = zip({
  'acme_word.py': "word = 'opened'\n",
  [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: acme-word\nVersion: 1.0\n',
  [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  [`${info}/RECORD`]: `acme_word.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
});

/** An index on loopback (https://peps.python.org/pep-0503/) that shows nobody anything without the password. */
async function index(): Promise<Server> {
  const server = createServer((request, response) => {
    const asked = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
    if (asked !== `ada:${password}`) response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    else if (request.url?.endsWith('.whl')) response.end(packed);
    else response.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="/files/${wheel}">${wheel}</a>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

describe.skipIf(!(await hasDocker()))('python private index', { timeout: 180_000 }, () => {
  const [tag, depsTag] = ['msb-test/python-private', 'msb-test/python-private-deps'] as const;
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  let server: Server;
  let commands: readonly string[] = [];

  beforeAll(async () => {
    server = await index();
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files = {
      'requirements.txt': `--index-url http://ada:\${ACME_PASSWORD}@${host}/simple\nacme-word==1.0\n`,
      'main.py': 'from acme_word import word\n\nprint(word)\n',
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const tree = new DiskTree(folder);
    commands = scaffold({ tree, ecosystems: [python], options: { runtime: 'slim' } }).next;
    tree.flush();
  });

  afterAll(async () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag, depsTag).catch(() => undefined);
  });

  test('opens with the password, which the printed command asks for and no layer has', async () => {
    expect(commands[0]).toContain('--secret id=ACME_PASSWORD,env=ACME_PASSWORD');
    process.env.ACME_PASSWORD = password;
    // the cache of another run may have the package already
    const args = ['--network', 'host', '--no-cache', '--secret', 'id=ACME_PASSWORD,env=ACME_PASSWORD'];
    await build(folder, tag, ...args);
    const ran = await start(tag, {});
    expect((await finish(ran)).output).toBe('opened\n');
    await remove(ran);
    expect(await docker('history', '--no-trunc', tag)).not.toContain(password);
    await build(folder, depsTag, ...args.filter((arg) => arg !== '--no-cache'), '--target', 'deps');
    expect(await docker('history', '--no-trunc', depsTag)).not.toContain(password);
    const search = `! grep -rls ${password} /app /opt /root /etc /tmp /var /home`;
    expect(await docker('run', '--rm', depsTag, 'sh', '-c', search)).toBe('');
  });

  test('stays closed without it', async () => {
    await expect(build(folder, tag, '--network', 'host', '--no-cache')).rejects.toThrow(
      /401|No matching distribution/i,
    );
  });
});
