import { parseDockerfile } from '@msb/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorOf, json, scaffolded } from './projects.test.kit.ts';

const server = "require('http').createServer().listen(3000)\nprocess.on('SIGTERM', () => {})\n";
const app = { name: 'app', scripts: { start: 'node server.js' } };
const files = { 'server.js': server };
const lock = (value: { dependencies?: object }, packages: object = {}) =>
  json({ lockfileVersion: 3, packages: { '': value, ...packages } });
const stages = (dockerfile: string) => parseDockerfile(dockerfile).stages.map(({ name }) => name);

test('nothing to install and nothing to build: one image', () => {
  const { dockerfile, notes } = scaffolded(app, files);
  expect(stages(dockerfile)).toEqual(['runtime-base', 'runtime']);
  expect(notes).toEqual([]);
});

test('a build without dependencies starts from the toolchain', () => {
  const value = { scripts: { build: 'node make.js', start: 'node dist/a.js' } };
  expect(stages(scaffolded(value, {}).dockerfile)).toEqual(['toolchain', 'runtime-base', 'build', 'runtime']);
});

test('only development dependencies: no prod-deps', () => {
  const value = { ...app, devDependencies: { eslint: '9' } };
  expect(stages(scaffolded(value, { ...files, 'package-lock.json': lock(value as object) }).dockerfile)).toEqual([
    'runtime-base',
    'runtime',
  ]);
});

test('a build among the sources ships the tree, without what is for development', () => {
  const value = { ...app, scripts: { ...app.scripts, build: 'vite build' }, devDependencies: { vite: '8' } };
  const { dockerfile } = scaffolded(value, files);
  expect(dockerfile).toContain('npm run build && \\\n    rm -rf node_modules');
  expect(dockerfile).toContain('COPY --link --from=build /app/ ./');
});

test('patches are applied in deps, and production is cut out of it', () => {
  const value = {
    ...app,
    scripts: { ...app.scripts, postinstall: 'patch-package' },
    dependencies: { express: '5' },
    devDependencies: { 'patch-package': '8' },
  };
  const { dockerfile } = scaffolded(value, { ...files, 'patches/a.patch': '', 'package-lock.json': lock(value) });
  expect(stages(dockerfile)).toEqual(['toolchain', 'runtime-base', 'deps', 'prod-deps', 'runtime']);
  expect(dockerfile).toContain('source=patches,target=patches');
  expect(dockerfile).toMatch(/npm ci --ignore-scripts .*\n {4}npm run postinstall\n/);
  expect(dockerfile).toContain('FROM deps AS prod-deps');
  expect(dockerfile).toContain('npm prune --omit=dev --no-save '); // the mounted lockfile is read-only
});

test('nothing is patched for the image when nothing of it ships', () => {
  const value = {
    ...app,
    scripts: { ...app.scripts, postinstall: 'patch-package' },
    devDependencies: { 'patch-package': '8' },
  };
  expect(stages(scaffolded(value, files).dockerfile)).toEqual(['runtime-base', 'runtime']);
});

test('an addon is installed on the platform that ships, with the C library that ships', () => {
  const value = { ...app, dependencies: { bcrypt: '6' } };
  const locked = { 'package-lock.json': lock(value, { 'node_modules/bcrypt': { hasInstallScript: true } }) };
  const { dockerfile, facts } = scaffolded(value, { ...files, ...locked }, { runtime: 'alpine' });
  expect(dockerfile).toContain('FROM node:24-alpine3.24 AS toolchain-target');
  expect(dockerfile).toContain('FROM toolchain-target AS runtime-base');
  expect(dockerfile).toContain('npm config set allow-scripts=bcrypt --location=global');
  expect(facts).toContainEqual(expect.objectContaining({ name: 'native addon', value: 'bcrypt' }));
});

test('a token stays out, and is mounted', () => {
  const value = { ...app, dependencies: { a: '1' } };
  const { dockerfile, dockerignore } = scaffolded(value, { ...files, '.npmrc': '//x/:_authToken=npm_abc' });
  expect(dockerfile).toContain('--mount=type=secret,id=npmrc,target=/root/.npmrc');
  expect(dockerfile).not.toContain('source=.npmrc');
  expect(dockerignore.split('\n')).toContain('**/.npmrc');
});

test('secrets of the start command do not stay in the image', () => {
  const { plan, notes } = scaffolded({ scripts: { start: 'JWT_SECRET=abc A=1 node server.js' } }, files);
  expect(plan.runtime.env).toEqual({ NODE_ENV: 'production', A: '1' });
  expect(notes[0]?.message).toContain('JWT_SECRET');
});

test('a guess with an odd name is read again as it was meant', () => {
  const { plan, options } = scaffolded({ scripts: { dev: "nodemon 'my app.js'" } }, { 'my app.js': '' });
  expect(options.start).toBe("node 'my app.js'");
  expect(plan.runtime.cmd).toEqual(['my app.js']);
});

test('a port that somebody chose is handed to a program that reads PORT', () => {
  const reads = { 'server.js': "app.listen(process.env.PORT || 3000)\non('SIGTERM')" };
  expect(scaffolded(app, reads).plan.runtime.env).toEqual({ NODE_ENV: 'production' });
  expect(scaffolded(app, reads, { port: 8080 }).plan.runtime.env).toMatchObject({ PORT: '8080' });
});

test('a program that reads PORT and has no default gets what its Dockerfile or .env.example names', () => {
  const reads = { 'server.js': "app.listen(process.env.PORT)\non('SIGTERM')" };
  const named = (files: object) => scaffolded(app, { ...reads, ...files }).plan.runtime.env;
  expect(named({ Dockerfile: 'FROM node\nEXPOSE 50051\n' })).toMatchObject({ PORT: '50051' });
  expect(named({ '.env.example': 'PORT=4000\n' })).toMatchObject({ PORT: '4000' });
});

test('another package manager is added to Node, on the platform that ships, too', () => {
  const value = {
    ...app,
    packageManager: 'pnpm@11.28.11',
    dependencies: { bcrypt: '6' },
    devDependencies: { tsx: '4' },
  };
  const { dockerfile, facts } = scaffolded(
    { ...value, scripts: { ...app.scripts, build: 'tsx make.ts', prepare: 'husky' } },
    { ...files, 'patches/a.patch': '' },
  );
  expect(stages(dockerfile)).toEqual(
    'toolchain toolchain-target runtime-base pnpm pnpm-target deps build prod-deps runtime'.split(' '),
  );
  expect(dockerfile).toContain('FROM pnpm AS deps');
  expect(dockerfile).toContain('FROM pnpm-target AS prod-deps');
  expect(dockerfile).toContain('pnpm rebuild bcrypt');
  expect(facts).toContainEqual(expect.objectContaining({ name: 'package manager', value: 'pnpm 11.28.11' }));
});

test('a build without dependencies still has its package manager', () => {
  const value = { packageManager: 'bun@1.4.5', scripts: { build: 'node make.js', start: 'node dist/a.js' } };
  const { dockerfile } = scaffolded(value, {});
  expect(stages(dockerfile)).toEqual(['toolchain', 'runtime-base', 'bun', 'build', 'runtime']);
  expect(dockerfile).toContain('bun run build');
});

const onBun = { scripts: { start: 'bun run server.ts' }, dependencies: { hono: '4' } };

test('Bun runs what it is asked to run, and builds it alone', () => {
  const { plan, facts, options } = scaffolded(onBun, { 'bun.lock': '{}', 'server.ts': '' });
  expect(plan.runtime).toMatchObject({
    entrypoint: ['/usr/local/bin/bun'],
    cmd: ['server.ts'],
    image: expect.stringContaining('base-debian'),
  });
  expect(plan.images.map(({ template }) => template)).toEqual(['node/bun-toolchain', 'node/bun-program']);
  expect(facts).toContainEqual(expect.objectContaining({ name: 'runs on', value: 'Bun' }));
  expect(options.start).toBe('bun server.ts');
});

test('Bun on other bases, and beside another package manager', () => {
  const slim = scaffolded(onBun, { 'bun.lock': '{}', 'server.ts': '' }, { runtime: 'slim' });
  expect(slim.plan.runtime.image).toBe('oven/bun:1-slim');
  const npm = scaffolded(onBun, { 'package-lock.json': '{}', 'server.ts': '' });
  expect(npm.dockerfile).toContain('FROM node:24-trixie-slim AS toolchain-target');
  expect(npm.dockerfile).toContain('COPY --link --from=bun-program /usr/local/bin/bun /usr/local/bin/bun');
});

test('a step that needs npm keeps Node in the build', () => {
  const value = { ...onBun, scripts: { ...onBun.scripts, postinstall: 'patch-package' } };
  expect(scaffolded(value, { 'bun.lock': '{}', 'server.ts': '' }).dockerfile).toContain('node:24-trixie-slim');
});

test.each([
  ['{', 'broken-file'],
  [json({ ...app, dependencies: { a: 'file:../a' } }), 'unsupported'],
  [json({ ...app, engines: { node: '99' } }), 'unknown-version'],
  [json({ scripts: { start: 'node gone.js' } }), 'no-entry-point'],
])('%s: %s', (text, code) => expect(errorOf(() => scaffolded(text, files)).code).toBe(code));

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a\nRUN id', '"; id; "', '$(id)', '`id`', "'; id #", 'a\\', 'x\u2028USER 0', 'ünï', '$HOME'),
);

/** The instructions of a Dockerfile, without their arguments. */
const shape = (dockerfile: string) =>
  parseDockerfile(dockerfile).stages.map((stage) => [stage.name, ...stage.instructions.map(({ keyword }) => keyword)]);

test('no text of a project changes the structure of the Dockerfile', () => {
  const plain = { name: 'a', description: 'b', license: 'c', scripts: { start: 'A=1 node server.js x', build: 'x' } };
  const expected = shape(scaffolded(plain, files, { port: 3000 }).dockerfile);
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (name, description, license, argument) => {
      const start = `A=1 node server.js '${argument.replaceAll("'", '')}'`;
      const value = {
        ...plain,
        name,
        description: `b${description}`,
        license: `c${license}`,
        scripts: { start, build: 'x' },
      };
      try {
        expect(shape(scaffolded(value, files, { port: 3000 }).dockerfile)).toEqual(expected);
      } catch (error) {
        expect(error).toMatchObject({ code: 'unsafe-value' });
      }
    }),
    { numRuns: 60 },
  );
});

test.each(['dist; id/a.js', 'my dist/a.js', 'dïst$x/a.js', '-x/a.js'])(
  'an output folder %j is refused or plain',
  (entry) => {
    const value = { scripts: { build: 'tsc', start: `node '${entry}'` } };
    expect(errorOf(() => scaffolded(value)).code).toMatch(/unsafe-value|no-entry-point/);
  },
);
