import { expect, test } from 'vitest';
import { errorOf, json, packageOf } from '../projects.test.kit.ts';
import type { InstallRequest } from './manager.ts';
import { npm } from './npm.ts';
import { readNpmLock } from './npm-lock.ts';

const root = { dependencies: { bcrypt: '^6.0.0' } };
const lock = (packages: object) => json({ lockfileVersion: 3, packages: { '': root, ...packages } });
const request: InstallRequest = {
  from: 'toolchain',
  workdir: '/app',
  mounts: [],
  ignoreScripts: false,
  libc: 'glibc',
  npm: 11,
  startsBin: false,
  allow: [],
  after: [],
};

function read(value: object, files: Record<string, string> = {}) {
  const { project, manifest } = packageOf(value, files);
  return npm.read(project, manifest);
}

test('packages of a lockfile', () => {
  const { project } = packageOf(
    {},
    {
      'package-lock.json': lock({
        'node_modules/bcrypt': { hasInstallScript: true, bin: { bc: 'x' } },
        'node_modules/@a/tool': { dev: true, bin: 'x' },
        'node_modules/@a/tool/node_modules/alias': { name: 'real', cpu: ['x64'], os: ['linux'] },
        'node_modules/fsevents': { hasInstallScript: true, os: ['darwin'] },
        'node_modules/nice-napi': { os: ['!win32'] },
        'packages/a': {},
      }),
    },
  );
  const packages = readNpmLock(project, 'package-lock.json', []).packages ?? [];
  expect(packages.map(({ name }) => name)).toEqual(['bcrypt', '@a/tool', 'real', 'nice-napi']);
  expect(packages[0]).toMatchObject({ installScript: true, hoisted: true, bins: ['bc'], place: { line: 9 } });
  expect(packages[1]).toMatchObject({ dev: true, bins: ['tool'] });
  expect(packages[2]).toMatchObject({ platformBound: true, hoisted: false });
});

test('a lockfile is used, a stale or old one noted, a broken one refused', () => {
  expect(read(root, { 'package-lock.json': lock({}) })).toMatchObject({ files: ['package-lock.json'], notes: [] });
  expect(read({ dependencies: { bcrypt: '^7' } }, { 'package-lock.json': lock({}) }).notes[0]?.message).toContain(
    'bcrypt',
  );
  expect(read(root, { 'package-lock.json': '{ "lockfileVersion": 1 }' })).toMatchObject({
    packages: undefined,
    notes: [{}],
  });
  expect(errorOf(() => read(root, { 'package-lock.json': '{' })).code).toBe('broken-file');
});

test('npm ci refuses a lockfile that lacks something, so npm install completes it', () => {
  const packages = {
    'node_modules/chokidar': { dependencies: { braces: '3' }, optionalDependencies: { fsevents: '2' } },
  };
  const files = { 'package-lock.json': lock({ ...packages, 'node_modules/braces': {} }) };
  const dependencies = read(root, files);
  expect(dependencies).toMatchObject({ lock: 'incomplete', notes: [{ place: { file: 'package-lock.json' } }] });
  expect(npm.production(dependencies, request).values?.commands).toBe(
    'npm install --no-save --omit=dev --no-audit --no-fund',
  );
  expect(dependencies.notes[0]?.message).toContain('fsevents');
});

test('a shrinkwrap wins', () => {
  const files = { 'package-lock.json': lock({}), 'npm-shrinkwrap.json': lock({}), '.npmrc': '' };
  expect(read(root, files).files).toEqual(['npm-shrinkwrap.json', '.npmrc']);
});

test('without a lockfile there is a note, unless there is nothing to lock', () => {
  expect(read(root).notes).toHaveLength(1);
  expect(read({}).notes).toEqual([]);
  expect(npm.everything(read(root), request).values?.commands).toBe(
    'npm install --no-save --no-package-lock --no-audit --no-fund',
  );
});

test('the npm that package.json names takes the place of that of Node', () => {
  const named = { ...root, packageManager: 'npm@9.9.4' };
  const dependencies = read(named, { 'package-lock.json': lock({}) });
  expect(dependencies).toMatchObject({ manager: 'npm 9.9.4', version: '9.9.4' });
  expect(npm.tool(dependencies, 'toolchain', 'npm')).toMatchObject({
    template: 'node/npm',
    values: { package: 'npm@9.9.4' },
  });
  expect(npm.tool(read(root), 'toolchain', 'npm')).toBeUndefined();
});

test('scripts of the root are switched off, those of addons run by name', () => {
  const locked = read(root, { 'package-lock.json': lock({}) });
  const wanted = { ...request, ignoreScripts: true, allow: ['bcrypt'], after: ['npm run postinstall'] };
  expect(npm.production(locked, wanted).values).toMatchObject({
    allow: 'bcrypt',
    commands: [
      'npm ci --omit=dev --ignore-scripts --no-audit --no-fund',
      'npm rebuild bcrypt',
      'npm run postinstall',
    ].join(' && \\\n    '),
  });
});

test('npm 10 does not know the key allow-scripts', () => {
  const locked = read(root, { 'package-lock.json': lock({}) });
  expect(npm.production(locked, { ...request, npm: 10, allow: ['bcrypt'] }).values).toMatchObject({ allow: '' });
});

test('a script of any name is one word', () => {
  expect(npm.run('build:prod')).toBe('npm run build:prod');
  expect(npm.run("x'; id #")).toBe(`npm run 'x'\\''; id #'`);
  expect(errorOf(() => npm.run('a\nRUN id')).code).toBe('unsafe-value');
});

test('what is for development only and an optional peer of something that ships is taken out again', () => {
  const value = { dependencies: { client: '1', lib: '1' }, devDependencies: { cli: '1', react: '1' } };
  const optional = { cli: { optional: true } };
  const packages = {
    '': value,
    'node_modules/client': { peerDependencies: { cli: '*' }, peerDependenciesMeta: optional },
    'node_modules/lib': { peerDependencies: { react: '*' } },
    'node_modules/cli': { devOptional: true, hasInstallScript: true, dependencies: { deep: '1' } },
    'node_modules/deep': { devOptional: true, hasInstallScript: true },
    'node_modules/react': { devOptional: true },
  };
  const dependencies = read(value, { 'package-lock.json': json({ lockfileVersion: 3, packages }) });
  expect(dependencies.tools).toEqual(['cli']);
  expect(dependencies.packages?.map(({ name, dev }) => [name, dev])).toEqual([
    ['client', false],
    ['lib', false],
    ['cli', true],
    ['deep', true],
    ['react', false],
  ]);
  const line = 'npm uninstall --no-save --omit=dev --ignore-scripts --no-audit --no-fund cli';
  for (const stage of [npm.production(dependencies, request), npm.pruned(dependencies, request)]) {
    expect(stage.values?.commands).toContain(` && \\\n    ${line}`);
    expect(stage.values?.tools).toBe('cli');
  }
});
