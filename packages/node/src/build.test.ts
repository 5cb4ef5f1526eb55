import { expect, test } from 'vitest';
import { findBuild, outputFolder } from './build.ts';
import { errorOf, packageOf, projectOf, scaffolded } from './projects.test.kit.ts';

function find(value: object, files: Record<string, string> = {}, given?: string) {
  const { project, manifest } = packageOf(value, files);
  return findBuild(project, manifest, given);
}
const scripts = (texts: Record<string, string>) => ({ scripts: texts });

test.each([
  [{ build: 'tsc' }, 'build'],
  [{ compile: 'tsc', 'build:prod': 'webpack' }, 'build:prod'],
  [{ prestart: 'tsc -p .', start: 'node dist/a.js' }, 'prestart'],
  [{ start: 'ts-node a.ts', 'prestart:prod': 'rm -rf dist && tsc', 'start:prod': 'node dist/a.js' }, 'prestart:prod'],
  [{ start: 'node a.js', 'prestart:prod': 'tsc', 'start:prod': 'node dist/a.js' }, undefined],
  [{ build: 'knex migrate:latest', 'build:prod': 'webpack' }, 'build:prod'],
  [{ build: 'docker build .' }, undefined],
  [{ build: "echo 'nothing to do'" }, undefined],
  [{ prestart: 'eslint .', start: 'node a.js' }, undefined],
  [{ scss: 'sass css:css', start: 'npm run scss && node a.js' }, 'scss'],
  [{ seed: 'node seed.js', start: 'npm run seed && node a.js' }, undefined],
  [{ start: 'node a.js' }, undefined],
])('%j → %s', (texts, name) => expect(find(scripts(texts))?.name).toBe(name));

test('a compiler in front of the start command, quoted anew', () => {
  const build = find(scripts({ start: "tsc -p 'my config.json' && node dist/a.js" }));
  expect(build).toMatchObject({ name: 'tsc', script: undefined, command: "npx tsc -p 'my config.json'" });
});

test('TypeScript without a script', () => {
  const files = { 'tsconfig.json': '{ "compilerOptions": { "outDir": "./lib/" } }' };
  const value = { main: 'lib/a.js', devDependencies: { typescript: '5' } };
  expect(find(value, files)).toMatchObject({ command: 'npx tsc', place: { file: 'tsconfig.json' } });
  expect(find({ main: 'lib/a.js' }, files)).toBeUndefined();
  expect(find({ ...value, main: 'src/a.ts' }, files)).toBeUndefined();
});

test('a script that builds the only part that is built at all', () => {
  const docker = { 'build:docker': 'docker build .', 'build:docs': 'vitepress build && vite build docs' };
  const value = scripts({ start: 'node server.js', 'build:frontend': 'vite build --config web/vite.config.ts' });
  expect(find({ scripts: { ...value.scripts, ...docker } })?.name).toBe('build:frontend');
  expect(find({ scripts: { ...value.scripts, 'build:css': 'tailwindcss -o a.css' } })).toBeUndefined();
  expect(find({ scripts: { ...value.scripts, build: 'tsc' } })?.name).toBe('build');
  expect(find({ scripts: docker })).toBeUndefined();
});

test('--build names a script, or none', () => {
  const value = scripts({ build: 'tsc', 'build:api': 'tsc -p api' });
  expect(find(value, {}, 'build:api')?.script?.text).toBe('tsc -p api');
  expect(find(value, {}, 'none')).toBeUndefined();
  expect(errorOf(() => find(value, {}, 'gone'))).toMatchObject({ code: 'bad-option', place: { line: 2 } });
});

test.each([
  ['./dist', 'dist'],
  ['build/server', 'build'],
  ['../out', undefined],
  ['.', undefined],
])('outDir %s → %s', (outDir, folder) => {
  const text = `{ // a comment\n "compilerOptions": { "outDir": "${outDir}", } }`;
  expect(outputFolder(projectOf({ 'tsconfig.json': text }))).toBe(folder);
});

test.each([
  ['npm install --prefix client && npm run build --prefix client', 'client'],
  ['cd web && npm ci && npm run build', 'web'],
  ['yarn --cwd client install && yarn --cwd client build', 'client'],
])('what %j installs for the build ships nowhere', (build, folder) => {
  const value = { scripts: { build, start: 'node server.js' }, dependencies: { express: '5' } };
  const { dockerfile } = scaffolded(value, { 'server.js': 'listen(3000)', [`${folder}/package.json`]: '{}' });
  expect(dockerfile).toContain(`rm -rf node_modules ${folder}/node_modules`);
});
