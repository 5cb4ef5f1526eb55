import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A package as `npm publish` would upload it. */
interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** A registry that serves the packed packages of this repository, on loopback. */
export interface Registry {
  readonly url: string;
  readonly packages: readonly Packed[];
  close(): Promise<void>;
}

/** Packs every workspace into `folder`, as they would be published. They have to be built. */
function pack(folder: string): readonly Packed[] {
  const args = ['pack', '--workspaces', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const packed: unknown = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }));
  return Object.values(packed as Record<string, Packed>);
}

/** What `npm install` asks a registry for first: the versions of a package, and where their tarballs are. */
function packument(folder: string, item: Packed, url: string): object {
  const tarball = readFileSync(join(folder, item.filename));
  const workspace = item.name.replace('@msb/', '');
  const manifest = JSON.parse(readFileSync(join(root, 'packages', workspace, 'package.json'), 'utf8'));
  const dist = {
    tarball: `${url}-/${item.filename}`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
  };
  return {
    name: item.name,
    'dist-tags': { latest: item.version },
    versions: { [item.version]: { ...manifest, dist } },
  };
}

/** Packs all packages and serves them at a free port of 127.0.0.1. `folder` is an empty one for the tarballs. */
export async function serveRegistry(folder: string): Promise<Registry> {
  const packages = pack(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\/|\?.*$/g, '');
    const file = packages.find(({ filename }) => path === `-/${filename}`);
    const item = packages.find(({ name }) => path === name);
    if (file) response.end(readFileSync(join(folder, file.filename)));
    else if (item) response.end(JSON.stringify(packument(folder, item, url)));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url, packages, close };
}
