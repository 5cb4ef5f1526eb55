import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as msb from '@msb/core';
import { build, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { afterAll, expect, test } from 'vitest';
import { go } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
const tag = 'msb-test/go-newer';

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await docker('image', 'rm', '--force', tag).catch(() => undefined);
});

/** Lets msb know no image of Go but one, as if it were of an earlier day: a house's images take the place of ours. */
async function knowOnly(version: string): Promise<void> {
  const house = join(folder, 'house');
  mkdirSync(join(house, 'go'), { recursive: true });
  const { versions, ...golang } = msb.product('golang');
  const images = { golang: { ...golang, default: version, versions: { [version]: versions[version] } } };
  writeFileSync(join(house, 'images.json'), JSON.stringify(images));
  cpSync(join(go.folder, 'toolchain.hbs'), join(house, 'go/toolchain.hbs'));
  await msb.readOutside(house, { go: go.folder }, msb);
}

test.skipIf(!(await hasDocker()))(
  'a module that asks for a newer Go than any image known is built with the toolchain that it asks for',
  async () => {
    await knowOnly('1.26');
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'go.mod'), 'module example.com/newer\n\ngo 1.27.1\n');
    const main = 'package main\n\nimport "runtime"\n\nfunc main() {\n\tprintln(runtime.Version())\n}\n';
    writeFileSync(join(project, 'main.go'), main);
    const tree = new msb.DiskTree(project);
    const { notes } = msb.scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch' } });
    tree.flush();
    expect(notes[0]?.message).toBe(
      'Go 1.27.1 is newer than every image that is known here, so that of 1.26 downloads it',
    );
    expect(readFileSync(join(project, 'Dockerfile'), 'utf8')).toMatch(/^FROM .*golang:1\.26-alpine/m);
    expect(await docker('build', '--check', project)).toMatch(/no warnings found/i);
    await build(project, tag);
    const container = await start(tag, {});
    try {
      expect(await finish(container)).toEqual({ exitCode: 0, output: 'go1.27.1\n' });
    } finally {
      await remove(container);
    }
  },
  600_000,
);
