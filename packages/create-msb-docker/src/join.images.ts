import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeDockerfile, composeIgnore, DiskTree, inspect, joinFrontEnd, Project, settle } from '@msb/core';
import { answer, build, docker, hasDocker, remove, start, stop } from '@msb/core/testing';
import { go } from '@msb/go';
import { node } from '@msb/node';
import { afterAll, expect, test } from 'vitest';

/** One plan of two ecosystems: a front end that Node builds, embedded by a Go program, shipped on scratch. */
const available = await hasDocker();
const folder = mkdtempSync(join(tmpdir(), 'msb-join-'));
const tag = `msb-test/joined:${process.pid}`;
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (available) await docker('image', 'rm', '--force', tag).catch(() => undefined);
});

const program = `package main

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:web/dist
var files embed.FS

func main() {
	site, err := fs.Sub(files, "web/dist")
	if err != nil {
		panic(err)
	}
	http.Handle("/", http.FileServerFS(site))
	if err := http.ListenAndServe(":8080", nil); err != nil {
		panic(err)
	}
}
`;

test.skipIf(!available)(
  'what Node builds is embedded by Go and served from scratch',
  { timeout: 300_000 },
  async () => {
    const fixture = fileURLToPath(new URL('../../../templates/node/fixtures/site-vite/project', import.meta.url));
    cpSync(fixture, join(folder, 'web'), { recursive: true });
    writeFileSync(join(folder, 'go.mod'), 'module example.com/shop\n\ngo 1.26\n');
    writeFileSync(join(folder, 'main.go'), program);

    const whole = settle(inspect({ tree: new DiskTree(folder), ecosystems: [go], options: { runtime: 'scratch' } }));
    const web = settle(inspect({ tree: new DiskTree(join(folder, 'web')), ecosystems: [node] }));
    const front = web.detection.plan(web.options);
    const [site] = front.runtime.artifacts;
    expect(site).toMatchObject({ stage: 'build', src: '/app/dist/' });
    const plan = joinFrontEnd(whole.detection.plan(whole.options), 'go/build', {
      prefix: 'web',
      folder: 'web',
      plan: front,
      artifact: { stage: 'build', src: '/app/dist', dest: './web/dist' },
    });
    const text = composeDockerfile(plan, { go: go.folder, node: node.folder });
    const ignore = [...go.manifest.ignore, ...plan.ignore];
    writeFileSync(join(folder, 'Dockerfile'), text);
    writeFileSync(join(folder, '.dockerignore'), composeIgnore(new Project(new DiskTree(folder)), ignore, plan.needs));

    expect(await docker('build', '--check', folder)).toMatch(/no warnings found/i);
    await build(folder, tag);
    const container = await start(tag, { http: { path: '/', body: '' } });
    try {
      const page = await answer(container, 8080, '/');
      expect(page).toContain('<title>The notice board</title>');
      const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? [];
      expect(await answer(container, 8080, script)).toContain('the board');
      expect((await stop(container)).exitCode).not.toBe(137);
    } finally {
      await remove(container);
    }
  },
);
