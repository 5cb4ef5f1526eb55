import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { docker, hasDocker, readCases } from '@msb/core/testing';
import { afterAll, expect, test } from 'vitest';
import { rust } from './index.ts';

const item = readCases(rust).find(({ name }) => name === 'axum');
if (item === undefined) throw new Error('the fixture axum is missing');

/** The other of the two platforms that our images are for, and what its programs say of their machine. */
const other =
  process.arch === 'arm64' ? { platform: 'linux/amd64', machine: 62 } : { platform: 'linux/arm64', machine: 183 };

const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!(await hasDocker()))(
  'a program of Rust alone is compiled for the other platform, and nothing is emulated',
  { timeout: 300_000 },
  async () => {
    const context = join(folder, 'project');
    cpSync(item.project, context, { recursive: true });
    const tree = new DiskTree(context);
    scaffold({ tree, ecosystems: [rust], options: { runtime: 'scratch' } });
    tree.flush();
    const out = join(folder, 'out');
    await docker('build', '--platform', other.platform, '--output', `type=local,dest=${out}`, context);
    const program = readFileSync(join(out, 'usr/local/bin/greeter'));
    expect(program.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(program.readUInt16LE(18)).toBe(other.machine);
  },
);
