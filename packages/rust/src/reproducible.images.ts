import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskTree, scaffold } from '@msb/core';
import { docker, hasDocker, readCases } from '@msb/core/testing';
import { afterAll, expect, test } from 'vitest';
import { rust } from './index.ts';

const item = readCases(rust).find(({ name }) => name === 'beside');
if (item === undefined) throw new Error('the fixture beside is missing');
const { project, folder: member = '' } = item;

/** `e_machine` of an ELF file, by what Node calls the machine (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). */
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program of a build that finds all caches empty, those of layers too: the id of a mount is no part of a layer's key. */
async function coldProgram(round: string): Promise<Buffer> {
  const context = join(folder, round);
  cpSync(project, context, { recursive: true });
  const tree = new DiskTree(context);
  scaffold({ tree, folder: member, ecosystems: [rust], options: { runtime: 'scratch' } });
  tree.flush();
  const file = join(context, member, 'Dockerfile');
  const empty = `${round}-${Date.now()}-`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(type=cache,id=)/g, `$1${empty}`));
  const out = join(folder, `${round}-out`);
  await docker('build', '--no-cache', '--file', file, '--output', `type=local,dest=${out}`, context);
  return readFileSync(join(out, 'usr/local/bin/speaker'));
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test.skipIf(!(await hasDocker()))(
  'two builds from nothing make the same program, for the machine that was asked for',
  { timeout: 300_000 },
  async () => {
    const [one, other] = [await coldProgram('one'), await coldProgram('other')];
    expect(digest(one)).toBe(digest(other));
    expect(one.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    const machine = process.env.DOCKER_DEFAULT_PLATFORM?.split('/')[1]?.replace('amd64', 'x64') ?? process.arch;
    expect(one.readUInt16LE(18)).toBe(machines[machine]);
  },
);
