// The README's "before and after": the same application by the usual single-stage Dockerfile and by ours, built in one
// run with the same engine. Prints image sizes, and seconds cold and after a one-line change.
// Usage: npm run bench:readme     (build first; needs Docker)
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyCaches, generate, imageBytes, path, run, seconds } from './measure.mjs';

/** Builds one variant of the application, cold and after a one-line change; `prepare` writes its Dockerfile. */
function measure(name, prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'msb-bench-'));
  const tag = `msb-bench/${name}`;
  try {
    cpSync(path('examples/go-web'), folder, { recursive: true });
    prepare(folder);
    emptyCaches(join(folder, 'Dockerfile'));
    const cold = seconds(() => run('docker', ['build', '--no-cache', '--tag', tag, folder]));
    const bytes = imageBytes(tag);
    const source = join(folder, 'main.go');
    writeFileSync(source, `${readFileSync(source, 'utf8')}\nvar _ = "changed"\n`);
    const warm = seconds(() => run('docker', ['build', '--tag', tag, folder]));
    return { name, bytes, cold, warm };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    run('docker', ['image', 'rm', '--force', tag]);
  }
}

const ours = (runtime) => (folder) => generate(folder, '--runtime', runtime);
const rows = [
  measure('single-stage', (folder) => cpSync(path('tools/bench/before/go-web.Dockerfile'), join(folder, 'Dockerfile'))),
  ...['alpine', 'distroless', 'scratch'].map((runtime) => measure(runtime, ours(runtime))),
];
console.log('| | image | cold build | after a one-line change |\n| --- | --- | --- | --- |');
for (const { name, bytes, cold, warm } of rows) {
  console.log(`| ${name} | ${(bytes / 1e6).toFixed(1)} MB | ${cold.toFixed(1)} s | ${warm.toFixed(1)} s |`);
}
