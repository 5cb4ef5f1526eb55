import { expect, test } from 'vitest';
import { findBuild } from '../build.ts';
import type { LockedPackage } from '../package-managers/manager.ts';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import { resolveStart } from './resolve.ts';
import { commandOf, startText } from './start.ts';

interface Extra {
  readonly files?: Record<string, string>;
  readonly packages?: readonly LockedPackage[];
  readonly serves?: boolean;
  readonly given?: string;
}

function resolve(value: object, { files = {}, packages, serves = false, given }: Extra = {}) {
  const { project, manifest } = packageOf(value, files);
  const build = findBuild(project, manifest, undefined);
  return resolveStart({ project, manifest, build, packages, node: 24 }, serves, given);
}

const scripts = (text: string, more: object = {}) => ({ scripts: { start: text, ...more } });
const js = { 'server.js': '', 'index.js': '', 'src/app.js': '' };
const text = (value: object, extra?: Extra) => startText(resolve(value, { files: js, ...extra }).start);

test.each([
  ['node server.js', 'node server.js'],
  ['node server', 'node server'],
  ['node ./server.js --port 1', 'node server.js --port 1'],
  ['node .', 'node .'],
  ['exec node -r ./index.js server.js', 'node -r ./index.js server.js'],
  ['./server.js', 'node ./server.js'],
])('%s → %s', (start, expected) => {
  expect(text(scripts(start)).replace('./server', 'server')).toBe(expected.replace('./server', 'server'));
});

test('the environment in front is kept, also through another script', () => {
  const { start } = resolve(scripts('A=1 npm run serve', { serve: 'B=2 node server.js' }), { files: js });
  expect(start).toMatchObject({ env: { A: '1', B: '2' }, entry: 'server.js', place: { line: 3 } });
});

test('a build in front of it is the image’s own', () => {
  const build = { build: 'tsc' };
  expect(text(scripts('npm run build && node dist/a.js', build))).toBe('node dist/a.js');
  expect(text(scripts('tsc && node dist/a.js', build))).toBe('node dist/a.js');
  expect(text(scripts('tsc -p . && node dist/a.js'))).toBe('node dist/a.js');
});

test.each([
  'nodemon src/app.js',
  'ts-node src/app.ts',
  'nest start',
  'tsx src/app.ts',
  'node -r ts-node/register src/app.ts',
  'node --import tsx src/app.ts',
  'pm2 start ecosystem.config.js',
  'npm run start',
  'node -e 1',
])('%s is for developers, so the next candidate is taken', (start) => {
  expect(text(scripts(start, { 'start:prod': 'node server.js' }))).toBe('node server.js');
});

test('a command is what starts, where main is for others to import', () => {
  const value = { main: 'index.js', bin: { shop: 'server.js' }, name: 'shop' };
  expect(resolve(value, { files: { ...js, 'index.js': 'module.exports = {}' } }).start).toMatchObject({
    entry: 'server.js',
    tool: true,
  });
  const listening = { ...js, 'index.js': 'app.listen(80)' };
  expect(resolve(value, { files: listening }).start.entry).toBe('index.js');
});

test('dotenv for development only: the file that it reads is in no image', () => {
  expect(text(scripts('node -r dotenv/config server.js', { 'start:prod': 'node index.js' }))).toBe('node server.js');
  const shipped = { dependencies: { dotenv: '17' }, scripts: { start: 'node -r dotenv/config server.js' } };
  expect(text(shipped)).toBe('node -r dotenv/config server.js');
});

test('main, then bin, then a guess that somebody should confirm', () => {
  expect(resolve({ main: 'src/app.js' }, { files: js })).toMatchObject({
    guessed: false,
    start: { entry: 'src/app.js' },
  });
  expect(text({ main: 'gone.js', bin: { a: 'index.js', b: 'server.js' }, name: '@x/b' })).toBe('node server.js');
  const { start } = resolve({ bin: 'server.js' }, { files: js });
  expect(commandOf(start, 'node')).toEqual({ entrypoint: ['node', 'server.js'] }); // docker run image --help
  expect(resolve({}, { files: js })).toMatchObject({
    guessed: true,
    start: { entry: 'server.js' },
    choices: [{ value: 'node server.js' }, { value: 'node index.js' }, { value: 'node src/app.js' }],
  });
  expect(resolve({ scripts: { dev: 'nodemon -L src/app.js' } }, { files: js }).start.entry).toBe('src/app.js');
});

test('main of a build is not there yet', () => {
  expect(text({ main: 'dist/a.js', scripts: { build: 'tsc' } }, { files: {} })).toBe('node dist/a.js');
  expect(errorOf(() => resolve({ main: 'index.js', scripts: { build: 'tsc' } })).code).toBe('no-entry-point');
});

test('a program of a production dependency', () => {
  const fastify = { name: 'fastify-cli', dev: false, hoisted: true, bins: ['fastify'] };
  const locked = (dev: boolean): LockedPackage => ({
    ...fastify,
    dev,
    installScript: false,
    platformBound: false,
    place: { file: 'x' },
  });
  const value = scripts('fastify start app.js');
  expect(text(value, { packages: [locked(false)] })).toBe('node node_modules/.bin/fastify start app.js');
  expect(errorOf(() => resolve(value, { packages: [locked(true)] })).code).toBe('no-entry-point');
  expect(text({ ...value, dependencies: { 'fastify-cli': '7' } })).toContain('.bin/fastify');
});

test.each([
  ['node server.js | pino-pretty', '|'],
  ['npm run migrate && node server.js', 'npm run migrate'],
  ['node $FILE', '$FILE'],
  ['node dist/*.js', '*'],
  ['node server.js &\nnode b.js', '&'],
])('%j needs a shell', (start, part) => {
  const error = errorOf(() => resolve(scripts(start), { files: js }));
  expect(error).toMatchObject({ code: 'unsupported', place: { file: 'package.json', line: 3 } });
  expect(error.message).toContain(part);
  expect(error.message).not.toContain('\n');
  expect(error.hint).toContain('--start');
});

test('a library, and scripts that lead nowhere', () => {
  const library = { main: 'index.js', exports: './index.js' };
  expect(errorOf(() => resolve(library, { files: js })).code).toBe('no-entry-point');
  expect(text(library, { serves: true })).toBe('node index.js');
  expect(errorOf(() => resolve(scripts('npm run a', { a: 'npm run start' }))).code).toBe('no-entry-point');
  expect(errorOf(() => resolve(scripts('node gone.js'), { files: js }))).toMatchObject({
    code: 'no-entry-point',
    place: { line: 3 },
  });
});

test('a front end has nothing for node to start, unless a script says so', () => {
  const value = { scripts: { build: 'vite build', preview: 'vite preview' }, devDependencies: { vite: '8' } };
  const error = errorOf(() => resolve(value, { files: { 'src/main.js': '' } }));
  expect(error).toMatchObject({ code: 'no-entry-point', message: expect.stringContaining('vite') });
  expect(text({ ...value, scripts: { start: 'node server.js' } })).toBe('node server.js');
});

test('--start is read like a script', () => {
  expect(text({}, { given: 'A=1 node index.js' })).toBe('node index.js');
  expect(text({}, { given: 'index.js' })).toBe('node index.js');
  expect(text(scripts('x | y', { ok: 'node index.js' }), { given: 'npm run ok' })).toBe('node index.js');
  for (const given of ['node $X', 'nodemon index.js', 'cat index.js | node']) {
    expect(errorOf(() => resolve({}, { files: js, given })).code).toBe('bad-option');
  }
  expect(errorOf(() => resolve({}, { files: js, given: 'node ../x.js' })).code).toBe('unsupported');
  expect(errorOf(() => resolve({}, { files: js, given: 'node /etc/x.js' })).code).toBe('unsupported');
});
