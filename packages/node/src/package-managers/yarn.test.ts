import { expect, test } from 'vitest';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import type { InstallRequest, PackageManager } from './manager.ts';
import { yarnBerry } from './yarn-berry.ts';
import { yarnClassic } from './yarn-classic.ts';

const classic = `# yarn lockfile v1

bcrypt@^6.0.0:
  version "6.0.0"
  dependencies:
    node-gyp-build "^4.8.0"

fsevents@^2.0.0:
  version "2.0.0"
  dependencies:
    bindings "^1.0.0"

"@a/b@>= 1 < 2", "@a/b@^1.0.0":
  version "1.0.1"

node-gyp-build@^4.8.0:
  version "4.8.0"
`;
const berry = `__metadata:
  version: 8
  cacheKey: 10c0

"@a/b@npm:^1.0.0":
  version: 1.0.1
  resolution: "@a/b@npm:1.0.1"
  bin:
    tool: ./tool.js
  languageName: node
  linkType: hard

"@img/sharp-linux-x64@npm:0.1.0":
  version: 0.1.0
  conditions: os=linux & cpu=x64 & libc=glibc

"@img/sharp-darwin-x64@npm:0.1.0":
  version: 0.1.0
  conditions: os=darwin & cpu=x64

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."

"bcrypt@npm:^6.0.0":
  version: 6.0.0
  dependencies:
    "@img/sharp-linux-x64": "npm:0.1.0"
`;
const value = { dependencies: { bcrypt: '^6.0.0' }, devDependencies: { '@a/b': '^1.0.0' } };
const named = { ...value, packageManager: 'yarn@4.13.0' };
const request: InstallRequest = {
  from: 'yarn',
  workdir: '/app',
  mounts: ['type=bind,source=package.json,target=package.json'],
  ignoreScripts: false,
  libc: 'glibc',
  npm: 11,
  startsBin: false,
  allow: [],
  after: [],
};
const hooked = { ...request, ignoreScripts: true, allow: ['bcrypt'] };

function read(manager: PackageManager, files: Record<string, string>, json: object = value) {
  const { project, manifest } = packageOf(json, files);
  return manager.read(project, manifest);
}

test('Yarn 1: what ships, and what is for another system', () => {
  const { packages = [], notes, version } = read(yarnClassic, { 'yarn.lock': classic });
  expect(packages.map(({ name, dev, installScript }) => [name, dev, installScript])).toEqual([
    ['bcrypt', false, true],
    ['@a/b', true, false],
    ['node-gyp-build', false, false],
  ]);
  expect(packages[0]).toMatchObject({ hoisted: true, place: { line: 3 } });
  expect([notes, version]).toEqual([[], '1.22.22']);
});

test('Yarn 4: the same, with bins and conditions', () => {
  const files = { 'yarn.lock': berry, '.yarnrc.yml': 'nodeLinker: node-modules\n' };
  const { packages = [], notes, version } = read(yarnBerry, files, named);
  expect(packages.map(({ name, dev }) => [name, dev])).toEqual([
    ['@a/b', true],
    ['@img/sharp-linux-x64', false],
    ['bcrypt', false],
  ]);
  expect(packages[0]?.bins).toEqual(['tool']);
  expect(packages[1]?.platformBound).toBe(true);
  expect([notes, version]).toEqual([[], '4.13.0']);
  expect(read(yarnBerry, files)).toMatchObject({ version: '4.13.0', notes: [{ place: { file: 'yarn.lock' } }] });
});

test.each([yarnClassic, yarnBerry])('a lockfile that lacks something, or none', (manager) => {
  expect(read(manager, {}).notes[0]?.message).toContain('There is no yarn.lock');
  const text = manager === yarnClassic ? classic : berry;
  const files = { 'yarn.lock': text, '.yarnrc.yml': 'nodeLinker: node-modules' };
  const stale = {
    packageManager: manager === yarnClassic ? 'yarn@1.22.22' : 'yarn@4.13.0',
    dependencies: { koa: '3' },
  };
  expect(read(manager, files, stale).notes[0]?.message).toContain('koa');
  expect(read(manager, files, { ...stale, resolutions: {} }).notes).toEqual([]);
});

test('commands of Yarn 1', () => {
  const dependencies = read(yarnClassic, { 'yarn.lock': classic });
  expect(yarnClassic.production(dependencies, request).values?.commands).toBe(
    'yarn install --frozen-lockfile --production --non-interactive',
  );
  expect(yarnClassic.everything(dependencies, hooked).values?.commands).toBe(
    [
      'yarn install --frozen-lockfile --ignore-scripts --non-interactive',
      'npm config set allow-scripts=bcrypt --location=global',
      'npm rebuild bcrypt',
    ].join(' && \\\n    '),
  );
  expect(yarnClassic.everything(dependencies, { ...hooked, npm: 10 }).values?.commands).not.toContain('allow-scripts');
  expect(yarnClassic.production(read(yarnClassic, {}), request).values?.commands).toContain('--no-lockfile');
});

test('commands of Yarn 4: no script of the root runs, so package.json loses them for the step', () => {
  const dependencies = read(yarnBerry, { 'yarn.lock': berry });
  expect(yarnBerry.everything(dependencies, hooked).values?.commands).toContain('--immutable --mode=skip-build');
  expect(yarnBerry.production(dependencies, request).values?.commands).toBe('yarn workspaces focus --all --production');
  expect(yarnBerry.production(dependencies, hooked).values).toMatchObject({
    mounts: ['type=bind,source=package.json,target=package.json,rw'],
    commands: expect.stringMatching(/^npm pkg delete scripts && /),
  });
});

test('Yarn 4 installs the root of a workspace without the members that it does not need', () => {
  const dependencies = read(yarnBerry, { 'yarn.lock': berry });
  const commands = (names: readonly string[]) =>
    yarnBerry.everything(dependencies, { ...request, ofRoot: names }).values?.commands;
  expect(commands(['@acme/log', 'shop'])).toBe('yarn workspaces focus @acme/log shop');
  expect(commands([''])).toBe('yarn workspaces focus root-workspace-0b6124');
});

test("Plug'n'Play gets a note, and its files stay out", () => {
  const { notes, ignore } = read(yarnBerry, { 'yarn.lock': berry, '.yarnrc.yml': 'a: b\nnodeLinker: pnp\n' }, named);
  expect(notes).toMatchObject([{ place: { file: '.yarnrc.yml', line: 2 } }]);
  expect(ignore).toContain('.pnp.*');
});

test('a committed release names the version', () => {
  const settings = 'nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.5.1.cjs\n';
  const files = { 'yarn.lock': berry, '.yarnrc.yml': settings, '.yarn/plugins/a.cjs': '', '.yarn/patches/a.patch': '' };
  expect(read(yarnBerry, files)).toMatchObject({
    version: '4.5.1',
    files: ['yarn.lock', '.yarnrc.yml', '.yarn/plugins', '.yarn/patches'],
  });
});

test('Yarn 3 needs its plugin for a package of a workspace, and is pruned without it', () => {
  const files = { 'yarn.lock': berry.replace('version: 8', 'version: 6'), '.yarnrc.yml': '' };
  const plugin = { '.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs': '' };
  const workspace = { workspaces: ['packages/*'] };
  expect(errorOf(() => read(yarnBerry, files, workspace)).code).toBe('unsupported');
  expect(read(yarnBerry, { ...files, ...plugin }, workspace).version).toMatch(/^3\./);
  const production = (more: Record<string, string>) =>
    yarnBerry.production(read(yarnBerry, { ...files, ...more }), { ...request, after: ['x'] }).values?.commands;
  expect(production({})).toMatch(/^yarn install --immutable && \\\n {4}npm prune --omit=dev .* && \\\n {4}x$/);
  expect(production(plugin)).toContain('workspaces focus');
});

test('a token is refused, a variable handed in as a secret', () => {
  const settings = (value: string) => ({ 'yarn.lock': berry, '.yarnrc.yml': `npmAuthToken: ${value}\n` });
  expect(errorOf(() => read(yarnBerry, settings('npm_abc')))).toMatchObject({
    code: 'secret-in-build',
    place: { line: 1 },
  });
  const variable = ['"$', '{NPM_TOKEN:-}"'].join('');
  expect(read(yarnBerry, settings(variable)).secrets).toEqual(['NPM_TOKEN']);
});
