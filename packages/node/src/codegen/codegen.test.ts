import { expect, test } from 'vitest';
import { scaffolded } from '../projects.test.kit.ts';

const start = { start: 'node dist/a.js' };
const server = "import { x } from './generated/api';\nrequire('http').createServer(x).listen(3000)\n";

function built(scripts: object, devDependencies: object, files: Readonly<Record<string, string>>) {
  const value = {
    scripts: { build: 'tsc', ...start, ...scripts },
    devDependencies: { typescript: '5', ...devDependencies },
  };
  const { dockerfile, notes: all } = scaffolded(value, files);
  const notes = all.filter(({ message }) => !message.includes('package-lock.json'));
  return { run: /AS build\n[\s\S]*?\nRUN ([\s\S]*?)\n\n/.exec(dockerfile)?.[1]?.replace(/ && \\\n */g, ' && '), notes };
}

test.each([
  [
    'a script of a known tool',
    { codegen: 'graphql-codegen' },
    { '@graphql-codegen/cli': '5' },
    { 'codegen.ts': "generates: { 'src/generated/': {} }" },
    'npm run codegen',
  ],
  [
    'its tool, where no script runs it',
    {},
    { '@graphql-codegen/cli': '5' },
    { 'codegen.ts': "generates: { 'src/generated/api.ts': {} }" },
    'npx graphql-codegen',
  ],
  [
    'a script that names the file',
    { 'gen:api': 'openapi-typescript api.yaml -o src/generated/api.d.ts' },
    { 'openapi-typescript': '7' },
    {},
    'npm run gen:api',
  ],
  [
    'a script of its own making',
    { 'proto:generate': 'node tools/proto.js --out ./src/generated' },
    {},
    {},
    'npm run proto:generate',
  ],
  [
    'buf',
    {},
    { '@bufbuild/buf': '1' },
    { 'buf.gen.yaml': 'plugins:\n  - local: protoc-gen-es\n    out: src/generated\n' },
    'npx buf generate',
  ],
])('an imported file that a clean checkout lacks is made by %s', (_, scripts, packages, files, command) => {
  const { run, notes } = built(scripts, packages, { 'src/a.ts': server, ...files });
  expect(run).toBe(`${command} && npm run build`);
  expect(notes[0]?.message).toContain('src/generated/api is not in the repository');
});

test.each([
  ['it is there', { gen: 'x --out src/generated' }, { 'src/generated/api.ts': '' }],
  ['the build makes it', { build: 'npm run gen && tsc', gen: 'x --out src/generated' }, {}],
  ['a hook of the build makes it', { prebuild: 'x --out src/generated' }, {}],
])('nothing is added where %s', (_, scripts, files) => {
  const { run, notes } = built(scripts, {}, { 'src/a.ts': server, ...files });
  expect(run).toBe('npm run build');
  expect(notes.filter(({ message }) => message.includes('repository'))).toEqual([]);
});

test('what Git ignores is not in a clean checkout, though it is here', () => {
  const files = { 'src/a.ts': server, 'src/generated/api.ts': '', '.gitignore': 'generated/\n' };
  expect(built({ gen: 'x --out src/generated' }, {}, files).run).toBe('npm run gen && npm run build');
});

test('what nothing is known to make is named', () => {
  const { notes } = built({}, {}, { 'src/a.ts': server });
  expect(notes[0]).toMatchObject({
    message: expect.stringContaining('no script of the build'),
    place: { file: 'src/a.ts', line: 1 },
  });
});

test('an alias of tsconfig.json leads to the file', () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "paths": { "@/*": ["./src/*"] } } }',
    'src/a.ts': "import { css } from '@/styled-system/css'\n",
    'panda.config.ts': '',
  };
  expect(built({}, { '@pandacss/dev': '1' }, files).run).toBe('npx panda codegen && npm run build');
});

test('a checker of types in front of a framework gets the types that this makes', () => {
  const value = (build: string, more: object = {}) => ({
    scripts: { build, ...more },
    devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5', vite: '7', 'svelte-check': '4' },
  });
  const files = { 'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\n" };
  const dockerfile = (build: string, more: object = {}) => scaffolded(value(build, more), files).dockerfile;
  expect(dockerfile('svelte-check && vite build')).toContain('npx svelte-kit sync && \\\n    npm run build');
  expect(dockerfile('svelte-check && vite build', { prepare: 'svelte-kit sync' })).toContain('npm run prepare && \\\n');
  expect(dockerfile('vite build', { prepare: 'svelte-kit sync' })).not.toContain('prepare');
});

test.each([
  ['prisma migrate deploy && tsc', 'npx tsc'],
  ['npm run migrate && NODE_ENV=production tsc', 'NODE_ENV=production npx tsc'],
  ['pnpm exec drizzle-kit migrate && npm run compile', 'npm run compile'],
])('%j builds without the database', (build, command) => {
  const { run, notes } = built({ build, migrate: 'knex migrate:latest', compile: 'tsc' }, {}, { 'src/a.ts': '' });
  expect(run).toBe(command);
  expect(notes[0]?.message).toContain('needs a database');
});

test('a build that only prepares a database is none', () => {
  const scripts = { build: 'knex migrate:latest', start: 'node server.js' };
  const { dockerfile, notes } = scaffolded(
    { scripts, dependencies: { express: '5', knex: '3' } },
    { 'server.js': 'app.listen(3000)' },
  );
  expect(dockerfile).not.toContain('npm run build');
  expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('needs a database'));
});

test.each([
  [{ 'build:docker': 'tsc -p docker' }, 'npm run build:docker'],
  [{ 'docker:build': 'npm run image', image: 'docker build .' }, 'npm run build'],
  [{ 'docker:build': 'docker buildx bake' }, 'npm run build'],
])('%j: a script that is made for images is preferred, unless it wants an engine', (scripts, command) => {
  expect(built(scripts, {}, { 'src/a.ts': '' }).run).toBe(command);
});
