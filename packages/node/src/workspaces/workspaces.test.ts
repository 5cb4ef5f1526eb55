import { inspect, MemoryTree, Project, propose, settle } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { node } from '../index.ts';
import { errorOf, json } from '../projects.test.kit.ts';
import { packageFolders } from './folders.ts';
import { homeOf } from './home.ts';
import { contextOf, workspaceOf } from './hooks.ts';

type Files = Readonly<Record<string, string>>;

const server = "require('http').createServer().listen(3000)\nprocess.on('SIGTERM', () => {})\n";
const pkg = (name: string, value: object = {}): string => json({ name, version: '1.0.0', ...value });

/** An API and a page that share a library, which needs another; `change` replaces files. */
const shop = (change: Files = {}): Files => ({
  'package.json': json({ name: 'shop', private: true, workspaces: ['apps/*', 'libs/*'] }),
  'package-lock.json': json({ lockfileVersion: 3, packages: { '': {} } }),
  'apps/api/package.json': pkg('api', {
    scripts: { start: 'node server.js' },
    dependencies: { log: '1.0.0' },
    devDependencies: { settings: '*' },
  }),
  'apps/api/server.js': server,
  'apps/web/package.json': pkg('web', {
    scripts: { start: 'node server.js' },
    dependencies: { log: '1.0.0', ms: '2' },
  }),
  'apps/web/server.js': server,
  'libs/log/package.json': pkg('log', {
    main: 'dist/index.js',
    scripts: { build: 'tsc' },
    dependencies: { text: '*' },
  }),
  'libs/text/package.json': pkg('text', { main: 'index.js' }),
  'libs/text/index.js': '',
  'libs/settings/package.json': pkg('settings'),
  ...change,
});

const projectIn = (files: Files, folder: string): Project => new Project(new MemoryTree(files), folder, '');

function scaffolded(files: Files, folder = 'apps/api') {
  const proposal = propose(settle(inspect({ tree: new MemoryTree(files), folder, ecosystems: [node] })));
  const [dockerfile, ignore] = proposal.files;
  const { facts, notes } = proposal.inspection.detection;
  return { dockerfile: dockerfile?.text ?? '', ignore: ignore?.text ?? '', facts, notes };
}

describe('the folders of a workspace', () => {
  const files = ['a', 'apps/api', 'apps/old', 'apps/deep/er', 'libs/x-1', 'libs/y', 'apps/node_modules/no', 'tools'];
  const project = projectIn(Object.fromEntries(files.map((folder) => [`${folder}/package.json`, '{}'])), '');

  test.each([
    [['apps/*'], ['apps/api', 'apps/old']],
    [['./apps/*/', '!apps/old'], ['apps/api']],
    [['apps/**'], ['apps/api', 'apps/deep/er', 'apps/old']],
    [
      ['libs/{x,z}-*', 'a', 'gone'],
      ['a', 'libs/x-1'],
    ],
    [['*'], ['a', 'tools']],
    [['libs/?'], ['libs/y']],
  ])('%j', (patterns, found) => expect(packageFolders(project, patterns)).toEqual(found));
});

describe('what belongs together', () => {
  const names = (packages: readonly { readonly name: string }[]) => packages.map(({ name }) => name);

  test('each package after those that it depends on; what is for development does not ship', () => {
    const { built, shipped, root, workdir } = homeOf(projectIn(shop(), 'apps/api'));
    expect([names(built), names(shipped), root.name, workdir]).toEqual([
      ['text', 'log', 'settings', 'api'],
      ['text', 'log', 'api'],
      'shop',
      '/app/apps/api',
    ]);
  });

  test.each<[string, Files]>([
    [
      'an alias',
      { 'apps/api/vite.config.ts': "alias: { ui: path.resolve(__dirname, '../../libs/settings/src/a.ts') }" },
    ],
    ['paths of a tsconfig', { 'apps/api/tsconfig.json': '{ "paths": { "ui/*": ["../../libs/settings/*"] } }' }],
    [
      'the script that builds',
      {
        'apps/api/package.json': pkg('api', {
          scripts: { build: 'npm run css', css: 'node ../../libs/settings/css.js', start: 'node server.js' },
        }),
      },
    ],
  ])('a package that %s reaches is needed for the build, declared or not', (_, change) => {
    const files = shop({
      'apps/api/package.json': pkg('api', { scripts: { start: 'node server.js' } }),
      'apps/api/playwright.config.ts': "webServer: { command: 'npm start', cwd: '../web' }",
      ...change,
    });
    expect(names(homeOf(projectIn(files, 'apps/api')).built)).toEqual(['settings', 'api']);
    expect(names(homeOf(projectIn(files, 'apps/api')).shipped)).toEqual(['api']);
  });

  test('a package whose tsconfig is extended is needed for the build, declared or not', () => {
    const files = shop({
      'apps/web/tsconfig.json': '{\n  // house rules\n  "extends": "settings/strict.json"\n}\n',
      'apps/web/tsconfig.build.json': '{ "extends": ["./tsconfig.json", "@other/one", "../../base.json"] }',
    });
    const { built, shipped } = homeOf(projectIn(files, 'apps/web'));
    expect(names(built)).toEqual(['text', 'log', 'settings', 'web']);
    expect(names(shipped)).toEqual(['text', 'log', 'web']);
  });

  test('a circle is cut', () => {
    const files = shop({ 'libs/text/package.json': pkg('text', { dependencies: { log: '*' } }) });
    expect(names(homeOf(projectIn(files, 'apps/api')).shipped)).toEqual(['text', 'log', 'api']);
  });

  test('the context is the workspace, unless the package has a lockfile of its own or is none of it', () => {
    const context = (files: Files, folder: string): string => contextOf(new Project(new MemoryTree(files), folder));
    expect(context(shop(), 'apps/api')).toBe('');
    expect(context(shop({ 'apps/api/yarn.lock': '' }), 'apps/api')).toBe('apps/api');
    expect(context(shop({ 'other/package.json': '{}' }), 'other')).toBe('other');
  });

  test('programs are what nobody depends on and somebody starts', () => {
    const found = workspaceOf(new Project(new MemoryTree(shop())));
    expect(found?.members.filter(({ program }) => program).map(({ name }) => name)).toEqual(['api', 'web']);
    expect(found?.place).toEqual({ file: 'package.json', line: 4 });
    expect(workspaceOf(projectIn({ 'package.json': json({ workspaces: [] }) }, ''))).toBeUndefined();
    expect(workspaceOf(projectIn({ 'package.json': json({ workspaces: ['a/*'] }) }, ''))).toBeUndefined();
  });

  test("pnpm's file wins, and its settings alone are no workspace", () => {
    const files = { 'package.json': '{}', 'a/package.json': pkg('a'), 'pnpm-workspace.yaml': 'packages:\n  - a\n' };
    expect(workspaceOf(projectIn(files, ''))?.place).toEqual({ file: 'pnpm-workspace.yaml', line: 1 });
    expect(workspaceOf(projectIn({ ...files, 'pnpm-workspace.yaml': 'packages:\n  - .\n' }, ''))).toBeUndefined();
  });

  test('the root may be a program itself, with packages that it needs', () => {
    const value = { name: 'shop', workspaces: ['apps/*', 'libs/*'], scripts: { start: 'node server.js' } };
    const files = shop({
      'package.json': json({ ...value, dependencies: { text: '*' } }),
      'server.js': server,
    });
    const project = new Project(new MemoryTree(files));
    expect(workspaceOf(project)?.members[0]).toEqual({ folder: '', name: 'shop', program: true, first: true });
    const { built, workdir } = homeOf(project);
    expect([names(built), workdir]).toEqual([['text', 'shop'], '/app']);
    const tree = new MemoryTree(files);
    const { files: made } = propose(settle(inspect({ tree, member: '.', ecosystems: [node] })));
    expect(made.map(({ path }) => path)).toEqual(['Dockerfile', '.dockerignore']);
    expect(made[0]?.text).toContain('npm ci --omit=dev --no-audit');
    expect(made[0]?.text).toContain('COPY --link libs/text /app/libs/text');
  });

  test.each([
    'npm start -w api',
    'pnpm --filter=./apps/api... start',
    'yarn workspace api start',
    'cd apps/api && node server.js',
    'node apps/api/server.js',
    'turbo run start --filter api',
  ])('asked for at the root, the one that it starts is taken: %s', (start) => {
    const root = { private: true, workspaces: ['apps/*', 'libs/*'], scripts: { start } };
    const { facts, notes } = scaffolded(shop({ 'package.json': json(root) }), '');
    expect(facts.find(({ name }) => name === 'start')?.value).toBe('node server.js');
    expect(notes[0]?.message).toBe('The image is for api, which the workspace itself starts, and not for web');
  });

  test.each([{ dev: 'npm run dev -w api' }, { start: 'turbo run start', dev: 'pnpm --filter api dev' }])(
    'asked for at the root, the one that it starts for developers is better than a question: %j',
    (scripts) => {
      const root = { private: true, workspaces: ['apps/*', 'libs/*'], scripts };
      const { notes } = scaffolded(shop({ 'package.json': json(root) }), '');
      expect(notes[0]?.message).toBe('The image is for api, which the workspace itself starts, and not for web');
      expect(notes[0]?.hint).toContain('--project web');
    },
  );

  test('asked for at the root, a library that it starts is a program', () => {
    const root = { private: true, workspaces: ['apps/*', 'libs/*'], scripts: { start: 'npm start -w log' } };
    const found = workspaceOf(new Project(new MemoryTree(shop({ 'package.json': json(root) }))));
    expect(found?.members.find(({ name }) => name === 'log')).toMatchObject({ program: true, first: true });
  });

  test.each(['npm start -w api && npm start -w web', 'turbo run start'])(
    'asked for at the root, several are a question: %s',
    (start) => {
      const root = { private: true, workspaces: ['apps/*', 'libs/*'], scripts: { start } };
      expect(errorOf(() => scaffolded(shop({ 'package.json': json(root) }), '')).code).toBe('open-question');
    },
  );

  test('asked for at the root, the programs are named', () => {
    const error = errorOf(() => scaffolded(shop(), ''));
    expect([error.code, error.message]).toEqual([
      'open-question',
      'Which package of the workspace is the image for? Found api, web',
    ]);
  });
});

describe('the Dockerfile of a package', () => {
  test('a framework may be a dependency of the root, where the build calls it', () => {
    const root = { private: true, workspaces: ['apps/*', 'libs/*'], devDependencies: { vite: '8' } };
    const files = shop({
      'package.json': json(root),
      'apps/web/package.json': pkg('web', { scripts: { build: 'vite build', dev: 'vite' } }),
      'apps/web/index.html': '',
    });
    const { facts, dockerfile } = scaffolded(files, 'apps/web');
    const vite = { name: 'framework', value: 'Vite', place: { file: '../../package.json', line: 8 } };
    expect(facts).toContainEqual(vite);
    expect(dockerfile).toContain('--from=build /app/apps/web/dist');
  });

  test('only manifests that it leads to are part of its installation', () => {
    const { dockerfile } = scaffolded(shop());
    const mounted = [...dockerfile.matchAll(/source=([^,]*package\.json)/g)].map(([, path]) => path);
    expect(new Set(mounted)).toEqual(
      new Set([
        'package.json',
        'libs/text/package.json',
        'libs/log/package.json',
        'libs/settings/package.json',
        'apps/api/package.json',
      ]),
    );
    expect(dockerfile).not.toContain('apps/web');
    expect(dockerfile.slice(dockerfile.indexOf('AS prod-deps'))).not.toContain('settings');
  });

  test('a library is built although the program is not, and ships what it makes', () => {
    const { dockerfile } = scaffolded(shop());
    expect(dockerfile).toContain('COPY libs/log ./libs/log\nRUN npm run build --workspace libs/log');
    expect(dockerfile).toContain('COPY --link --from=libraries /app/libs/log/dist /app/libs/log/dist');
    expect(dockerfile).toContain('COPY --link libs/text /app/libs/text');
    expect(dockerfile).toContain('COPY --link apps/api ./');
  });

  test('install scripts run in the package that has them, and none by itself', () => {
    const files = {
      'libs/text/package.json': pkg('text', {
        scripts: { postinstall: 'prisma generate' },
        dependencies: { prisma: '7' },
      }),
      'libs/text/prisma/schema.prisma': '',
      'package.json': json({ name: 'shop', workspaces: ['apps/*', 'libs/*'], scripts: { prepare: 'husky' } }),
    };
    const { dockerfile } = scaffolded(shop(files));
    expect(dockerfile).toContain('source=libs/text/prisma/schema.prisma');
    expect(dockerfile).toMatch(/--ignore-scripts.*&& \\\n {4}npm run postinstall --workspace libs\/text/);
  });

  test('facts of the workspace are where they are, seen from the package', () => {
    const { facts } = scaffolded(shop({ '.nvmrc': '22\n' }));
    const place = (name: string) => facts.find((fact) => fact.name === name)?.place?.file;
    expect([place('workspace'), place('Node'), place('package manager'), place('start')]).toEqual([
      '../../package.json',
      '../../.nvmrc',
      '../../package-lock.json',
      'package.json',
    ]);
  });

  test('a package may ask for a Node of its own', () => {
    const { dockerfile } = scaffolded(shop({ '.nvmrc': '22\n', 'apps/api/.nvmrc': '26\n' }));
    expect(dockerfile).toContain('nodejs26');
  });

  test('what lies at the root is there for the builds, and what their configurations lead to', () => {
    const files = {
      'tsconfig.base.json': '{}',
      'README.md': '',
      'config/tsconfig.lib.json': '{}',
      'libs/log/tsconfig.json': '{ "extends": "../../config/tsconfig.lib" }',
      'libs/log/package.json': pkg('log', { main: 'dist/index.js', scripts: { build: 'node ../../tools/make.js' } }),
      'tools/make.js': '',
    };
    const { dockerfile } = scaffolded(shop(files));
    expect(dockerfile).toContain('COPY package.json package-lock.json tsconfig.base.json ./');
    expect(dockerfile).toContain('COPY config/tsconfig.lib.json ./config/tsconfig.lib.json');
    expect(dockerfile).toContain('COPY tools/make.js ./tools/make.js');
  });

  test('content next to the packages and what stands after a build are there, too', () => {
    const scripts = { build: 'tsc', postbuild: 'cp ../../README.md .' };
    const { dockerfile, ignore } = scaffolded(
      shop({
        'README.md': '',
        'docs/a.md': '',
        'libs/text/src/a.ts': '',
        'libs/log/site.config.js': "export default { docs: { path: '../../docs' }, all: '../../libs' }",
        'libs/log/package.json': pkg('log', { main: 'dist/index.js', scripts }),
      }),
    );
    expect(dockerfile).toContain('COPY package.json package-lock.json README.md ./');
    expect(dockerfile).toContain('COPY docs ./docs');
    expect(dockerfile).not.toContain('COPY libs ./libs');
    expect(ignore).not.toMatch(/^README/m);
  });

  test('outputs of the others on this machine are ignored', () => {
    expect(scaffolded(shop()).ignore).toMatch(/^libs\/log\/dist$/m);
  });

  test('an addon of another package is none of this one', () => {
    const packages = {
      'apps/web': { dependencies: { 'better-sqlite3': '12' } },
      'node_modules/better-sqlite3': { version: '12.0.0', hasInstallScript: true },
      'node_modules/log': { resolved: 'libs/log', link: true },
    };
    const files = shop({ 'package-lock.json': json({ lockfileVersion: 3, packages: { '': {}, ...packages } }) });
    expect(scaffolded(files).dockerfile).not.toContain('sqlite');
    const own = pkg('api', { scripts: { start: 'node server.js' }, dependencies: { 'better-sqlite3': '12' } });
    const { dockerfile } = scaffolded({ ...files, 'apps/api/package.json': own });
    expect(dockerfile).toContain("cd apps/api && \\\n    node -e \"new (require('better-sqlite3'))");
  });

  test.each([
    [{ tasks: { build: { dependsOn: ['^build'] } } }, false],
    [{ tasks: { build: { dependsOn: ['^build', 'generate'] } } }, true],
    [{ pipeline: { 'api#build': { dependsOn: ['codegen'] } } }, true],
    [{ tasks: {} }, false],
  ])('Turborepo runs where the order of builds is not all: %j', (turbo, runs) => {
    const value = { name: 'shop', workspaces: ['apps/*', 'libs/*'], devDependencies: { turbo: '2' } };
    const built = pkg('api', { scripts: { start: 'node dist/server.js', build: 'tsc' }, dependencies: { log: '*' } });
    const files = { 'package.json': json(value), 'turbo.json': json(turbo), 'apps/api/package.json': built };
    const { dockerfile } = scaffolded(shop(files));
    expect(dockerfile.includes('npx turbo run build --env-mode=loose --filter=api')).toBe(runs);
    expect(dockerfile.includes('RUN npm run build --workspace libs/log')).toBe(!runs);
  });
});

describe('what can not be built', () => {
  test('a folder that no workspace names', () => {
    const files = shop({ 'apps/api/package.json': pkg('api', { dependencies: { far: 'file:../../../far' } }) });
    expect(errorOf(() => scaffolded(files))).toMatchObject({ code: 'unsupported', place: { file: 'package.json' } });
  });

  test.each(['a b', 'a\nRUN id', "a'", '$(id)'])('a folder named %j', (name) => {
    const files = shop({ [`libs/${name}/package.json`]: pkg('log'), 'libs/log/package.json': '{}' });
    expect(errorOf(() => scaffolded(files)).code).toBe('unsafe-value');
  });

  test('a broken manifest of another package', () => {
    const error = errorOf(() => scaffolded(shop({ 'libs/text/package.json': '{' })));
    expect(error.code).toBe('broken-file');
  });
});

test('what a library writes is told with the folder in which the program runs', () => {
  const { notes } = scaffolded(shop({ 'libs/text/index.js': "fs.mkdirSync('logs')" }));
  const note = notes.find(({ message }) => message.startsWith('The program writes files'));
  expect(note?.hint).toContain('--tmpfs /app/apps/api/logs,');
  expect(note?.place).toEqual({ file: '../../libs/text/index.js', line: 1 });
  expect(scaffolded(shop()).notes.some(({ message }) => message.startsWith('The program writes'))).toBe(false);
});

describe('a package that depends on the root of its workspace', () => {
  const files = (spec: string, more: object = {}): Files => ({
    'package.json': pkg('lib', {
      main: 'dist/index.js',
      scripts: { build: 'tsc' },
      devDependencies: { typescript: '5' },
    }),
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters:\n  .: {}\n",
    'pnpm-workspace.yaml': 'packages:\n  - docs\n',
    'src/index.ts': '',
    'docs/package.json': pkg('docs', { scripts: { start: 'node server.js' }, ...more, dependencies: { lib: spec } }),
    'docs/server.js': server,
  });

  test('has the root built before itself, and what that makes', () => {
    const { dockerfile } = scaffolded(files('workspace:*'), 'docs');
    expect(dockerfile).toContain('COPY . .\nRUN pnpm --filter lib run build\n');
    expect(dockerfile).toContain('COPY --link package.json /app/\n');
    expect(dockerfile).toMatch(/COPY --link --from=\w+ \/app\/dist \/app\/dist\n/);
  });

  test('one of the same name from a registry is none of it', () => {
    expect(scaffolded(files('^1.0.0'), 'docs').dockerfile).not.toContain('--filter lib run build');
  });
});
