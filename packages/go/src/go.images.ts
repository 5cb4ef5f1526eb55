import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { build, docker, finish, hasDocker, imageFiles, imageTests, remove, start } from '@msb/core/testing';
import { afterAll, describe, expect, test } from 'vitest';
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
  artifacts: [/^usr\/local\/(bin|lib)\//, /^app\//],
});

test.skipIf(!(await hasDocker()))(
  'the image of another program comes from the same build, and has that program alone',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
    const tag = 'msb-test/go-several-report';
    try {
      cpSync(join(go.folder, 'fixtures/several/project'), folder, { recursive: true });
      const tree = new DiskTree(folder);
      scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch', main: './cmd/desk,./cmd/report' } });
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

/** `e_machine` of an ELF file (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). */
const machineOf = (program: Buffer | undefined): number | undefined => program?.readUInt16LE(18);
const machines = { amd64: 0x3e, arm64: 0xb7 } as const;

describe.skipIf(!(await hasDocker()))('the program that go build makes', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** A program of two packages, in a folder whose name has another length each time. */
  function project(): string {
    const folder = mkdtempSync(join(tmpdir(), `msb-image-${'x'.repeat(folders.length)}`));
    folders.push(folder);
    mkdirSync(join(folder, 'clock'));
    writeFileSync(join(folder, 'go.mod'), 'module example.com/tick\n\ngo 1.26\n');
    const clock = 'package clock\n\nimport "time"\n\nfunc Zone() string { return time.Now().Location().String() }\n';
    writeFileSync(join(folder, 'clock/clock.go'), clock);
    const main = 'package main\n\nimport "example.com/tick/clock"\n\nfunc main() {\n\tprintln(clock.Zone())\n}\n';
    writeFileSync(join(folder, 'main.go'), main);
    return folder;
  }

  /** Builds the image of a project on scratch without the compiler's cache. Returns its files by their paths, and the log. */
  async function cold(folder: string, ...args: readonly string[]) {
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch' } });
    tree.flush();
    const text = verbose(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
    // an empty folder in the place of the cache
    writeFileSync(join(folder, 'Dockerfile'), text.replace('type=cache,id=go-build,target=', 'type=tmpfs,target='));
    const out = mkdtempSync(join(tmpdir(), 'msb-image-'));
    folders.push(out);
    const log = await build(folder, 'msb-test/go-cold', '--no-cache', ...args, '--output', `type=local,dest=${out}`);
    const paths = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) =>
      statSync(join(out, path)).isFile(),
    );
    return { log, files: new Map(paths.sort().map((path) => [path, readFileSync(join(out, path))])) };
  }

  const digest = (content: Buffer | undefined): string =>
    createHash('sha256')
      .update(content ?? '')
      .digest('hex');
  const program = 'usr/local/bin/tick';

  test('is the same after two cold builds, and nothing else is in the image', { timeout: 300_000 }, async () => {
    const [{ files }, other] = [await cold(project()), await cold(project())];
    expect(digest(other.files.get(program))).toBe(digest(files.get(program)));
    expect(machineOf(files.get(program))).toBe(machines.amd64);
    expect([...files.keys()]).toEqual(['etc/group', 'etc/passwd', 'etc/ssl/certs/ca-certificates.crt', program]);
  });

  test('is for the platform that was asked for, without emulation', { timeout: 300_000 }, async () => {
    const { files } = await cold(project(), '--platform', 'linux/arm64');
    expect(machineOf(files.get(program))).toBe(machines.arm64);
  });

  test('would be seen to have a dependency that is compiled again', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
    folders.push(folder);
    cpSync(join(go.folder, 'fixtures/chi/project'), folder, { recursive: true });
    const { log } = await cold(folder);
    expect(log).toMatch(dependencyWork);
    expect(log).toMatch(/^#\d+ [\d.]+ github\.com\/go-chi\/chi\/v5$/m);
  });
});
