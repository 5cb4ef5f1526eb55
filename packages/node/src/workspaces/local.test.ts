import { inspect, MemoryTree, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { node } from '../index.ts';
import { errorOf, json } from '../projects.test.kit.ts';

type Files = Readonly<Record<string, string>>;

function proposed(app: object, files: Files, folder = 'app') {
  const own = { 'package.json': json({ name: 'app', scripts: { start: 'node s.js' }, ...app }), 's.js': '' };
  const inFolder = Object.fromEntries(
    Object.entries(own).map(([path, text]) => [folder ? `${folder}/${path}` : path, text]),
  );
  const tree = new MemoryTree({ ...inFolder, ...files });
  const { files: made, inspection } = propose(settle(inspect({ tree, folder, ecosystems: [node], options: {} })));
  const text = (end: string) => made.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { dockerfile: text('Dockerfile'), ignore: text('.dockerignore'), context: inspection.project.context };
}

const lib = { 'lib/package.json': json({ name: 'lib', main: 'i.js' }), 'lib/i.js': '' };

test('a package beside the project is linked by npm: the context grows, its manifest is mounted, it ships', () => {
  const { dockerfile, context } = proposed({ dependencies: { lib: 'file:../lib' } }, lib);
  expect(context).toBe('');
  expect(dockerfile).toContain('source=lib/package.json,target=/app/lib/package.json');
  expect(dockerfile).toContain('WORKDIR /app/app\nRUN');
  expect(dockerfile).toContain('COPY --link lib /app/lib\nCOPY --link app ./');
});

test.each([
  ['pnpm', { packageManager: 'pnpm@10.20.0' }],
  ['yarn', { packageManager: 'yarn@1.22.22' }],
  ['bun', { packageManager: 'bun@1.3.0' }],
])('%s copies what file: names, so that the folder is mounted and ships with node_modules', (_, more) => {
  const { dockerfile } = proposed({ ...more, dependencies: { lib: 'file:../lib' } }, lib);
  expect(dockerfile).toContain('source=lib,target=/app/lib ');
  expect(dockerfile).not.toContain('COPY --link lib ');
});

test('a linked package gets its own dependencies, which no manager installs outside of the project', () => {
  const own = { 'lib/package.json': json({ name: 'lib', dependencies: { ms: '2' } }), 'lib/package-lock.json': '{}' };
  for (const spec of [
    { dependencies: { lib: 'file:../lib' } },
    { packageManager: 'pnpm@10.20.0', dependencies: { lib: 'link:../lib' } },
  ]) {
    const { dockerfile } = proposed(spec, own);
    expect(dockerfile).toContain('(cd ../lib && npm ci --omit=dev --ignore-scripts');
    expect(dockerfile).toContain('source=lib/package-lock.json,');
  }
});

test('a package that is built is built first, and what it depends on before it', () => {
  const { dockerfile } = proposed(
    {
      scripts: { build: 'tsc', start: 'node dist/s.js' },
      dependencies: { lib: 'file:../lib' },
      devDependencies: { typescript: '5' },
    },
    {
      'lib/package.json': json({
        main: 'dist/i.js',
        scripts: { build: 'tsc' },
        dependencies: { base: 'file:../base' },
      }),
      'base/package.json': json({ main: 'i.js' }),
    },
  );
  expect(dockerfile).toMatch(/COPY base \.\/base\nCOPY lib \.\/lib\nRUN \(cd lib && npm run build\)/);
  expect(dockerfile).toContain('COPY --link --from=build /app/lib/dist /app/lib/dist');
});

test('a package in a folder of the project is linked, too, and the context stays', () => {
  const files = { 'libs/x/package.json': json({ name: 'x' }) };
  const { dockerfile, context } = proposed({ dependencies: { x: 'file:./libs/x' } }, files, '');
  expect(context).toBe('');
  expect(dockerfile).toContain('source=libs/x/package.json,target=libs/x/package.json');
});

test.each(['npm', 'pnpm@10.20.0', 'yarn@1.22.22'])('a committed archive is mounted where %s unpacks it', (manager) => {
  const more = manager === 'npm' ? {} : { packageManager: manager };
  const spec = { ...more, dependencies: { xlsx: 'file:vendor/xlsx.tgz' } };
  const { dockerfile } = proposed(spec, { 'vendor/xlsx.tgz': '' }, '');
  expect(dockerfile).toContain('source=vendor/xlsx.tgz,target=vendor/xlsx.tgz');
});

test('a member of a workspace takes a folder that is no member', () => {
  const files = {
    'package.json': json({ name: 'all', workspaces: ['apps/*'] }),
    'tools/x/package.json': json({ name: 'x' }),
  };
  const { dockerfile } = proposed({ dependencies: { x: 'file:../../tools/x' } }, files, 'apps/app');
  expect(dockerfile).toContain('source=tools/x/package.json,');
  expect(dockerfile).toContain('COPY --link tools/x /app/tools/x');
});

test.each([
  ['file:../../other', 'unsupported', 'outside of the repository'],
  ['/opt/lib', 'unsupported', 'outside of the repository'],
  ['file:../gone', 'broken-file', 'no package'],
  ['workspace:*', 'unsupported', 'as a package of the workspace'],
])('%s is refused with its line', (spec, code, message) => {
  const error = errorOf(() => proposed({ dependencies: { other: spec } }, lib));
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(error.place?.line).toBeGreaterThan(1);
});
