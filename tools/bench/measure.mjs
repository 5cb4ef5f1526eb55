// What all measurements share: running commands, timing them, and builds that start with empty caches.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path of the repository. */
export const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The command line as it is published; build it first. */
const cli = path('packages/create-msb-docker/bin/create-msb-docker.cjs');

/** Runs a command and returns what it printed. Throws when it fails, with what it said last. */
export function run(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const said = String(error.stderr ?? error)
      .trim()
      .split('\n');
    throw new Error(`${command} ${args[0]}: ${said.slice(-12).join('\n')}`);
  }
}

/** Writes our files into a folder, as an unattended run does. */
export const generate = (folder, ...flags) =>
  run(process.execPath, [cli, folder, '--yes', '--on-conflict', 'overwrite', ...flags]);

/** How long something takes, in seconds. */
export function seconds(action) {
  const begin = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Gives the cache mounts names of this run's own: a cold build that leaves everybody else's caches alone. */
export function emptyCaches(dockerfile) {
  const own = `bench-${process.pid}-${Date.now()}`;
  const text = readFileSync(dockerfile, 'utf8');
  const mounts = text.replace(/--mount=(\S*type=cache\S*)/g, (_mount, fields) => {
    const [, target = ''] = /(?:target|dst|destination)=([^,\s]+)/.exec(fields) ?? [];
    const [, id = target] = /\bid=([^,\s]+)/.exec(fields) ?? [];
    return `--mount=${fields.replace(/,?\bid=[^,\s]+/, '')},id=${own}-${id.replace(/\W+/g, '-')}`;
  });
  writeFileSync(dockerfile, mounts);
}

export const imageBytes = (tag) => Number(run('docker', ['image', 'inspect', '--format', '{{.Size}}', tag]));

/** The image of whatever is measured at the moment. */
const tag = `msb-bench/${process.pid}`;

/** Builds a folder. Returns the image's tag and bytes, how many seconds it took, and those of its longest step alone. */
export function build(folder, ...args) {
  const begin = process.hrtime.bigint();
  const words = ['build', '--progress', 'plain', '--tag', tag, ...args, folder];
  const { status, stderr } = spawnSync('docker', words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const took = Number(process.hrtime.bigint() - begin) / 1e9;
  if (status !== 0) throw new Error(`docker build: ${stderr.trim().split('\n').slice(-12).join('\n')}`);
  const steps = [...stderr.matchAll(/^#\d+ DONE (\d+\.\d)s$/gm)].map(([, time]) => Number(time));
  return { tag, bytes: imageBytes(tag), took, longest: Math.max(0, ...steps) };
}

export const removeImage = () => run('docker', ['image', 'rm', '--force', tag]);

/** Does something in a copy of a project, which is gone afterwards; its history stays behind. */
export function withCopy(project, action) {
  const folder = mkdtempSync(join(tmpdir(), 'msb-bench-'));
  try {
    cpSync(project, folder, { recursive: true, filter: (path) => !/\/(\.git|node_modules)$/.test(path) });
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
