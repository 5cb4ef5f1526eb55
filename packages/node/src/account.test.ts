import { expect, test } from 'vitest';
import { scaffolded } from './projects.test.kit.ts';

const app = { name: 'app', scripts: { start: 'node server.js' }, dependencies: { express: '5' } };
const serving = (line: string) => `${line}\napp.listen(3000)\nprocess.on('SIGTERM', () => {})\n`;
const of = (line: string, files: Readonly<Record<string, string>> = {}, more: object = {}) =>
  scaffolded({ ...app, ...more }, { 'server.js': serving(line), ...files });

test.each([
  ["const db = new Database('data/app.db')", [{ path: 'data/app.db', kind: 'file' }]],
  [
    "const file = path.join(__dirname, 'data', 'db.json')\nfs.writeFileSync(file, text)",
    [{ path: 'data/db.json', kind: 'file' }],
  ],
  [
    "const path = require('path')\nnew Database(process.env.DB || path.join(__dirname, 'data', 'app.sqlite'))",
    [{ path: 'data/app.sqlite', kind: 'file' }],
  ],
  [
    "import path from 'path'\nnew Database(path.resolve(process.cwd(), 'app.sqlite'))",
    [{ path: 'app.sqlite', kind: 'file' }],
  ],
  ["const upload = multer({ dest: './uploads/' })", [{ path: 'uploads', kind: 'folder' }]],
  [
    "const dir = process.env.DATA_DIR || './data'\nfs.mkdirSync(dir, { recursive: true })",
    [{ path: 'data', kind: 'folder' }],
  ],
  ["const adapter = new JSONFile('db.json')", [{ path: 'db.json', kind: 'file' }]],
  ["new transports.File({ filename: 'logs/errors.log' })", [{ path: 'logs/errors.log', kind: 'file' }]],
  [
    "knex({ client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } })",
    [{ path: 'dev.sqlite3', kind: 'file' }],
  ],
  ["createClient({ url: 'file:local.db' })", [{ path: 'local.db', kind: 'file' }]],
  ["new Sequelize({ dialect: 'sqlite', storage: 'database.sqlite' })", [{ path: 'database.sqlite', kind: 'file' }]],
  ["connect({ database: 'shop' })", []],
  ["const db = new Database(':memory:')", []],
  ["fs.writeFileSync(path.join(os.tmpdir(), 'x.txt'), '')", []],
  ["fs.writeFileSync('/tmp/x.txt', '')", []],
  ["fetch('https://example.com/data.json')", []],
])('%s writes %j', (line, expected) => {
  expect((of(line).plan.writes ?? []).map(({ path, kind }) => ({ path, kind }))).toEqual(expected);
});

test('a write of compiled code lies beside the output', () => {
  const { plan } = scaffolded(
    { ...app, scripts: { build: 'tsc', start: 'node dist/server.js' } },
    { 'src/server.ts': serving("const db = new Database(join(__dirname, '..', 'data', 'app.db'))") },
  );
  expect(plan.writes).toEqual([{ path: 'data/app.db', kind: 'file', place: { file: 'src/server.ts', line: 1 } }]);
});

test('a file of the repository that is written is what its volume starts with', () => {
  const { plan } = of("const adapter = new JSONFile('db.json')", { 'db.json': '{}' });
  expect(plan.writes).toMatchObject([{ path: 'db.json', kind: 'file' }]);
  expect(plan.runtime.links).toEqual([{ path: '/app/db.json', to: '/data/db.json' }]);
  expect(plan.runtime.artifacts).toContainEqual({ src: 'db.json', dest: '/data/db.json', owner: 65532 });
});

test('what a program insists on is told once, and what its start sets is not', () => {
  const line = 'if (!process.env.STRIPE_KEY) throw 1\nuse(process.env.JWT_SECRET)\nuse(process.env.MODE!)';
  const { plan } = of(line, {}, { scripts: { start: 'MODE=a node server.js' } });
  expect(plan.settings?.map(({ name }) => name)).toEqual(['STRIPE_KEY', 'JWT_SECRET']);
});

test("Prisma's address is one", () => {
  const schema =
    'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\ngenerator client {\n  provider = "prisma-client-js"\n}\n';
  const packages = { dependencies: { '@prisma/client': '6' }, devDependencies: { prisma: '6' } };
  expect(of('', { 'prisma/schema.prisma': schema }, packages).plan.settings).toEqual([
    { name: 'DATABASE_URL', place: { file: 'prisma/schema.prisma', line: 3 } },
  ]);
});

test.each([
  ["spawn('ffmpeg', ['-i', file])", {}, 'ffmpeg'],
  ["const { stdout } = await execa('git', ['log'])", {}, 'git'],
  ["exec('pdftotext ' + file)", {}, 'pdftotext'],
  ['await $`pandoc a.md`', {}, 'pandoc'],
  ['', { 'fluent-ffmpeg': '2' }, 'ffmpeg'],
])('%s with %j ships on a base that has it', (line, packages, tool) => {
  const { plan, options, dockerfile } = of(line, {}, { dependencies: { ...app.dependencies, ...packages } });
  expect(plan.tools?.map(({ name }) => name)).toEqual([tool]);
  expect(options.runtime).toBe('slim');
  expect(dockerfile).toContain('AS runtime-tools');
});

test('a package that brings its program along needs none of the base', () => {
  const dependencies = { express: '5', 'fluent-ffmpeg': '2', 'ffmpeg-static': '5' };
  expect(of('', {}, { dependencies }).options.runtime).toBe('distroless');
});

test('reads are reported with their place in the image', () => {
  const { plan } = of("fs.readFile(path.join(__dirname, 'docs/api.yaml'))", { 'docs/api.yaml': '' });
  expect(plan.reads).toEqual([
    { path: 'docs/api.yaml', when: 'run', at: '/app/docs/api.yaml', place: { file: 'server.js', line: 1 } },
  ]);
});

test('the name of a module is no path', () => {
  const line =
    "const path = require('path')\\nconst views = require('views')\\nfs.readFileSync(path.join(__dirname, 'a.md'))";
  const { plan } = of(line, { 'path/a.md': '', 'views/a.md': '', 'a.md': '' });
  expect(plan.reads?.map(({ path }) => path)).toEqual(['a.md']);
});

test('an example of an environment is no secret', () => {
  const { dockerfile, dockerignore } = of("config({ example: '.env.example' })", { '.env.example': 'A=1' });
  expect(dockerfile).toContain('COPY --link . ./');
  expect(dockerignore).toContain('!.env.example');
});

test('a framework that reads its content from the working folder has it there', () => {
  const { dockerfile } = scaffolded(
    { scripts: { build: 'next build' }, dependencies: { next: '15' } },
    { 'lib/posts.ts': "fs.readdirSync(path.join(process.cwd(), 'posts'))", 'posts/a.md': '' },
  );
  expect(dockerfile).toMatch(/COPY --link posts \/app\/posts/);
});
