// What `verify` costs: against a `docker build` and a start of the same small image, in one run and in turns; and how long
// it looks for secrets in a layer of 500 MB, and how much memory that takes.
// Usage: npm run bench:verify [-- rounds]     (build first; needs Docker)
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, path, run, seconds } from './measure.mjs';

const cli = path('packages/create-msb-docker/bin/create-msb-docker.cjs');
const rounds = Number(process.argv[2] ?? 5);
const root = mkdtempSync(join(tmpdir(), 'msb-bench-'));
const tag = `msb-bench/verify-${process.pid}`;

const server = `package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() {
		<-stop
		os.Exit(0)
	}()
	http.ListenAndServe(":8080", http.NotFoundHandler())
}
`;

function project() {
  writeFileSync(join(root, 'go.mod'), 'module example.com/bench\n\ngo 1.26\n');
  writeFileSync(join(root, 'main.go'), server);
  run(process.execPath, [cli, root, '--yes', '--name', 'bench']);
}

/** One line of the sources is another, so that there is something to build. */
const change = (round) => writeFileSync(join(root, 'main.go'), `${server}\nvar round = "${round}"\n`);

/** Resolves once the port answers. */
async function answers(port) {
  for (;;) {
    const answered = await new Promise((done) => {
      const call = request({ host: '127.0.0.1', port, agent: false }, (response) => done(response.resume() && true));
      call.on('error', () => done(false)).end();
    });
    if (answered) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function buildAndStart() {
  run('docker', ['build', '--quiet', '--tag', tag, root]);
  const id = run('docker', ['run', '--detach', '--read-only', '--publish', '127.0.0.1::8080', tag]).trim();
  const port = run('docker', ['port', id, '8080']).trim().split(':').at(-1);
  await answers(port);
  return id;
}

async function timed(action) {
  const begin = process.hrtime.bigint();
  const result = await action();
  return [Number(process.hrtime.bigint() - begin) / 1e9, result];
}

function verify(folder, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', folder, '--json', ...args]);
  if (status !== 0 && status !== 5) throw new Error(`verify ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

async function overhead() {
  project();
  verify(root); // compiles the standard library into the cache
  const times = { plain: [], verify: [] };
  for (let round = 0; round < rounds; round += 1) {
    change(`a${round}`);
    const [plain, id] = await timed(buildAndStart);
    run('docker', ['rm', '--force', id]);
    change(`b${round}`);
    times.plain.push(plain);
    times.verify.push(seconds(() => verify(root)));
  }
  run('docker', ['image', 'rm', '--force', tag]);
  const [plain, all] = [median(times.plain), median(times.verify)];
  console.log(`${rounds} rounds each, medians`);
  console.log(`docker build and start   ${plain.toFixed(2)} s`);
  console.log(
    `verify                   ${all.toFixed(2)} s   ${(all / plain).toFixed(2)} times, ${(all - plain).toFixed(2)} s more`,
  );
}

/** A file of text and numbers as programs have them: not so even that it could be skipped. */
function fill(file, bytes, secret) {
  const out = createWriteStream(file);
  const block = Buffer.from(`${'const value = [1, 2, 3, "text"]; // a line of a bundle\n'.repeat(1000)}`);
  for (let size = 0; size < bytes; size += block.length) out.write(block);
  out.end(`token = "${secret}"\n`);
  return new Promise((done) => out.on('close', done));
}

async function largeLayer() {
  const folder = mkdtempSync(join(tmpdir(), 'msb-bench-large-'));
  try {
    const secret = `ghp${'_'}${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fX3iLq'}`;
    for (let part = 0; part < 5; part += 1) await fill(join(folder, `part${part}.js`), 100e6, part === 4 ? secret : '');
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY *.js /srv/\nENTRYPOINT ["/srv/part0.js"]\n');
    run('docker', ['build', '--quiet', '--tag', tag, folder]);
    // What only reading the archive costs; the rest of the time is ours.
    const reading = seconds(() => run('sh', ['-c', `docker save ${tag} | cat > /dev/null`]));
    const { ms, peak, verdict } = await watched(folder);
    const { status, reason } = verdict.rows.find(({ id }) => id === 'tokens');
    console.log(`\na layer of ${(verdict.size / 1e6).toFixed(0)} MB, ${status}: ${reason}`);
    console.log(`docker save alone        ${reading.toFixed(2)} s`);
    console.log(`verify                   ${(ms / 1000).toFixed(2)} s, at most ${peak.toFixed(0)} MB of memory`);
  } finally {
    run('docker', ['image', 'rm', '--force', tag]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs verify and looks at its memory: VmHWM is the most it ever had (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html). */
function watched(folder) {
  const begin = Date.now();
  const child = spawn(process.execPath, [cli, 'verify', folder, '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  let peak = 0;
  child.stdout.on('data', (text) => {
    out += text;
  });
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
    } catch {
      // it ended
    }
  }, 50);
  return new Promise((done) =>
    child.on('close', () => {
      clearInterval(timer);
      done({ ms: Date.now() - begin, peak, verdict: JSON.parse(out) });
    }),
  );
}

try {
  await overhead();
  await largeLayer();
} finally {
  rmSync(root, { recursive: true, force: true });
}
