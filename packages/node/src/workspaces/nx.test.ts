import { expect, test } from 'vitest';
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

test('what is told works', () => {
  const scripts = { ...value.scripts, 'build:api': 'nx build api' };
  const options = { build: 'build:api', start: 'node dist/apps/api/main.js' };
  const { plan, dockerfile } = scaffolded({ ...value, scripts }, files, options);
  expect(plan.runtime).toMatchObject({ family: 'distroless', cmd: ['dist/apps/api/main.js'] });
  expect(dockerfile).toContain('npm run build:api');
  expect(dockerfile).toContain('COPY --link --from=build /app/dist ./dist');
});
