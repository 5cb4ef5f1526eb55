import { expect, test } from 'vitest';
import { lifecycle } from './lifecycle.ts';
import { packageOf } from './projects.test.kit.ts';

function sort(scripts: Record<string, string>, files: Record<string, string> = {}, more: object = {}) {
  const { project, manifest } = packageOf({ scripts, ...more }, files);
  const { afterInstall, beforeBuild, ...rest } = lifecycle(project, manifest, manifest.scripts.get('build'));
  const names = (list: readonly { name: string; command?: string }[]) =>
    list.map(({ name, command }) => command ?? name);
  return { ...rest, afterInstall: names(afterInstall), beforeBuild: names(beforeBuild) };
}

test('without such scripts npm may do as it likes', () => {
  expect(sort({ build: 'tsc', pretest: 'x' })).toMatchObject({
    ignoreScripts: false,
    afterInstall: [],
    beforeBuild: [],
  });
});

test.each([
  [{ prepare: 'husky' }],
  [{ postinstall: 'is-ci || husky install' }],
  [{ preinstall: 'npx only-allow npm' }],
  [{ prepare: 'npm run build', build: 'tsc' }],
  [{ postinstall: 'tsc', build: 'tsc' }],
  [{ prepare: 'tsc -p other' }],
  [{ prepublish: 'npm run build --workspace=lib' }],
])('%j is left out', (scripts) => {
  expect(sort(scripts)).toMatchObject({ ignoreScripts: true, afterInstall: [], beforeBuild: [] });
});

test('what needs the sources waits for them', () => {
  expect(sort({ postinstall: 'node scripts/setup.js' }).beforeBuild).toEqual(['postinstall']);
  expect(sort({ prepare: 'ts-patch install', build: 'tsc' }).beforeBuild).toEqual(['prepare']);
});

test('what works on dependencies runs right after the installation, with its files', () => {
  const patched = sort(
    { postinstall: 'patch-package' },
    { 'patches/a+1.patch': '' },
    { devDependencies: { 'patch-package': '8' } },
  );
  expect(patched).toMatchObject({ afterInstall: ['postinstall'], files: ['patches'], notes: [] });
  const missing = sort({ postinstall: 'prisma generate' }, { 'prisma/schema.prisma': '' });
  expect(missing).toMatchObject({ files: ['prisma/schema.prisma'], notes: [{ place: { line: 3 } }] });
});

test('a script that does both is cut: the part that needs no sources comes first, all of it when they are there', () => {
  const both = sort(
    { postinstall: 'patch-package && npm run scss', scss: 'sass css:css' },
    { 'patches/a+1.patch': '' },
  );
  expect(both).toMatchObject({ afterInstall: ['npx patch-package'], beforeBuild: ['postinstall'], files: ['patches'] });
});

test('without a lockfile, a browser for tests is not downloaded either', () => {
  expect(sort({}, {}, { devDependencies: { cypress: '^15.0.0' } })).toMatchObject({ ignoreScripts: true });
  expect(sort({}, {}, { dependencies: { puppeteer: '^25.0.0' } })).toMatchObject({ ignoreScripts: true });
  expect(sort({}, {}, { devDependencies: { 'puppeteer-core': '^25.0.0' } })).toMatchObject({ ignoreScripts: false });
});
