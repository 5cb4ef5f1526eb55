import { expect, test } from 'vitest';
import { packageOf } from '../projects.test.kit.ts';
import type { InstallRequest } from './manager.ts';
import { pnpm } from './pnpm.ts';

const lock = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      bcrypt:
        specifier: ^6.0.0
        version: 6.0.0
      sharp:
        specifier: ^1.0.0
        version: img@1.0.0(react@19.0.0)
    devDependencies:
      typescript:
        specifier: ~5.9.0
        version: 5.9.3

packages:

  bcrypt@6.0.0:
    resolution: {integrity: sha512-a==}

  img@1.0.0:
    resolution: {integrity: sha512-b==}

  '@img/linux-x64@1.0.0':
    cpu: [x64]
    os: [linux]
    libc: [glibc]

  '@img/darwin-x64@1.0.0':
    cpu: [x64]
    os: [darwin]

  node-gyp-build@4.0.0:
    hasBin: true

  typescript@5.9.3:
    hasBin: true

snapshots:

  bcrypt@6.0.0:
    dependencies:
      node-gyp-build: 4.0.0

  img@1.0.0(react@19.0.0):
    optionalDependencies:
      '@img/linux-x64': 1.0.0
      '@img/darwin-x64': 1.0.0

  '@img/linux-x64@1.0.0':
    optional: true

  '@img/darwin-x64@1.0.0':
    optional: true

  node-gyp-build@4.0.0: {}

  typescript@5.9.3: {}
`;
const value = { dependencies: { bcrypt: '^6.0.0', sharp: '^1.0.0' }, devDependencies: { typescript: '~5.9.0' } };
const request: InstallRequest = {
  from: 'pnpm',
  workdir: '/app',
  mounts: [],
  ignoreScripts: false,
  libc: 'glibc',
  npm: 11,
  startsBin: false,
  allow: [],
  after: [],
};

function read(json: object, files: Record<string, string> = {}) {
  const { project, manifest } = packageOf(json, files);
  return pnpm.read(project, manifest);
}
const commands = (json: object, files: Record<string, string>, more: Partial<InstallRequest> = {}) =>
  pnpm.production(read(json, files), { ...request, ...more }).values?.commands;

test('what ships, what is for development, what is for another system', () => {
  const { packages = [], version } = read(value, { 'pnpm-lock.yaml': lock });
  expect(packages.map(({ name, dev }) => [name, dev])).toEqual([
    ['bcrypt', false],
    ['img', false],
    ['@img/linux-x64', false],
    ['node-gyp-build', false],
    ['typescript', true],
  ]);
  expect(packages[0]).toMatchObject({ installScript: true, hoisted: true, place: { line: 20 } });
  expect(packages[2]).toMatchObject({ platformBound: true, hoisted: false });
  expect(version).toMatch(/^10\./); // it reads the settings of package.json and .npmrc, which 11 does not
});

test('an addon that nobody approved gets a note', () => {
  const files = { 'pnpm-lock.yaml': lock };
  expect(read(value, files).notes[0]).toMatchObject({ place: { file: 'pnpm-lock.yaml', line: 20 } });
  const settings = 'allowBuilds:\n  bcrypt: true\n';
  expect(read(value, { ...files, 'pnpm-workspace.yaml': settings }).notes).toEqual([]);
  expect(read({ ...value, pnpm: { onlyBuiltDependencies: ['bcrypt'] } }, files).notes).toEqual([]);
});

test('a stale lockfile gets a note, unless something overrides it', () => {
  const changed = { dependencies: { hono: '^4' }, pnpm: { onlyBuiltDependencies: ['bcrypt'] } };
  expect(read(changed, { 'pnpm-lock.yaml': lock }).notes[0]?.message).toContain('hono');
  expect(read(changed, { 'pnpm-lock.yaml': `${lock}\noverrides:\n  a: '1'\n` }).notes).toEqual([]);
});

test('what an older pnpm wrote says nothing about packages', () => {
  const old = read(value, { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" });
  expect(old).toMatchObject({ packages: undefined, manager: expect.stringMatching(/^pnpm 8\./) });
});

test('all files that it reads', () => {
  const files = { 'pnpm-lock.yaml': lock, '.npmrc': '', '.pnpmfile.cjs': '', 'patches/a.patch': '' };
  expect(read(value, files).files).toEqual(['pnpm-lock.yaml', '.npmrc', '.pnpmfile.cjs', 'patches']);
});

test('commands', () => {
  const files = { 'pnpm-lock.yaml': lock };
  expect(commands(value, files)).toMatch(/^pnpm install --frozen-lockfile --prod --store-dir=/);
  expect(commands(value, {})).toContain('--no-frozen-lockfile');
  expect(commands(value, files, { ignoreScripts: true, allow: ['bcrypt'], after: ['x'] })).toMatch(
    /--ignore-scripts .*\n {4}pnpm rebuild bcrypt --store-dir=\/var\/cache\/pnpm && \\\n {4}x$/,
  );
  expect(pnpm.pruned(read(value, files), { ...request, allow: ['bcrypt'] }).values?.commands).toMatch(
    /^pnpm install --frozen-lockfile --prod --ignore-scripts --config\.modules-cache-max-age=0 \S+ \S+$/,
  );
  expect(pnpm.run('build:prod')).toBe('pnpm run build:prod');
});

test('what is compiled for one C library is not for the other', () => {
  const cache = (libc: InstallRequest['libc']) =>
    pnpm.production(read(value, { 'pnpm-lock.yaml': lock }), { ...request, libc }).values?.cache;
  expect(cache('musl')).not.toBe(cache('glibc'));
});

test('a program that node is to start is linked', () => {
  const files = { 'pnpm-lock.yaml': lock };
  expect(commands(value, files, { startsBin: true })).toContain('--config.prefer-symlinked-executables=true');
  expect(commands(value, files)).not.toContain('prefer-symlinked');
  const cli = `${lock.replace('  typescript@5.9.3:', '  typescript@5.9.3:\n    hasBin: true')}`;
  const bins = read(value, { 'pnpm-lock.yaml': cli }).packages?.map(({ name, bins }) => [name, bins]);
  expect(bins).toContainEqual(['typescript', ['typescript', 'typescript']]);
});

test('settings are part of the installation', () => {
  expect(read(value, { 'pnpm-workspace.yaml': 'packages:\n  - .\n' }).files).toEqual(['pnpm-workspace.yaml']);
});
