import { inspect, MemoryTree } from '@msb/core';
import { expect, test } from 'vitest';
import { node } from '../index.ts';
import { errorOf, json, scaffolded } from '../projects.test.kit.ts';

const value = { scripts: { start: 'nx serve' }, dependencies: { express: '5' }, devDependencies: { nx: '23' } };
const build = { executor: '@nx/esbuild:esbuild', options: { outputPath: 'dist/apps/api' } };
const files = {
  'nx.json': '{}',
  'apps/api/project.json': json({ name: 'api', projectType: 'application', targets: { build } }),
  'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(3333);\n",
  'libs/a/project.json': json({ name: 'a', projectType: 'library', targets: { build } }),
};

test('one package.json for all applications: what would be built and started is told', () => {
  const error = errorOf(() => scaffolded(value, files));
  expect(error).toMatchObject({ code: 'no-entry-point', place: { file: 'apps/api/project.json' } });
  expect(error.message).toContain('(apps/api)');
  expect(error.hint).toContain('"build:api": "nx build api"');
  expect(error.hint).toContain('--start "node dist/apps/api/main.js"');
});

test('applications that take their dependencies from the root are not the root itself', () => {
  const root = { ...value, workspaces: ['apps/*'], dependencies: { '@angular/core': '22' }, name: 'shop' };
  const members = {
    'apps/api/package.json': json({ name: '@shop/api' }),
    'apps/web/package.json': json({ name: '@shop/web' }),
  };
  expect(errorOf(() => scaffolded(root, { ...files, ...members }))).toMatchObject({
    code: 'no-entry-point',
    hint: 'Name the package with --project. Its packages are shop, @shop/api, @shop/web.',
  });
  const tree = new MemoryTree({ 'package.json': json(root), ...files, ...members });
  const error = errorOf(() => inspect({ tree, member: '@shop/api', ecosystems: [node] }));
  expect(error.message).toContain('(apps/api)');
});

test('what is told works', () => {
  const scripts = { ...value.scripts, 'build:api': 'nx build api' };
  const options = { build: 'build:api', start: 'node dist/apps/api/main.js' };
  const { plan, dockerfile } = scaffolded({ ...value, scripts }, files, options);
  expect(plan.runtime).toMatchObject({ family: 'distroless', cmd: ['dist/apps/api/main.js'] });
  expect(dockerfile).toContain('npm run build:api');
  expect(dockerfile).toContain('COPY --link --from=build /app/dist ./dist');
});
