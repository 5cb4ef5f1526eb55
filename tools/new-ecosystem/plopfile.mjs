import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complaint, defaults, interpretedOn, listOf, prompts } from './questions.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const path = (...names) => join(root, ...names);
const json = (name) => JSON.parse(readFileSync(path(name), 'utf8'));

/** Families whose base has a shell, which the placeholder is written for. */
const shells = ['alpine', 'slim'];

/** What the skeleton's templates are filled with. */
function dataOf(answers) {
  const all = defaults(answers);
  const { id, title, image, interpreted, sample, expect } = all;
  const runtimes = listOf(all.runtimes);
  const version = /:(\d+(?:\.\d+)?)/.exec(image)?.[1];
  const ships = listOf(all.ships);
  const own = String(interpreted) === 'true' ? interpretedOn(all).map((family, index) => [family, ships[index]]) : [];
  const port = Number(all.port);
  return {
    ...all,
    name: id.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
    families: runtimes,
    version,
    release: json('packages/core/package.json').version,
    images: {
      [id]: {
        title,
        default: version,
        versions: { [version]: { images: { build: image, ...Object.fromEntries(own) } } },
      },
    },
    case: sample ? sampleCase(sample, expect, port) : placeholderCase(runtimes, title),
    usualPort: port > 0 ? port : 8080,
  };
}

const placeholderCase = (runtimes, title) => ({
  $schema: '../../../case.schema.json',
  about: 'a placeholder that says hello: put a small real application here',
  options: { start: '/bin/sh /app/hello.sh' },
  ...skipped(runtimes.filter((family) => !shells.includes(family))),
  run: { output: `hello from ${title}` },
  edit: { file: 'hello.sh', find: 'hello from', replace: 'goodbye from' },
});

const skipped = (families) =>
  families.length === 0
    ? {}
    : { skip: Object.fromEntries(families.map((family) => [family, 'the placeholder needs a shell'])) };

/** The sample says `expect` somewhere; changing it there is the test of warm rebuilds. */
function sampleCase(sample, expect, port) {
  const file = readdirSync(sample, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .find((candidate) => readFileSync(candidate, 'utf8').includes(expect));
  if (file === undefined) throw new Error(`no file of ${sample} has ${JSON.stringify(expect)}`);
  return {
    $schema: '../../../case.schema.json',
    about: 'a small application',
    ...(port > 0 && { options: { port } }),
    run: port > 0 ? { http: { path: '/', body: expect } } : { output: expect },
    edit: { file: file.slice(sample.length + 1), find: expect, replace: `${expect}, again` },
  };
}

const listing = path('packages/create-msb-docker/src/ecosystems.ts');

/** Adds the ecosystem to the one list, in the order of ids. */
function register({ id, name }) {
  const text = readFileSync(listing, 'utf8');
  const entry = `  listed('${id}', async () => (await import('@msb/${id}')).${name}),`;
  const [before = '', list = ''] = text.split(/(?<=ecosystems: readonly ListedEcosystem\[\] = \[\n)/);
  const end = list.indexOf('];');
  const entries = [...list.slice(0, end).trimEnd().split('\n'), entry].sort();
  writeFileSync(listing, `${before}${entries.join('\n')}\n${list.slice(end)}`);
  return 'packages/create-msb-docker/src/ecosystems.ts lists it';
}

/** Links the package, and writes the files that are made from others. */
function link({ id }) {
  cpSync(path('LICENSE'), path('packages', id, 'LICENSE'));
  const target = path('node_modules/@msb', id);
  mkdirSync(path('node_modules/@msb'), { recursive: true });
  if (!existsSync(target)) symlinkSync(join('../../packages', id), target, 'junction');
  const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'pipe', encoding: 'utf8' });
  run(process.execPath, path('tools/sync/sync.mjs'));
  run(path('node_modules/.bin/biome'), 'check', '--write', path('templates', id), path('packages', id));
  try {
    run('npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--offline');
    return 'package-lock.json knows the package';
  } catch {
    return 'package-lock.json does not know the package yet: run npm install';
  }
}

function addSample({ id, sample, marker }) {
  const project = path('templates', id, 'fixtures/hello/project');
  if (!sample) {
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, marker), '{}\n');
    return `a placeholder is in templates/${id}/fixtures/hello/project`;
  }
  cpSync(sample, project, { recursive: true });
  return `the sample is in templates/${id}/fixtures/hello/project`;
}

function golden({ id }) {
  const env = { ...process.env, MSB_UPDATE_GOLDEN: '1', NO_COLOR: '1' };
  const check = path('tools/check-ecosystem/check.mjs');
  try {
    execFileSync(process.execPath, [check, id, '--no-docker'], { cwd: root, env, stdio: 'pipe' });
    return `templates/${id}/fixtures/hello/expected has the golden files`;
  } catch (error) {
    throw new Error(`the kit has something to say:\n${error.stdout}`);
  }
}

const nextSteps = ({ id, sample }) => `next:

  1. npm run check:ecosystem -- ${id}${' '.repeat(20)}everything that the kit checks; it builds and runs the image, too
  2. ${sample ? 'Add' : 'Put a small real application into'} templates/${id}/fixtures/${sample ? '<case>' : 'hello/project'}${sample ? ' for what else projects have' : ', and say in case.json what it answers'}
  3. Write what you would in templates/${id}/*.hbs, and what projects say in packages/${id}/src/detect.ts

  templates/README.md explains every key and helper. npm run check:ecosystem -- ${id} --golden
  writes the expected files anew.
`;

/** The generator `ecosystem`. */
export default function plopfile(plop) {
  plop.setHelper('json', (value) => JSON.stringify(value));
  // for the inside of a text in JSON
  plop.setHelper('text', (value) => JSON.stringify(value).slice(1, -1));
  plop.setHelper('pretty', (value) => JSON.stringify(value, null, 2));
  plop.setGenerator('ecosystem', {
    description: 'templates and a package for another language',
    prompts: (inquirer) => inquirer.prompt(prompts, JSON.parse(process.env.MSB_ANSWERS ?? '{}')),
    actions: (answers) => {
      const wrong = complaint(defaults(answers));
      if (wrong !== undefined) throw new Error(wrong);
      const data = dataOf(answers);
      return [
        {
          type: 'addMany',
          destination: root,
          base: 'skeleton',
          templateFiles: ['skeleton/**/*.hbs', ...(data.sample ? ['!**/hello.sh.hbs'] : [])],
          globOptions: { dot: true },
          abortOnFail: true,
          data,
        },
        () => addSample(data),
        () => register(data),
        () => link(data),
        () => golden(data),
        () => nextSteps(data),
      ];
    },
  });
}
