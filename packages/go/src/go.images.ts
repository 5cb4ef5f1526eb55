import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, imageFiles, imageTests, remove, start } from '@msb/core/testing';
import { expect, test } from 'vitest';
import { go } from './index.ts';

/**
 * What `go build -v` prints is the import path of each package that it compiles. The modules of all fixtures are
 * below example.com, so any other path is a dependency's or the standard library's.
 */
const dependencyWork = /^#\d+ [\d.]+ (go: downloading .*|(?!example\.com\/)[a-z][\w./~-]*)$/m;
const verbose = (dockerfile: string): string => dockerfile.replace(' -trimpath ', ' -trimpath -v ');

await imageTests(go, {
  dependencyWork,
  verbose,
  sources: /\.go$|(^|\/)go\.(mod|sum)$/,
  artifacts: [/^usr\/local\/bin\//, /^app\//],
});

test.skipIf(!(await hasDocker()))(
  'the tests would notice a dependency that is compiled again',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
    try {
      cpSync(join(go.folder, 'fixtures/chi/project'), folder, { recursive: true });
      const tree = new DiskTree(folder);
      scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch' } });
      tree.flush();
      const warm = verbose(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
      // An empty folder in the place of the compiler's cache.
      const cold = warm.replace('type=cache,id=go-build,target=', 'type=tmpfs,target=');
      writeFileSync(join(folder, 'Dockerfile'), cold);
      const log = await build(folder, 'msb-test/go-cold', '--no-cache-filter', 'build', '--output', 'type=cacheonly');
      expect(log).toMatch(dependencyWork);
      expect(log).toMatch(/^#\d+ [\d.]+ github\.com\/go-chi\/chi\/v5$/m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);

test.skipIf(!(await hasDocker()))(
  'the image of another program comes from the same build, and has that program alone',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
    const tag = 'msb-test/go-several-report';
    try {
      cpSync(join(go.folder, 'fixtures/several/project'), folder, { recursive: true });
      const tree = new DiskTree(folder);
      scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch', main: 'all' } });
      tree.flush();
      await build(folder, tag, '--target', 'report', '--build-arg', 'VERSION=1.2.3');
      const files = (await imageFiles(tag)).map(({ path }) => path);
      expect(files.filter((path) => /^(usr|app)\//.test(path))).toEqual(['usr/local/bin/report']);
      const container = await start(tag, {});
      try {
        expect(await finish(container)).toEqual({ exitCode: 0, output: 'report 1.2.3: 3 free desks\n' });
      } finally {
        await remove(container);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await docker('image', 'rm', '--force', tag).catch(() => undefined);
    }
  },
  300_000,
);
