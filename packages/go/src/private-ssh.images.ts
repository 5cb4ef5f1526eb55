import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { go } from './index.ts';

const run = promisify(execFile);
const hasAgent = await run('ssh-add', ['-l']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
);

const program = `package main

import (
	"fmt"

	"git.acme.test/lib.git"
)

func main() {
	fmt.Println(lib.Word)
}
`;

/**
 * In the place of ssh and a host on the other side: hands the repository to whoever has the key in an agent, and only
 * over SSH, which Git was told to use.
 */
const stand = `COPY <<'EOT' /stand-in
#!/bin/sh
ssh-add -L | grep -q msb-test-key || { echo 'no key in the agent' >&2; exit 1; }
exec git-upload-pack /lib.git
EOT
RUN chmod +x /stand-in && git init -q /work.git && cd /work.git \\
    && printf 'module git.acme.test/lib.git\\n\\ngo 1.26\\n' > go.mod \\
    && printf 'package lib\\n\\nconst Word = "opened"\\n' > lib.go \\
    && git add . && git -c user.name=a -c user.email=a@acme.test commit -qm first && git tag v1.0.0 \\
    && git clone -q --bare /work.git /lib.git
`;

describe.skipIf(!(await hasDocker()) || !hasAgent)('go private modules over SSH', () => {
  const tags = ['msb-test/go-private-ssh', 'msb-test/go-private-ssh-build'] as const;
  const [tag, buildTag] = tags;
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  const keys = mkdtempSync(join(tmpdir(), 'msb-keys-'));
  const socket = join(keys, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'go.mod'),
      'module example.com/shop\n\ngo 1.26\n\nrequire git.acme.test/lib.git v1.0.0\n',
    );
    writeFileSync(join(folder, 'main.go'), program);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'msb-test-key', '-f', join(keys, 'key')]);
    await run('ssh-add', ['-q', join(keys, 'key')], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    const tree = new DiskTree(folder);
    const options = { runtime: 'scratch', private: 'git.acme.test', privateBy: 'ssh' };
    scaffold({ tree, ecosystems: [go], options });
    tree.flush();
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8')
      .replace('ssh -o StrictHostKeyChecking=accept-new', '/stand-in')
      .replace(/^RUN apk add --no-cache git openssh-client$/m, (line) => `${line}\n${stand.trimEnd()}`)
      .replaceAll('type=cache,id=go-mod,target=', 'type=tmpfs,target='); // both steps have to download
    writeFileSync(join(folder, 'Dockerfile'), text);
  }, 60_000);

  afterAll(async () => {
    agent.kill();
    for (const path of [folder, keys]) rmSync(path, { recursive: true, force: true });
    await docker('image', 'rm', '--force', ...tags).catch(() => undefined);
  });

  test('open with an agent, whose key is in no layer', { timeout: 300_000 }, async () => {
    const ssh = ['--ssh', `default=${socket}`];
    await build(folder, tag, ...ssh);
    const ran = await start(tag, {});
    expect((await finish(ran)).output).toBe('opened\n');
    await remove(ran);
    await build(folder, buildTag, ...ssh, '--target', 'build');
    const search = 'test -z "$SSH_AUTH_SOCK" && ! grep -rls "OPENSSH PRIVATE KEY" /root /src /out /go /etc /run /tmp';
    expect(await docker('run', '--rm', buildTag, 'sh', '-c', search)).toBe('');
  });

  test('stay closed without one, and the build says what is missing', { timeout: 300_000 }, async () => {
    const again = build(folder, tag, '--no-cache-filter', 'deps');
    await expect(again).rejects.toThrow(/ssh.*(not found|no such|not enabled|default)/i);
  });
});
