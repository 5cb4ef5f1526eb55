import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from 'tar-stream';

/** A made-up `docker` in a folder of its own, which builds, saves and runs one tiny image. */
export interface FakeEngine {
  /** To be put in front of PATH. */
  readonly path: string;
  /** What it was called with so far. */
  calls(): readonly string[];
}

type Entries = Readonly<Record<string, string | Buffer>>;

async function tar(entries: Entries): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(entries)) archive.entry({ name, mode: 0o755 }, content);
  archive.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of archive) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The head of a static program for amd64; nothing that could run. */
function program(): Buffer {
  const head = Buffer.alloc(2_000_000);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(62, 18);
  return head;
}

/** An image as `docker save` writes it. */
async function savedImage(): Promise<Buffer> {
  const layer = await tar({ app: program() });
  const config = JSON.stringify({
    architecture: 'amd64',
    config: { User: '65532:65532', Entrypoint: ['/app'], Labels: { 'org.opencontainers.image.title': 'app' } },
    history: [{ created_by: 'COPY app /app # buildkit' }],
  });
  const name = createHash('sha256').update(config).digest('hex');
  const manifest = JSON.stringify([{ Config: `${name}.json`, Layers: ['layer.tar'] }]);
  return tar({ 'layer.tar': layer, [`${name}.json`]: config, 'manifest.json': manifest });
}

/** A step of a build, as BuildKit tells it (`--progress=rawjson`). */
const step = (name: string, begun: string, completed?: string): string =>
  JSON.stringify({
    vertexes: [{ digest: `sha256:${name.length}`, name, started: begun, ...(completed && { completed }) }],
  });

const building = [
  step('[build 2/3] RUN make', '2026-01-01T00:00:00Z'),
  step('[build 2/3] RUN make', '2026-01-01T00:00:00Z', '2026-01-01T00:00:07.5Z'),
];

/** `pause` is how long the build takes, in seconds, with its first step under way; `exits` how containers end. */
export async function fakeEngine({ pause = 0, exits = 0 } = {}): Promise<FakeEngine> {
  const path = mkdtempSync(join(tmpdir(), 'msb-engine-'));
  const [begins = '', ends = ''] = building;
  writeFileSync(join(path, 'image.tar'), await savedImage());
  writeFileSync(join(path, 'begins'), `${begins}\n`);
  writeFileSync(join(path, 'ends'), `${ends}\n`);
  writeFileSync(join(path, 'calls'), '');
  mkdirSync(join(path, 'bin'));
  writeFileSync(
    join(path, 'bin/docker'),
    `#!/bin/sh
echo "$*" >> ${path}/calls
case "$*" in
  version*) echo 28.0.0 ;;
  *--call=check*) echo '{"warnings":[]}' ;;
  build*) cat ${path}/begins >&2; sleep ${pause}; cat ${path}/ends >&2 ;;
  save*) cat ${path}/image.tar ;;
  'image inspect'*) echo '[{"Config":{}}]' ;;
  inspect*) echo '[{"State":{"Status":"exited","ExitCode":${exits}}}]' ;;
  logs*) echo 'DATABASE_URL is not set' ;;
esac
`,
  );
  chmodSync(join(path, 'bin/docker'), 0o755);
  return { path: join(path, 'bin'), calls: () => readFileSync(join(path, 'calls'), 'utf8').trim().split('\n') };
}
