import { expect, test } from 'vitest';
import { readCommand, readNode } from './command.ts';

const words = (text: string) => text.split(' ');

test.each([
  ['node a.js x', { kind: 'node', env: {}, run: { flags: [], entry: 'a.js', args: ['x'] } }],
  [
    'cross-env A=1 B=x=y node a.js',
    { kind: 'node', env: { A: '1', B: 'x=y' }, run: { flags: [], entry: 'a.js', args: [] } },
  ],
  ['exec /usr/bin/node a.js', { kind: 'node', env: {}, run: { flags: [], entry: 'a.js', args: [] } }],
  ['npm run serve', { kind: 'script', env: {}, name: 'serve', args: [] }],
  ['A=1 npm start', { kind: 'script', env: { A: '1' }, name: 'start', args: [] }],
  ['node --run serve', { kind: 'script', env: {}, name: 'serve', args: [] }],
  ['npx --no-install next start', { kind: 'bin', env: {}, name: 'next', args: ['start'] }],
  ['./node_modules/.bin/fastify start', { kind: 'bin', env: {}, name: 'fastify', args: ['start'] }],
  ['A=1', { kind: 'none', env: { A: '1' } }],
  ['npm', { kind: 'none', env: {} }],
])('%s', (text, command) => expect(readCommand(words(text))).toEqual(command));

test('flags with a value keep it, those for developers go', () => {
  expect(readNode(words('-r dotenv/config --import ./a.js --max-old-space-size=512 b.js --c'))).toEqual({
    flags: ['-r', 'dotenv/config', '--import', './a.js', '--max-old-space-size=512'],
    entry: 'b.js',
    args: ['--c'],
  });
  expect(readNode(words('--inspect=0.0.0.0 --watch --env-file .env --env-file=.env b.js')).flags).toEqual([]);
  expect(readNode(words('--env-file-if-exists=.env b.js')).flags).toEqual(['--env-file-if-exists=.env']);
  expect(readNode(words('-e 1')).entry).toBeUndefined();
});

test("Yarn's node is node, and what loads Plug'n'Play is left out", () => {
  expect(readCommand(['yarn', 'node', '-r', './.pnp.cjs', 'dist/a.js'])).toMatchObject({
    kind: 'node',
    run: { flags: [], entry: 'dist/a.js' },
  });
  expect(readNode(['--require=./.pnp.cjs', '--import', 'x', 'a.js']).flags).toEqual(['--import', 'x']);
});

test.each([
  ['bun src/a.ts', []],
  ['bun run src/a.ts', []],
  ['bun --hot src/a.ts', []],
  ['bun run --watch src/a.ts', []],
  ['bun --smol src/a.ts', ['--smol']],
])('%s is run by Bun itself', (text, flags) =>
  expect(readCommand(words(text))).toMatchObject({ kind: 'bun', run: { flags, entry: 'src/a.ts' } }),
);

test.each([
  ['tsx watch --env-file=.env src/a.ts --x', 'tsx', ['--x']],
  ['ts-node -r tsconfig-paths/register src/a.ts', 'ts-node', []],
  ['npx ts-node-dev --respawn --transpile-only src/a.ts', 'ts-node-dev', []],
  ['nodemon --watch src/**/*.ts --exec ts-node src/a.ts', 'ts-node', []],
  ['node --import=tsx src/a.ts', 'tsx', []],
  ['node -r ts-node/register/transpile-only src/a.ts', 'ts-node', []],
  ['node --loader ts-node/esm src/a.ts', 'ts-node', []],
  ['node -r @swc-node/register src/a.ts', '@swc-node/register', []],
])('%s compiles on the fly', (text, name, args) =>
  expect(readCommand(words(text))).toMatchObject({
    kind: 'typescript',
    run: { runner: { name }, entry: 'src/a.ts', args },
  }),
);

test('what follows the command of nodemon in quotes is for nodemon', () => {
  const command = readCommand(['nodemon', '--delay', '1', '--exec', 'tsx --inspect src/a.ts --x', '-e', '.ts']);
  expect(command).toMatchObject({ run: { runner: { name: 'tsx' }, entry: 'src/a.ts', args: ['--x'] } });
});

test('a script that Bun only looks up', () => {
  expect(readCommand(['bun', 'run', 'start:node'])).toMatchObject({ kind: 'script', name: 'start:node' });
});
