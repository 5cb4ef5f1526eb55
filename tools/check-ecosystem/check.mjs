// Everything that the conformance kit knows, for one ecosystem, as a checklist.
// Usage: npm run check:ecosystem -- <id | folder> [--no-docker] [--watch] [--golden]
import { existsSync, readdirSync, watch as watchFiles } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { Checklist, verdict } from './checklist.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const usage = 'npm run check:ecosystem -- <id | folder> [--no-docker] [--watch] [--golden]';
const help = `${usage}

Everything that the conformance kit knows about one ecosystem, as a checklist; each ✗ names the file to edit, and how.

  --no-docker  Build and run no image
  --watch      Look again whenever a file changes
  --golden     Write the expected files anew, and the tables that ecosystem.json is in, instead of comparing them
`;
const flags = {
  'no-docker': { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  golden: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

function stop(message) {
  console.error(`✗ ${message}\n  ${usage}`);
  process.exit(2);
}

function readArgs() {
  try {
    return parseArgs({ options: flags, allowPositionals: true });
  } catch (error) {
    return stop(error.message.split('. ')[0]);
  }
}

/** The test files of an ecosystem: of its package, or, for a folder elsewhere, of the kit's own. */
function testsOf(name) {
  const here = join(root, 'tools/check-ecosystem');
  const outside = resolve(name);
  if (name.includes('/') && existsSync(outside)) {
    process.env.MSB_CHECK = outside;
    return { checks: [join(here, 'outside.check.ts')], images: [join(here, 'outside.images.ts')], folder: outside };
  }
  const source = join(root, 'packages', name, 'src');
  const ids = readdirSync(join(root, 'templates'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name);
  if (!ids.includes(name) || !existsSync(source))
    stop(`There is no ecosystem ${name}: name one of ${ids.join(', ')}, or a folder`);
  process.env.MSB_CHECK = name;
  const images = readdirSync(source).filter((file) => file.endsWith('.images.ts'));
  return {
    checks: [join(source, 'conformance.test.ts'), join(here, 'inside.check.ts')],
    images: images.map((file) => join(source, file)),
    folder: join(root, 'templates', name),
  };
}

const conditions = ['@msb/source', 'module', 'node', 'development|production'];

/** Runs test files with a checklist; resolves to what came out, or never in watch mode. */
async function check(files, folder, watch) {
  const list = new Checklist(watch);
  const watched = [folder, join(root, 'templates/_runtime')];
  const include = files.map((file) => relative(root, file));
  const test = {
    include,
    fileParallelism: false,
    testTimeout: 120_000,
    forceRerunTriggers: watched.map((path) => `${path}/**`),
  };
  const more = { resolve: { conditions }, ssr: { resolve: { conditions } }, test };
  // Vite watches the files that tests import; templates and fixtures are read. Before the first run, or one is missed.
  const watcher = {
    onInit: ({ vite }) => {
      for (const path of watch ? watched : []) {
        watchFiles(path, { recursive: true }, (_, name) => vite.watcher.emit('change', join(path, name ?? '')));
      }
    },
  };
  const vitest = await startVitest('test', [], { root, config: false, watch, reporters: [watcher, list] }, more);
  if (watch) return list.counts;
  await vitest.close();
  return list.counts;
}

const { values, positionals } = readArgs();
const [name, second] = positionals;
if (values.help) {
  console.log(help);
  process.exit(0);
}
if (name === undefined || second !== undefined) stop('Name one ecosystem');
const { checks, images, folder } = testsOf(name);
if (values.golden) process.env.MSB_UPDATE_GOLDEN = '1';
const docker = values['no-docker'] ? [] : images;
console.log(`${basename(folder)} (${relative(process.cwd(), folder) || '.'})\n`);
if (values.watch) await check([...checks, ...docker], folder, true);
else {
  const first = await check(checks, folder, false);
  const sound = first.failed === 0;
  const second = sound && docker.length > 0 ? await check(docker, folder, false) : undefined;
  const sum = (key) => first[key] + (second?.[key] ?? 0);
  console.log(`\n${verdict({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
  if (!sound && docker.length > 0) console.log('  Its images are built and run once these pass.');
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
