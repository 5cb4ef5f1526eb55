import { expect, test } from 'vitest';
import { errorOf, scaffolded } from '../projects.test.kit.ts';

const files = {
  'run.js': "require('http').createServer().listen(process.env.PORT || 3000);",
  'a.js': '',
  'ecosystem.config.js': "module.exports = { apps: [{ script: 'run.js' }] };",
};
const scripts = { a: 'node a.js', b: 'node run.js' };
const start = (text: string, more: object = {}, extra: Record<string, string> = {}) =>
  scaffolded({ scripts: { ...scripts, start: text, ...more } }, { ...files, ...extra });
const command = (text: string): string => {
  const { family, entrypoint, cmd = [] } = start(text).plan.runtime;
  return `${family} ${[...entrypoint, ...cmd].join(' ').replace(/^\S*\//, '')}`;
};

test.each([
  'sh -c "node run.js"',
  "bash -c 'node run.js'",
  'exec node run.js',
  'nohup node run.js',
  'time node run.js',
  'tini -- node run.js',
  'dumb-init node run.js',
  '/usr/bin/env node run.js',
  'cross-env A=1 node run.js',
  'cross-env-shell A=1 node run.js',
  'set A=1 && node run.js',
  'set A=1&& node run.js',
  'forever start run.js',
  'pm2 start run.js',
  'pm2-runtime start ecosystem.config.js',
  'env-cmd -f .env node run.js',
  'env-cmd ./.env node run.js',
  'dotenv -e .env.production -- npm run b',
  'dotenvx run -- node run.js',
  'npm run -s b',
  'npm run b --silent',
  'pnpm -s b',
  'yarn -s run b',
  'run-s b',
  'npm ci && node run.js',
  'yarn && node run.js',
  'node run.js # for production',
])('%s needs no shell', (text) => expect(command(text)).toBe('distroless node run.js'));

test.each([
  ['run-s a b', 'node a.js && exec node run.js'],
  ['npm-run-all a b', 'node a.js && exec node run.js'],
  ["sh -c 'node a.js && node run.js'", 'node a.js && exec node run.js'],
  ['A=x node a.js && node run.js', 'A=x node a.js && exec node run.js'],
  ['export PORT=4000 && node run.js', 'export PORT=4000 && exec node run.js'],
  ['mkdir -p /tmp/logs && node run.js', 'mkdir -p /tmp/logs && exec node run.js'],
])('%s needs one', (text, line) => {
  expect(command(text)).toBe(`slim sh -c ${line}`);
  expect(start(text).notes).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('which distroless does not have') }),
  );
});

test.each([
  ['npm run b -- --port 5000', '--port 5000'],
  ['npm run b --silent -- x', 'x'],
  ['pnpm b --port 5000', '--port 5000'],
  ['node --run b -- --port 5000', '--port 5000'],
])('%s hands its words on', (text, words) => expect(command(text)).toBe(`distroless node run.js ${words}`));

test('variables in front of all of it stay', () => {
  for (const text of ["A=1 sh -c 'node run.js'", 'set A=1 && node run.js', 'cross-env-shell A=1 node run.js']) {
    expect(start(text).plan.runtime.env).toMatchObject({ A: '1' });
  }
});

test.each([
  ['npm run a & npm run b', 'in the background', 'A container runs one program'],
  ['concurrently "npm run a" "npm run b"', 'several programs at once', 'A container runs one program'],
  ['run-p a b', 'several programs at once', 'A container runs one program'],
  ['npm-run-all --parallel a b', 'several programs at once', 'A container runs one program'],
  ['npm --prefix server start', 'of another package: server', '--project'],
  ['yarn workspace api start', 'of another package: api', '--project'],
  ['pnpm --filter=api start', 'of another package: api', '--project'],
  ['cd server && npm start', 'of another package: server', '--project'],
  ['mkdir -p logs && node run.js', 'writes among the files', '/tmp'],
  ['cp .env.example .env && node run.js', 'writes among the files', '/tmp'],
  ['. ./.env && node run.js', 'that the image does not have', 'Run it on its own'],
  ['wait-on tcp:5432 && node run.js', 'that the image does not have', 'Run it on its own'],
  ['node run.js | pino-pretty', 'needs a shell', '--start'],
])('%s is refused with a hint', (text, message, hint) => {
  const error = errorOf(() => start(text));
  expect(error).toMatchObject({ code: 'unsupported', place: { file: 'package.json' } });
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

test('a script for production counts, whatever the one for developers starts', () => {
  expect(start('concurrently "a" "b"', { 'start:prod': 'node run.js' }).plan.runtime.cmd).toEqual(['run.js']);
});

test('clearing away and building is what the build of the image does', () => {
  const value = { build: 'tsc', start: 'rimraf dist && npm run build && node dist/run.js' };
  expect(start(value.start, value).plan.runtime.cmd).toEqual(['dist/run.js']);
});

test('what Nest would compile and start, where no script starts the result', () => {
  const scripts = { build: 'nest build', start: 'nest start' };
  const entry = (more: object, extra: Record<string, string> = {}) =>
    start('nest start', { ...scripts, ...more }, extra);
  expect(entry({}).plan.runtime.cmd).toEqual(['dist/main']);
  expect(entry({ 'start:prod': 'node dist/src/main' }).plan.runtime.cmd).toEqual(['dist/src/main']);
  const projects = { api: { root: 'apps/api' }, admin: { root: 'apps/admin', entryFile: 'server' } };
  const several = { 'nest-cli.json': JSON.stringify({ monorepo: true, root: 'apps/api', projects }) };
  expect(entry({}, several).plan.runtime.cmd).toEqual(['dist/apps/api/main']);
  expect(entry({ start: 'nest start admin' }, several).plan.runtime.cmd).toEqual(['dist/apps/admin/server']);
});

test('sources in a node_modules of the project’s own reach no build', () => {
  const entry = 'packages/node_modules/red/red.js';
  const error = errorOf(() => start(`node ${entry}`, {}, { [entry]: '' }));
  expect(error).toMatchObject({ code: 'unsupported' });
  expect(error.message).toContain(entry);
});
