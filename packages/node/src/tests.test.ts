import { type Files, inMemory } from '@msb/core/testing';
import { describe, expect, test } from 'vitest';
import { node } from './index.ts';
import { json, packageOf, scaffolded } from './projects.test.kit.ts';
import { findTests } from './tests.ts';

const scriptOf = (scripts: Readonly<Record<string, string>>, more = {}): string | undefined =>
  findTests(packageOf({ scripts, ...more }).manifest)?.script.name;

describe('the script with the tests', () => {
  test('is a real one', () => {
    expect(scriptOf({ test: 'node --test' })).toBe('test');
    expect(scriptOf({})).toBeUndefined();
    expect(scriptOf({ test: 'echo "Error: no test specified" && exit 1' })).toBeUndefined();
    expect(scriptOf({ test: 'exit 0' })).toBeUndefined();
  });

  test('ends by itself', () => {
    expect(scriptOf({ test: 'jest --watch' })).toBeUndefined();
    expect(scriptOf({ test: 'jest --watchAll', 'test:ci': 'jest --ci' })).toBe('test:ci');
    expect(scriptOf({ test: 'react-scripts test --watchAll=false' })).toBe('test');
    expect(scriptOf({ test: 'ng test --watch=false' })).toBe('test');
  });

  test('needs nothing that a build lacks, and nor do those that it runs', () => {
    expect(scriptOf({ test: 'cypress run' })).toBeUndefined();
    expect(scriptOf({ test: 'npm run test:e2e', 'test:e2e': 'playwright test' })).toBeUndefined();
    expect(scriptOf({ test: 'npm run all', all: 'vitest run' })).toBe('test');
    expect(scriptOf({ pretest: 'docker compose up -d', test: 'jest' })).toBeUndefined();
    expect(scriptOf({ test: 'ng test' }, { devDependencies: { karma: '^6' } })).toBeUndefined();
  });
});

/** A stage of a Dockerfile. */
const stage = (dockerfile: string, name: string): string =>
  dockerfile.split('\n\n').find((block) => block.includes(` AS ${name}\n`)) ?? '';

const app = { name: 'app', scripts: { start: 'node server.js', test: 'eslint . && node --test' } };
const files = { 'server.js': '', 'test/a.test.js': '', 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' };

describe('the stage test', () => {
  test('is there for a bake file only', () => {
    expect(scaffolded(app, files).dockerfile).not.toContain('AS test');
    expect(scaffolded(app, files, { bake: true, tests: false }).dockerfile).not.toContain('AS test');
    expect(scaffolded(app, files, { bake: true }).dockerfile).toContain('AS test');
    expect(scaffolded(app, files, { ci: 'github' }).dockerfile).toContain('AS test');
  });

  test('has the dependencies of development, and the tests, which ship nowhere', () => {
    const value = { ...app, devDependencies: { eslint: '^9' }, dependencies: { express: '^5' } };
    const { dockerfile, dockerignore } = scaffolded(value, files, { bake: true });
    expect(stage(dockerfile, 'deps')).toMatch(/npm (ci|install)(?!.*--omit=dev)/);
    expect(stage(dockerfile, 'test')).toContain('FROM deps AS test\nWORKDIR /app\nCOPY . .\n');
    expect(stage(dockerfile, 'test')).toContain('RUN CI=true npm run test');
    const runtime = stage(dockerfile, 'runtime');
    for (const pattern of ['test', '**/*.test.*', 'eslint.config.*']) {
      expect(runtime).toContain(`--exclude=${pattern} `);
      expect(dockerignore.split('\n')).not.toContain(pattern);
    }
    expect(dockerignore.split('\n')).toContain('biome.json*');
  });

  test('takes what was built', () => {
    const value = {
      name: 'app',
      scripts: { build: 'tsc', start: 'node dist/server.js', test: 'node --test dist' },
      devDependencies: { typescript: '^5' },
    };
    const source = { 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}', 'src/server.ts': '' };
    const { dockerfile } = scaffolded(value, source, { bake: true });
    expect(stage(dockerfile, 'test')).toContain('FROM build AS test\n');
  });

  test('builds once more where the dependencies of development were taken out', () => {
    const value = {
      name: 'app',
      scripts: { build: 'sass a.scss a.css', start: 'node server.js', test: 'vitest' },
      devDependencies: { sass: '^1', vitest: '^3' },
    };
    const { dockerfile } = scaffolded(value, { 'server.js': '', 'a.scss': '' }, { bake: true });
    expect(stage(dockerfile, 'build')).toContain('rm -rf node_modules');
    expect(stage(dockerfile, 'test')).toMatch(/FROM deps AS test[\s\S]*npm run build && \\\n {4}CI=true npm run test/);
  });

  test('has a compiler where one is needed', () => {
    const lock = {
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/better-sqlite3': { version: '12.0.0', hasInstallScript: true } },
    };
    const value = { ...app, dependencies: { 'better-sqlite3': '^12' } };
    const { dockerfile } = scaffolded(
      value,
      { ...files, 'package-lock.json': JSON.stringify(lock) },
      { bake: true, runtime: 'slim' },
    );
    expect(dockerfile).toMatch(/FROM addons AS deps\n/);
  });

  test('of a workspace has what the package needs of the others, with their types', () => {
    const workspace = (api: object): Files => ({
      'package.json': json({ name: 'shop', private: true, workspaces: ['*'] }),
      'package-lock.json': json({ lockfileVersion: 3, packages: {} }),
      'words/package.json': json({ name: 'words', version: '1.0.0', main: 'dist/a.js', scripts: { build: 'tsc -d' } }),
      'words/tsconfig.json': '{"compilerOptions":{"outDir":"dist","declaration":true}}',
      'words/a.ts': '',
      'api/package.json': json({ name: 'api', dependencies: { words: '1.0.0' }, ...api }),
      'api/server.js': '',
      'api/tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
    });
    const stageFor = (api: object): string => inMemory(node).stageOf('test', workspace(api), { bake: true }, 'api');
    const plain = { scripts: { start: 'node server.js', test: 'node --test' } };
    expect(stageFor(plain)).toContain('FROM libraries AS test\nWORKDIR /app/api\nCOPY api .\n');
    const built = { scripts: { build: 'tsc', start: 'node dist/server.js', test: 'jest' } };
    expect(stageFor(built)).toContain('FROM libraries AS test\n');
    expect(stageFor(built)).toContain('RUN npm run build && \\\n    CI=true npm run test');
  });
});
