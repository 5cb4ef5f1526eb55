// Ours against the naive two-stage Dockerfile and the project's own, side by side in one run: image bytes, and seconds
// cold, after a one-line change and after one more dependency; and the same change by the bare toolchain in a warm
// container.
// Usage: npm run bench:compare [-- <folder> …]     (build first; needs Docker; without folders, fixtures are measured)
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import * as go from './languages/go.mjs';
import { emptyCaches, generate, imageBytes, median, path, run, seconds } from './measure.mjs';

const languages = [go];
const defaults = ['templates/go/fixtures/gin/project', 'templates/go/fixtures/sqlite/project'].map(path);
const runtimes = ['alpine', 'distroless', 'scratch'];
const changes = 3;

const folders = process.argv.slice(2).map((name) => resolve(name));
for (const folder of folders.length > 0 ? folders : defaults) {
  const language = languages.find(({ marker }) => existsSync(join(folder, marker)));
  if (language === undefined) throw new Error(`${folder} is a project of no language that is measured`);
  compare(folder, language);
}

function compare(project, language) {
  const facts = withCopy(project, (folder) => {
    generate(folder, '--runtime', 'alpine');
    return language.factsOf(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
  });
  const [runtime, ...others] = runtimes;
  const variants = {
    naive: (folder) => writeFileSync(join(folder, 'Dockerfile'), language.naive(facts)),
    ...(existsSync(join(project, 'Dockerfile')) && { own: () => {} }),
    [runtime]: (folder) => generate(folder, '--runtime', runtime),
  };
  const measured = Object.entries(variants).map(([name, prepare]) => ({
    name,
    ...measure(project, prepare, language, facts),
  }));
  const rows = [...measured, ...others.map((name) => ({ name, bytes: sizeOn(project, name) }))];
  report(project, rows, inContainer(project, language, facts));
}

/** Does something in a copy of a project, which is gone afterwards. */
function withCopy(project, action) {
  const folder = mkdtempSync(join(tmpdir(), 'msb-bench-'));
  try {
    cpSync(project, folder, { recursive: true });
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds one variant cold, after changes of one line and after one more dependency. */
function measure(project, prepare, language, facts) {
  return withCopy(project, (folder) => {
    const tag = `msb-bench/${process.pid}`;
    const build = (...args) => seconds(() => run('docker', ['build', '--tag', tag, ...args, folder]));
    try {
      prepare(folder);
      emptyCaches(join(folder, 'Dockerfile'));
      const cold = build('--no-cache');
      const bytes = imageBytes(tag);
      const source = join(folder, language.mainFile(folder, facts));
      const text = readFileSync(source, 'utf8');
      const warm = Array.from({ length: changes }, (_, index) => {
        writeFileSync(source, text + language.change(index));
        return build();
      });
      const added = language.addDependency(folder, facts) ? build() : undefined;
      return { bytes, cold, warm: median(warm), added };
    } catch (error) {
      return { problem: error.message };
    } finally {
      run('docker', ['image', 'rm', '--force', tag]);
    }
  });
}

/** The image on another runtime, whose build is the same. */
function sizeOn(project, runtime) {
  return withCopy(project, (folder) => {
    const tag = `msb-bench/${process.pid}-${runtime}`;
    generate(folder, '--runtime', runtime);
    try {
      run('docker', ['build', '--tag', tag, folder]);
      return imageBytes(tag);
    } finally {
      run('docker', ['image', 'rm', '--force', tag]);
    }
  });
}

/** The same change by the bare toolchain, in a container where everything is compiled already. */
function inContainer(project, language, facts) {
  return withCopy(project, (folder) => {
    const tag = `msb-bench/${process.pid}-bare`;
    writeFileSync(join(folder, 'Dockerfile'), language.bare(facts));
    rmSync(join(folder, '.dockerignore'), { force: true });
    run('docker', ['build', '--tag', tag, folder]);
    const id = run('docker', ['run', '--detach', '--rm', '--network', 'none', tag]).trim();
    try {
      const source = language.mainFile(folder, facts);
      const times = Array.from({ length: changes }, (_, index) => {
        writeFileSync(join(folder, 'changed'), readFileSync(join(folder, source), 'utf8') + language.change(index));
        run('docker', ['cp', join(folder, 'changed'), `${id}:/src/${source}`]);
        return seconds(() => run('docker', ['exec', id, 'sh', '-c', facts.command]));
      });
      return median(times);
    } finally {
      run('docker', ['rm', '--force', id]);
      run('docker', ['image', 'rm', '--force', tag]);
    }
  });
}

function report(project, rows, bareSeconds) {
  const cell = (value, unit) => (value === undefined ? '–' : `${value.toFixed(1)} ${unit}`);
  const title = basename(project) === 'project' ? basename(resolve(project, '..')) : basename(project);
  console.log(`\n### ${title}\n`);
  console.log('| | image | cold build | after a one-line change | after one more dependency |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const { name, bytes, cold, warm, added, problem } of rows) {
    const cells = [cell(bytes && bytes / 1e6, 'MB'), cell(cold, 's'), cell(warm, 's'), cell(added, 's')];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
    if (problem !== undefined) console.error(`${name} does not build: ${problem}`);
  }
  console.log(`| bare toolchain, warm container | | | ${cell(bareSeconds, 's')} | |`);
  const [naive] = rows;
  const ours = rows.filter(({ name, warm }) => runtimes.includes(name) && warm !== undefined);
  const best = Math.min(...ours.map(({ warm }) => warm));
  if (naive.warm !== undefined) {
    console.log(
      `\nA change builds ${(naive.warm / best).toFixed(1)}× faster than naively, in ${(best / bareSeconds).toFixed(2)}× of what the toolchain alone takes.`,
    );
  }
}
