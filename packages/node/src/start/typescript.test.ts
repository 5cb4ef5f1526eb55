import { expect, test } from 'vitest';
import { errorOf, json, scaffolded } from '../projects.test.kit.ts';

const commonjs = { module: 'commonjs', rootDir: 'src', outDir: 'dist' };
const config = (compilerOptions: object, more: object = {}) => json({ compilerOptions, ...more });
const tsx = { devDependencies: { tsx: '^4.0.0', typescript: '^5.9.0' } };

/** How a program that tsx starts ships: its start command, and what is run to build it. */
function ships(value: object, files: Record<string, string>) {
  const found = scaffolded({ scripts: { start: 'tsx src/server.ts' }, ...tsx, ...value }, files);
  const { entrypoint, cmd = [] } = found.plan.runtime;
  return { command: [...entrypoint.slice(1), ...cmd].join(' '), dockerfile: found.dockerfile };
}

const server = { 'src/server.ts': "import { listen } from './listen';\nlisten();\n", 'src/listen.ts': '' };

test('its own compiler builds it where it can', () => {
  const { command, dockerfile } = ships({}, { ...server, 'tsconfig.json': config({ module: 'commonjs' }) });
  expect(command).toBe('dist/server.js');
  expect(dockerfile).toContain('npx tsc --rootDir src --outDir dist');
});

test.each([
  ['rootDir', '^5.9.0', commonjs, {}, 'dist/server.js'],
  [
    'the folder that is included',
    '^5.9.0',
    { module: 'commonjs', outDir: 'out' },
    { include: ['src/**/*'] },
    'out/server.js',
  ],
  ['the project since TypeScript 6', '^6.0.0', { module: 'commonjs', outDir: './out' }, {}, 'out/src/server.js'],
])('a script builds it, and the root is %s', (_, typescript, options, more, expected) => {
  const value = { scripts: { start: 'tsx src/server.ts', build: 'tsc' }, devDependencies: { tsx: '4', typescript } };
  expect(ships(value, { ...server, 'tsconfig.json': config(options, more) }).command).toBe(expected);
});

test('a configuration that the build names, and one that another extends', () => {
  const scripts = { start: 'tsx src/server.ts', build: 'tsc -p tsconfig.build.json' };
  const files = {
    ...server,
    'tsconfig.json': config({ ...commonjs, noEmit: true }),
    'tsconfig.build.json': json({ extends: './tsconfig.json', compilerOptions: { noEmit: false, outDir: 'lib' } }),
  };
  expect(ships({ scripts }, files).command).toBe('lib/server.js');
});

test('a runner that ships runs the sources, when no build makes files of them', () => {
  const value = { dependencies: { tsx: '^4.0.0' }, devDependencies: { typescript: '5' } };
  const found = ships(value, { ...server, 'tsconfig.json': config(commonjs) });
  expect(found.command).toBe('--import tsx src/server.ts');
  expect(found.dockerfile).not.toContain('AS build');
  const tsNode = { scripts: { start: 'ts-node src/server.ts' }, dependencies: { 'ts-node': '10', typescript: '5' } };
  expect(ships(tsNode, server).command).toBe('-r ts-node/register src/server.ts');
  expect(ships({ ...tsNode, type: 'module' }, server).command).toBe('--loader ts-node/esm src/server.ts');
});

const erasable = {
  'src/server.ts': "import { listen } from './listen.ts';\nimport { Hono } from 'hono';\nlisten(new Hono());\n",
  'src/listen.ts': 'export const listen = (app: unknown): void => {};\n',
  'tsconfig.json': config({ noEmit: true, allowImportingTsExtensions: true }),
};

test('Node takes the types away itself', () => {
  const { command, dockerfile } = ships({ type: 'module' }, erasable);
  expect(command).toBe('src/server.ts');
  expect(dockerfile).not.toContain('AS build');
});

test('Node 20 does not, and nobody says that it could', () => {
  const error = errorOf(() => ships({ type: 'module', engines: { node: '20' } }, erasable));
  expect(error).toMatchObject({ code: 'unsupported', hint: expect.stringContaining('Add a script build') });
});

test.each([
  ['an enum', 'export enum A { B }'],
  ['a namespace', 'namespace A {\n}'],
  ['a parameter property', 'class A {\n  constructor(private readonly a: string) {}\n}'],
  ['a parameter property', 'class A {\n  constructor(\n    private readonly a: string,\n  ) {}\n}'],
  ['a decorator', '@Injectable()\nclass A {}'],
  ['an import without its ending .ts', "import { a } from './a';"],
  ['an import of Request, which may be a type', "import { Request } from 'express';\nconst a = (b: Request) => b;"],
  ['an import through paths (@/)', "import { a } from '@/a.ts';"],
])('%s stops it, and the message says where', (what, text) => {
  const files = { ...erasable, 'src/a.ts': `\n${text}\n` };
  files['tsconfig.json'] = config({ noEmit: true, paths: { '@/*': ['./src/*'] } });
  const error = errorOf(() => ships({ type: 'module' }, files));
  expect(error).toMatchObject({ code: 'unsupported', place: { file: 'package.json', line: 3 } });
  expect(error.message).toContain(`${what} (src/a.ts:`);
  expect(error.hint).toContain('tsx to dependencies');
});

test('types alone are no obstacle', () => {
  const text =
    "import type { Request } from 'express';\nimport { type A, serve } from './b.ts';\nclass C { private d: A; }\n";
  expect(ships({ type: 'module' }, { ...erasable, 'src/a.ts': text }).command).toBe('src/server.ts');
});

test('what an ES module can not resolve is not compiled', () => {
  const files = {
    ...server,
    'tsconfig.json': config({ module: 'esnext', moduleResolution: 'bundler', outDir: 'dist' }),
  };
  const value = { type: 'module', scripts: { start: 'tsx src/server.ts', build: 'tsc' } };
  expect(errorOf(() => ships(value, files)).message).toContain('src/server.ts:1');
  expect(ships({ ...value, dependencies: { tsx: '4' } }, files).command).toBe('--import tsx src/server.ts');
});

test('a script for developers names the program where no other does', () => {
  const scripts = { dev: 'tsx watch src/server.ts', build: 'tsc' };
  expect(ships({ scripts }, { ...server, 'tsconfig.json': config(commonjs) }).command).toBe('dist/server.js');
});

test('main names a source, and what compiles it says where it lands', () => {
  const value = { main: 'src/server.ts', scripts: { start: 'nodemon', build: 'tsc' }, dependencies: { express: '4' } };
  const built = { ...server, 'tsconfig.json': config(commonjs) };
  expect(ships(value, built).command).toBe('dist/server.js');
  const tsNode = { devDependencies: { 'ts-node': '10', typescript: '5' } };
  const aliased = { 'src/server.ts': "import { listen } from '@/listen';\nlisten();\n", 'src/listen.ts': '' };
  const paths = { 'tsconfig.json': config({ ...commonjs, baseUrl: '.', paths: { '@/*': ['./src/*'] } }) };
  expect(errorOf(() => ships({ ...value, ...tsNode }, { ...aliased, ...paths })).message).toBe(
    "src/server.ts is compiled to dist/server.js, which node can't run because of an import through paths (@/) (src/server.ts:1)",
  );
  const none = { ...value, devDependencies: { typescript: '5' } };
  expect(errorOf(() => ships(none, { ...aliased, ...paths })).code).toBe('no-entry-point');
});
