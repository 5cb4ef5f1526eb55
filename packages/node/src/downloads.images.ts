import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, hasDocker, readCases } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { node } from './index.ts';

/** One package manager: a fixture, a change of one package in its lockfile, and how a log tells what was downloaded. */
interface Row {
  readonly fixture: string;
  readonly lockfile: string;
  /** Text of the lockfile, and what it becomes. */
  readonly change: Readonly<Record<string, string>>;
  /** Makes the lockfile what it usually is. */
  readonly usual?: (lockfile: string) => string;
  /** The command that installs, and the same so that it says what it downloads. */
  readonly loud: readonly [string, string];
  /** How many packages a log says were downloaded. */
  readonly downloaded: (log: string) => number;
}

const count = (pattern: RegExp) => (log: string) => [...log.matchAll(pattern)].length;

/** Where each package is, which npm writes down, and without which it asks the registry again; our fixtures leave it out. */
function withAddresses(lockfile: string): string {
  const lock: { packages: Record<string, { version?: string; resolved?: string }> } = JSON.parse(lockfile);
  for (const [path, entry] of Object.entries(lock.packages)) {
    const name = path.split('node_modules/').at(-1) ?? '';
    const file = `${name.split('/').at(-1)}-${entry.version}.tgz`;
    if (path !== '') entry.resolved = `https://registry.npmjs.org/${name}/-/${file}`;
  }
  return JSON.stringify(lock, undefined, 2);
}

const rows: Readonly<Record<string, Row>> = {
  npm: {
    fixture: 'express-js',
    lockfile: 'package-lock.json',
    change: {
      '"version": "4.4.3"': '"version": "4.4.1"',
      'debug-4.4.3.tgz': 'debug-4.4.1.tgz',
      '"debug": "^4.4.3"': '"debug": "^4.4.0"',
      'sha512-RGwwWnwQvkVfavKVt22FGLw+xYSdzARwm0ru6DhTVA3umU5hZc28V3kO4stgYryrTlLpuvgI9GiijltAjNbcqA==':
        'sha512-KcKCqiftBJcZr++7ykoDIEwSa3XWowTfNPo92BYxjXiyYEVrUQh2aLyhxBCwww+heortUFxEJYcRzosstTEBYQ==',
    },
    usual: withAddresses,
    loud: ['npm ci', 'npm ci --loglevel=http'],
    downloaded: count(/http fetch GET 200 \S+\.tgz .*\(cache (?!hit)/g),
  },
  pnpm: {
    fixture: 'pnpm-ts',
    lockfile: 'pnpm-lock.yaml',
    change: {
      '1.19.19': '1.19.18',
      'sha512-Fy9R7PACOzHU9LDpfnuzVyuVYevKQRcEG2mZhmfc+DRdmayEd3RVfa2XOt2IgGcPNgA77Yk63KBszepcMFK5Ng==':
        'sha512-609kppIP9GITS+EwPyB6Kiq8z2yXONaYD1VHpo7MMP9celRJYbkFr9KakJncHwK0EK/XYtlogqmrLchDv5HX5w==',
    },
    loud: ['pnpm install', 'pnpm install'],
    downloaded: (log) => Number([...log.matchAll(/downloaded (\d+), added \d+, done/g)].at(-1)?.[1] ?? Number.NaN),
  },
  'Yarn 1': {
    fixture: 'yarn-classic',
    lockfile: 'yarn.lock',
    change: {
      'version "1.0.1"\n  resolved "https://registry.yarnpkg.com/@arr/every/-/every-1.0.1.tgz#22fe1f8e6355beca6c7c7bde965eb15cf994387b"':
        'version "1.0.0"\n  resolved "https://registry.yarnpkg.com/@arr/every/-/every-1.0.0.tgz"',
      'sha512-UQFQ6SgyJ6LX42W8rHCs8KVc0JS0tzVL9ct4XYedJukskYVWTo49tNiMEK9C2HTyarbNiT/RVIRSY82vH+6sTg==':
        'sha512-iBpZMB589QM+Mh7XF1eTkeWf3CxSMYsVssBKO6nMg1wpoW0cSglfETD2zmwENO2V6AXU0tdUTHh5oHi4DV0PjA==',
    },
    loud: ['yarn install', 'yarn install --verbose'],
    downloaded: count(/Performing "GET" request to "\S+\.tgz\S*"/g),
  },
  'Yarn 4': {
    fixture: 'yarn-berry',
    lockfile: 'yarn.lock',
    change: {
      'version: 4.2.0\n  resolution: "koa-compose@npm:4.2.0"': 'version: 4.1.0\n  resolution: "koa-compose@npm:4.1.0"',
      b2d9085337d603a0a63f1fa7ade65496e2a9e03b9e7e830323c4e9e0f3a80e89a04a8007d26f200f1648bae66a6ca4408d2019d7c1ac380c3acf1ae42aebac92:
        'f1f786f994a691931148e7f38f443865bf2702af4a61610d1eea04dab79c04b1232285b59d82a0cf61c830516dd92f10ab0d009b024fcecd4098e7d296ab771a',
    },
    loud: ['yarn workspaces focus', 'yarn workspaces focus'],
    downloaded: (log) => {
      const [, number = 'no'] = /YN0013.*?(\S+) (?:new )?packages? (?:was|were) added/.exec(log) ?? [];
      return Number({ no: 0, A: 1 }[number] ?? number);
    },
  },
  Bun: {
    fixture: 'bun-install',
    lockfile: 'bun.lock',
    change: {
      '"hono@4.13.19"': '"hono@4.13.18"',
      'sha512-KmXvQAXwcAHV+muzbIwoJ23niEB5nMoDVr9WcRkU8mvjUECm/1+7v4Jgp7P7a+H6MLFrh+vXrGonGrGS+RQfkA==':
        'sha512-H9q/E1XizaWstJxUW881dmLxEj+t/TrGGnyxINkm4+sK0qUwsMtFdo2BWI9Vs3cIS19MU6b6iCijoUoEf4f3DA==',
    },
    loud: ['bun install', 'bun install --verbose'],
    downloaded: count(/\[[\w@/-]+\] Extract /g),
  },
};

describe.skipIf(!(await hasDocker()))('node downloads', { timeout: 300_000 }, () => {
  describe.each(Object.entries(rows))('%s', (name, { fixture, lockfile, change, usual, loud, downloaded }) => {
    const tag = `msb-test/node-downloads-${fixture}:${process.pid}`;
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));

    beforeAll(() => {
      const project = readCases(node).find((item) => item.name === fixture)?.project ?? '';
      cpSync(project, folder, { recursive: true });
      const lock = join(folder, lockfile);
      if (usual) writeFileSync(lock, usual(readFileSync(lock, 'utf8')));
      const tree = new DiskTree(folder);
      scaffold({ tree, ecosystems: [node], options: { runtime: 'distroless' } });
      tree.flush();
      // A cache of this run alone, which is empty; the installation is another step for it, and says what it does.
      const path = join(folder, 'Dockerfile');
      const own = `${name.replace(' ', '-').toLowerCase()}-${Date.now()}`;
      const [stages = '', production = ''] = readFileSync(path, 'utf8').split(/(?=^FROM \S+ AS prod-deps$)/m);
      const renamed = production.replace(/type=cache,id=[\w-]+/g, `type=cache,id=${own}`);
      writeFileSync(path, stages + renamed.replace(loud[0], `echo ${own} && ${loud[1]}`));
    });

    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      await docker('image', 'rm', '--force', tag).catch(() => undefined);
    });

    test('an empty cache is filled, and then only what is new is downloaded', async () => {
      const install = async () => downloaded(await build(folder, tag, '--target', 'prod-deps'));
      expect(await install()).toBeGreaterThan(1);
      const path = join(folder, lockfile);
      let text = readFileSync(path, 'utf8');
      for (const [before, after] of Object.entries(change)) {
        expect(text).toContain(before);
        text = text.replaceAll(before, after);
      }
      writeFileSync(path, text);
      expect(await install()).toBe(1);
    });
  });
});
