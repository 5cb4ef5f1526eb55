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

const serve = { executor: '@nx/js:node', options: { buildTarget: 'api:build' } };
const program = (name: string, options: object = {}, more: object = { projectType: 'application' }) =>
  json({
    name,
    ...more,
    targets: {
      build: {
        executor: '@nx/esbuild:esbuild',
        options: { outputPath: `dist/apps/${name}`, main: `apps/${name}/src/main.ts`, format: ['cjs'], ...options },
      },
      serve,
    },
  });
const outJs = { esbuildOptions: { outExtension: { '.js': '.js' } } };
const site = json({ name: 'web', projectType: 'application', targets: { build: { executor: '@nx/vite:build' } } });

test('the only program of an Nx workspace is built and started, whatever else the root has dependencies for', () => {
  const more = {
    'apps/api/project.json': program('api', outJs),
    'apps/web/project.json': site,
    'apps/web/src/main.ts': 'listen(4200);',
    'apps/api-e2e/src/setup.ts': "process.env.HOST ?? 'localhost'",
  };
  const root = { ...value, dependencies: { express: '5', next: '16' } };
  const { plan, dockerfile, facts, notes } = scaffolded(root, { ...files, ...more });
  expect(plan.runtime).toMatchObject({ family: 'distroless', cmd: ['dist/apps/api/main.js'], port: 3333 });
  expect(dockerfile).toContain('NX_DAEMON=false NX_NO_CLOUD=true npx nx build api');
  expect(dockerfile).toContain('COPY --link --from=build /app/dist ./dist');
  const message = 'The image is for api, the only program that Nx runs with node, and not for apps/web';
  expect(notes).toContainEqual(expect.objectContaining({ message }));
  expect(facts).toContainEqual({ name: 'build', value: 'nx build api', place: { file: 'apps/api/project.json' } });
});

test('of several programs one has to be named, by what its build makes', () => {
  const more = { 'apps/api/project.json': program('api', outJs), 'apps/jobs/project.json': program('jobs') };
  const error = errorOf(() => scaffolded(value, { ...files, ...more }));
  expect(error.hint).toBe('Name one: --start "node dist/apps/api/main.js", or --start "node dist/apps/jobs/main.cjs".');
  const { dockerfile } = scaffolded(value, { ...files, ...more }, { start: 'node dist/apps/jobs/main.cjs' });
  expect(dockerfile).toContain('npx nx build jobs');
});

test('a program in the root itself, which a script starts behind a pipe', () => {
  const scripts = { start: 'nx serve | pino-pretty', build: 'nx build' };
  const { plan } = scaffolded(
    { ...value, scripts },
    { 'nx.json': '{}', 'project.json': program('api', { outputPath: 'dist/api', ...outJs }), 'src/main.ts': '' },
  );
  expect(plan.runtime.cmd).toEqual(['dist/api/main.js']);
});

test('a script that starts the program wins', () => {
  const scripts = { start: 'node dist/apps/api/other.js', build: 'nx build api' };
  const { dockerfile } = scaffolded(
    { ...value, scripts },
    { ...files, 'apps/api/project.json': program('api', outJs) },
  );
  expect(dockerfile).toContain('npm run build');
  expect(dockerfile).toContain('CMD ["dist/apps/api/other.js"]');
});

test.each([
  ['next', 'Next.js'],
  ['astro', 'Astro'],
])('%s in the root, for an application in a folder, makes no site of the root', (name, title) => {
  const root = { ...value, scripts: {}, dependencies: { [name]: '5' } };
  const error = errorOf(() => scaffolded(root, { 'nx.json': '{}', 'apps/web/project.json': site }));
  expect(error).toMatchObject({ code: 'no-entry-point' });
  expect(error.message).toContain('(apps/web)');
  expect(error.message).not.toContain(title);
});

test('a name of a task that a shell would take apart is refused', () => {
  const hostile = program('api; rm -rf /', outJs);
  expect(errorOf(() => scaffolded(value, { ...files, 'apps/api/project.json': hostile })).code).toBe('unsupported');
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
