// How fast an unattended dry run starts: `create-msb-docker --yes --dry-run` against `node -e 0`, in one run, in turns.
// Usage: npm run bench:start [-- runs]     (build first; the Node that runs this is the Node that is measured)
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../packages/create-msb-docker/bin/create-msb-docker.cjs', import.meta.url));
const project = fileURLToPath(new URL('../../templates/go/fixtures/hello/project', import.meta.url));
const runs = Number(process.argv[2] ?? 30);

function time(args) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, CI: '1' } });
  if (status !== 0) throw new Error(stderr.toString());
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

const times = { node: [], cli: [] };
for (let run = 0; run < runs; run += 1) {
  times.node.push(time(['-e', '0']));
  times.cli.push(time([cli, project, '--yes', '--dry-run']));
}
const sorted = (list) => [...list].sort((a, b) => a - b);
const min = (list) => sorted(list)[0];
const median = (list) => sorted(list)[Math.floor(list.length / 2)];
const row = (name, list) =>
  `${name.padEnd(30)}${min(list).toFixed(1).padStart(8)}${median(list).toFixed(1).padStart(10)}`;

console.log(`Node ${process.version}, ${runs} runs each, ms${' '.repeat(8)}min    median`);
console.log(row('node -e 0', times.node));
console.log(row('create-msb-docker --dry-run', times.cli));
console.log(
  `ratio${(min(times.cli) / min(times.node)).toFixed(2).padStart(33)}${(median(times.cli) / median(times.node)).toFixed(2).padStart(10)}`,
);
