import { expect, test } from 'vitest';
import { errorOf, packageOf } from '../projects.test.kit.ts';
import { bun } from './bun.ts';
import type { InstallRequest } from './manager.ts';

const lock = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "a", "dependencies": { "sharp": "^1.0.0" }, "devDependencies": { "tool": "^1" }, },
  },
  "packages": {
    "sharp": ["sharp@1.0.0", "", { "dependencies": { "semver": "^7" }, "optionalDependencies": { "@img/x": "1", "@img/mac": "1" } }, "sha512-a=="],
    "@img/x": ["@img/x@1.0.0", "", { "os": "linux", "cpu": "x64" }, "sha512-b=="],
    "@img/mac": ["@img/mac@1.0.0", "", { "os": "darwin", "cpu": "x64" }, "sha512-c=="],
    "semver": ["semver@6.0.0", "", {}, "sha512-d=="],
    "sharp/semver": ["semver@7.0.0", "", { "bin": { "semver": "bin/semver.js" } }, "sha512-e=="],
    "tool": ["tool@1.0.0", "", { "bin": "tool.js", "dependencies": { "semver": "^6" } }, "sha512-f=="],
  },
}
`;
const value = { dependencies: { sharp: '^1.0.0' }, devDependencies: { tool: '^1' } };
const request: InstallRequest = {
  from: 'bun',
  workdir: '/app',
  mounts: [],
  ignoreScripts: false,
  libc: 'glibc',
  npm: 11,
  startsBin: false,
  allow: [],
  after: [],
};

function read(files: Record<string, string>, json: object = value) {
  const { project, manifest } = packageOf(json, files);
  return bun.read(project, manifest);
}

test('what ships is what production leads to, each package finding its own versions', () => {
  const { packages = [], notes, version } = read({ 'bun.lock': lock });
  expect(packages.map(({ name, dev, hoisted }) => [name, dev, hoisted])).toEqual([
    ['sharp', false, true],
    ['@img/x', false, true],
    ['semver', true, true],
    ['semver', false, false],
    ['tool', true, true],
  ]);
  expect(packages.map(({ bins }) => bins)).toEqual([[], [], [], ['semver'], ['tool']]);
  expect(packages[1]?.platformBound).toBe(true);
  expect([notes, version?.slice(0, 4)]).toEqual([[], '1.3.']);
});

test('the binary lockfile is used unread; without any there is a note', () => {
  expect(read({ 'bun.lockb': '' })).toMatchObject({
    packages: undefined,
    lock: 'complete',
    notes: [{ place: { file: 'bun.lockb' } }],
  });
  expect(read({})).toMatchObject({ lock: 'none', notes: [{}] });
  expect(read({ 'bun.lock': lock, 'bun.lockb': '' }).files).toEqual(['bun.lock']);
});

test('a stale lockfile gets a note, a broken one is refused', () => {
  expect(read({ 'bun.lock': lock }, { dependencies: { sharp: '^2' } }).notes[0]?.message).toContain('sharp');
  expect(errorOf(() => read({ 'bun.lock': '{' })).code).toBe('broken-file');
});

test('commands', () => {
  expect(bun.production(read({ 'bun.lock': lock }), request).values?.commands).toBe(
    'bun install --frozen-lockfile --production --backend=copyfile',
  );
  expect(bun.everything(read({}), { ...request, ignoreScripts: true }).values?.commands).toBe(
    'bun install --no-save --ignore-scripts --backend=copyfile',
  );
});
