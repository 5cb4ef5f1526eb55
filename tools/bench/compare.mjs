// Ours against the naive two-stage Dockerfile and the project's own, side by side in one run: image bytes, and seconds
// cold, after a one-line change and after one more dependency; and the same change by the bare toolchain in a warm
// container.
// Usage: npm run bench:compare [-- <folder> …]     (build first; needs Docker; without folders, what is here is measured)
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build, emptyCaches, generate, median, path, removeImage, run, seconds, withCopy } from './measure.mjs';
import { onOurBases, ownDockerfile } from './own.mjs';

/**
 * A language is a file of languages/. It exports `marker` (a file of its projects), `examples` (folders to measure
 * unasked), `runtimes` (families of images, ours first), and
 *   factsOf(dockerfile)           what ours says of the project
 *   naive(facts), bare(facts)     Dockerfiles: the usual two stages; the toolchain with everything compiled, which sleeps
 *   command(facts)                what compiles in `bare`, in a shell
 *   baseOf(image, facts)          our image in the place of one that the project's own Dockerfile names, if there is one
 *   mainFile(folder, facts), change(text, index)      the file that is changed, and what becomes of its text
 *   alternatives                  lists of flags to measure ours with besides, where there are any
 *   addDependency(folder, facts)  requires and uses one more; false where that can't be
 */
const files = readdirSync(path('tools/bench/languages')).sort();
const languages = await Promise.all(files.map((file) => import(`./languages/${file}`)));

/** A change is small against the noise of a machine, but not against what is compiled as a whole each time. */
const rounds = { ours: 3, others: 1 };
/** No change is one that an earlier run made: the engine would have its layers. */
const first = Math.floor(Date.now() / 1000);

const named = process.argv.slice(2).map((name) => resolve(name));
for (const project of named.length > 0 ? named : languages.flatMap(({ examples }) => examples.map(path))) {
  const language = languages.find(({ marker }) => existsSync(join(project, marker)));
  if (language === undefined) throw new Error(`${project} is a project of no language that is measured`);
  compare(project, language);
}

function compare(project, language) {
  say(`${project}, load ${load()}`);
  const [runtime, ...others] = language.runtimes;
  const factsWith = (flags) =>
    withCopy(project, (folder) => {
      generate(folder, '--runtime', runtime, ...flags);
      return language.factsOf(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
    });
  const facts = factsWith([]);
  const own = ownDockerfile(project);
  const variants = [
    { name: 'naive', rounds: rounds.others, prepare: (folder) => writeAlone(folder, language.naive(facts)) },
    ...(own ? [{ name: own.name, rounds: rounds.others, prepare: (folder) => write(folder, ownText(own)) }] : []),
    ...[[], ...(language.alternatives ?? [])].map((flags) => ({
      name: ['ours on', runtime, ...flags].join(' '),
      ours: factsWith(flags),
      rounds: rounds.ours,
      prepare: (folder) => generate(folder, '--runtime', runtime, ...flags),
    })),
  ];
  const ownText = ({ text }) => onOurBases(text, (image) => language.baseOf(image, facts));
  const rows = variants.map((variant) => {
    const measured = { ...variant, ...measure(project, variant, language, facts) };
    return variant.ours ? { ...measured, bare: inContainer(project, language, variant.ours) } : measured;
  });
  const sizes = others.map((name) => ({ name: `ours on ${name}`, ...sizeOn(project, name) }));
  report(project, [...rows, ...sizes]);
}

/** Builds one variant cold, after changes of one line and after one more dependency. */
function measure(project, { name, prepare, rounds }, language, facts) {
  return withCopy(project, (folder) => {
    try {
      prepare(folder);
      emptyCaches(join(folder, 'Dockerfile'));
      const { bytes, took: cold } = build(folder, '--no-cache');
      say(`  ${name}: cold ${cold.toFixed(1)} s`);
      const source = join(folder, language.mainFile(folder, facts));
      const text = readFileSync(source, 'utf8');
      const warm = Array.from({ length: rounds }, (_, index) => {
        writeFileSync(source, language.change(text, first + index));
        return build(folder);
      });
      say(`  ${name}: after a change ${warm.map(({ took }) => took.toFixed(1)).join(', ')} s`);
      const added = language.addDependency(folder, facts) ? build(folder).took : undefined;
      return {
        bytes,
        cold,
        warm: median(warm.map(({ took }) => took)),
        compiler: median(warm.map(({ longest }) => longest)),
        added,
      };
    } catch (error) {
      say(`  ${name} does not build: ${error.message}`);
      return {};
    } finally {
      removeImage();
    }
  });
}

/** The image on another runtime, whose build is the same. */
function sizeOn(project, runtime) {
  return withCopy(project, (folder) => {
    try {
      generate(folder, '--runtime', runtime);
      return { bytes: build(folder).bytes };
    } catch (error) {
      say(`  ${runtime} does not build: ${error.message}`);
      return {};
    } finally {
      removeImage();
    }
  });
}

/** The same change by the bare toolchain, in a container where everything is compiled already. */
function inContainer(project, language, facts) {
  return withCopy(project, (folder) => {
    writeAlone(folder, language.bare(facts));
    const { tag } = build(folder);
    const id = run('docker', ['run', '--detach', '--rm', '--network', 'none', tag]).trim();
    try {
      const source = language.mainFile(folder, facts);
      const text = readFileSync(join(folder, source), 'utf8');
      const times = Array.from({ length: rounds.ours }, (_, index) => {
        writeFileSync(join(folder, 'changed'), language.change(text, first + index));
        run('docker', ['cp', join(folder, 'changed'), `${id}:/src/${source}`]);
        return seconds(() => run('docker', ['exec', id, 'sh', '-c', language.command(facts)]));
      });
      say(`  bare toolchain: ${times.map((took) => took.toFixed(1)).join(', ')} s`);
      return median(times);
    } finally {
      run('docker', ['rm', '--force', id]);
      removeImage();
    }
  });
}

/** Writes a Dockerfile that sees the sources, whatever the project's own .dockerignore leaves of them. */
function writeAlone(folder, text) {
  write(folder, text);
  writeFileSync(join(folder, 'Dockerfile.dockerignore'), '.git\n');
}

function write(folder, text) {
  writeFileSync(join(folder, 'Dockerfile'), text);
}

function load() {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

/** Progress, apart from the report. */
function say(text) {
  console.error(text);
}

function report(project, rows) {
  const cell = (value, unit) => (value === undefined ? '–' : `${value.toFixed(1)} ${unit}`);
  const title = basename(project) === 'project' ? basename(resolve(project, '..')) : basename(project);
  console.log(`\n### ${title}\n`);
  console.log('| | image | cold build | after a one-line change | after one more dependency |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const { name, bytes, cold, warm, compiler, added } of rows) {
    const changed = warm === undefined ? '–' : `${cell(warm, 's')}, the compiler ${cell(compiler, 's')}`;
    const cells = [cell(bytes && bytes / 1e6, 'MB'), cell(cold, 's'), changed, cell(added, 's')];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
  const [naive, ...rest] = rows;
  for (const { name, warm, compiler, bare } of rest.filter((row) => row.bare && row.warm && naive.warm)) {
    const against = (time) => `${(time / bare).toFixed(2)}×`;
    console.log(
      `\nA change is built ${(naive.warm / warm).toFixed(1)}× faster by ${name} than naively. The toolchain alone`,
    );
    console.log(`takes ${cell(bare, 's')} for it: ${against(compiler)} that in the compiler, ${against(warm)} in all.`);
  }
  console.log(`\nLoad of the machine at the end: ${load()}`);
}
