import { expect, test } from 'vitest';
import { packageOf } from '../projects.test.kit.ts';
import type { Start } from '../start/start.ts';
import { advice, needsInit } from './advice.ts';
import { findService } from './service.ts';
import { nearestFirst, programSources } from './sources.ts';

const begin: Start = { env: {}, flags: [], entry: 'dist/server.js', args: [], place: undefined, fromDependency: false };

function look(files: Record<string, string>, value: object = {}, start: Start = begin) {
  const { project, manifest } = packageOf(value, files);
  const sources = nearestFirst(project, programSources(project), start);
  const service = findService(project, manifest, sources, start);
  const init = needsInit(project, manifest, sources, service);
  return { sources, service, notes: advice(project, manifest, sources, service), init };
}
const port = (line: string) => look({ 'src/server.ts': `const app = express()\n${line}\n` }).service.port?.port;

test.each([
  ['app.listen(4000)', 4000],
  ['app.listen({ host, port: 4001 })', 4001],
  ['const port = process.env.PORT || 4002', 4002],
  ["const port = parseInt(process.env.PORT ?? '4003', 10)", 4003],
  ["const port = process.env['PORT'] || 4004", 4004],
  ['await app.listen(process.env.PORT ?? 4005)', 4005],
  ['PORT: z.coerce.number().default(4006),', 4006],
  ['const PORT: number = 4007', 4007],
  ['{ port: 4008 }', 4008],
  ['export const DEFAULT_PORT = 4010;', 4010],
  ['export const REDIS_PORT = 4011;', undefined],
  ['const port = +(env.APP_PORT ? env.APP_PORT : 4009)', 4009],
  ['const db = process.env.DB_PORT || 5432', undefined],
  ['createClient({ port: 6379 })', undefined],
  ['app.listen(port)', undefined],
  ['app.listen(99999)', undefined],
  [' *     port: 80,', undefined],
  ['// app.listen(3000)', undefined],
])('%s → %s', (line, expected) => expect(port(line)).toBe(expected));

test('the entry comes first, tests and configurations never', () => {
  const { sources, service } = look({
    'src/a.ts': 'listen(1111)',
    'src/server.ts': 'app.listen(2222)',
    'test/server.ts': 'app.listen(3333)',
    'vite.config.ts': 'port: 4444',
    'src/server.test.ts': 'app.listen(5555)',
  });
  expect(sources).toEqual(['src/server.ts', 'src/a.ts']);
  expect(service.port).toEqual({ port: 2222, file: 'src/server.ts', line: 1 });
});

test('an entry without an ending is read, too', () => {
  const files = { 'bin/www': "var port = normalizePort(process.env.PORT || '3000');", 'app.js': 'express()' };
  expect(look(files, {}, { ...begin, entry: 'bin/www' }).service.port).toEqual({
    port: 3000,
    file: 'bin/www',
    line: 1,
  });
});

test('other places that name a port', () => {
  const app = { 'server.js': 'createServer()' };
  expect(look({ ...app, '.env.example': 'DB=1\nPORT=4100\n' }).service.port).toMatchObject({ port: 4100, line: 2 });
  expect(look({ ...app, 'config/default.json': '{\n"port": 4200 }' }).service.port).toMatchObject({
    port: 4200,
    line: 2,
  });
  expect(look({ ...app, Dockerfile: 'FROM x\nEXPOSE 4300\n' }).service.port).toMatchObject({ port: 4300 });
  expect(look({ ...app, '.env': 'PORT=4400' }).service.port).toBeUndefined();
  const start = { ...begin, env: { PORT: '4500' }, place: { file: 'package.json', line: 3 } };
  expect(look(app, {}, start).service.port).toEqual({ port: 4500, file: 'package.json', line: 3 });
  expect(look(app, {}, { ...start, args: ['start', '-p', '4600'] }).service.port?.port).toBe(4600);
  expect(look(app, {}, { ...start, args: ['--port=4700'] }).service.port?.port).toBe(4700);
});

test('a job serves nothing; a dependency may say otherwise', () => {
  expect(look({ 'job.js': 'const port = 3000' })).toMatchObject({
    service: { serves: false, port: undefined },
    notes: [],
  });
  expect(look({ 'a.js': '' }, { dependencies: { express: '5' } }).service.serves).toBe(true);
});

test('variables that the image can set', () => {
  const { service, notes } = look({ 'server.js': "app.listen(env.PORT, env.HOST ?? 'localhost')\non('SIGTERM')" });
  expect(service.readsPort?.line).toBe(1);
  expect(service.hostVariable?.match[1]).toBe('HOST');
  expect(look({ 'server.js': 'const { DB, PORT } = process.env\napp.listen(PORT)' }).service.readsPort?.line).toBe(1);
  expect(notes).toEqual([]);
});

test('nobody outside reaches loopback', () => {
  const fastify = { dependencies: { fastify: '5' } };
  const signal = "\nprocess.on('SIGTERM')";
  const noted = (line: string, value: object = {}) => look({ 'server.js': `${line}${signal}` }, value).notes.length;
  expect(noted("app.listen(80, '127.0.0.1')")).toBe(1);
  expect(noted("app.listen({ port: 80, host: 'localhost' })")).toBe(1);
  expect(noted('app.listen({ port: 80 })', fastify)).toBe(1);
  expect(noted("app.listen({ port: 80, host: '0.0.0.0' })", fastify)).toBe(0);
  expect(noted('app.listen({ port: 80 })')).toBe(0);
});

test('a variable called like the program names its port', () => {
  const line = 'const app = express();\nconst port = args.port || Number(process.env.MY_SHOP_PORT) || 5001;\n';
  expect(look({ 'src/server.ts': line }, { name: '@x/my-shop' }).service.port).toMatchObject({ port: 5001, line: 2 });
  expect(look({ 'src/server.ts': line }, { name: 'other' }).service.port).toBeUndefined();
});

test('nothing handles SIGTERM', () => {
  expect(look({ 'server.js': 'app.listen(80)' }).notes).toMatchObject([{ place: { file: 'server.js', line: 1 } }]);
  expect(look({ 'server.js': 'app.listen(80)\napp.enableShutdownHooks()' }).notes).toEqual([]);
  expect(look({ 'server.js': 'app.listen(80)' }).init).toBe(true);
  expect(look({ 'server.js': 'app.listen(80)\napp.enableShutdownHooks()' }).init).toBe(false);
  expect(look({ 'job.js': '' }).init).toBe(false);
});

test.each([
  ["import closeWithGrace from 'close-with-grace'", 'close-with-grace', false],
  ["const { createTerminus } = require('@godaddy/terminus')", '@godaddy/terminus', false],
  ['', 'fastify-cli', false],
  ['', 'close-with-grace', true], // installed, and used by nobody
  ["const stoppable = require('stoppable')", 'stoppable', true], // it stops a server when it is told to
])('%s: init is needed with %s: %s', (line, name, expected) => {
  expect(look({ 'server.js': `${line}\napp.listen(80)` }, { dependencies: { [name]: '1' } }).init).toBe(expected);
});

test.each([
  ['fs.mkdirSync(path.join(root, config.UPLOADS))', '/app/data'],
  ["const upload = multer({ dest: './uploads/' })", '/app/uploads'],
  ["const db = new Database('db/main.sqlite')", '/app/db'],
  ["fs.createWriteStream('logs/access.log')", '/app/logs'],
  ["new transports.File({ filename: 'logs/errors.log' })", '/app/logs'],
  ["const options = { filename: '/var/log/x.log' }", undefined],
  ["fs.mkdirSync(path.join(os.tmpdir(), 'x'))", undefined],
  ["const file = join(tmpdir(), 'x')\nfs.writeFileSync(file, '')", undefined],
  ["fs.writeFileSync('/tmp/ready', '')", undefined],
  ["const db = new Database(':memory:')", undefined],
  ['// fs.writeFileSync(file)', undefined],
])('what writes beside the program is told: %s', (line, expected) => {
  const { notes } = look({ 'src/server.ts': `app.listen(3000)\n${line}\nprocess.on('SIGTERM', () => {})\n` });
  expect(notes.map(({ hint, place }) => [hint.match(/--tmpfs (\S+),/)?.[1], place?.line])).toEqual(
    expected === undefined ? [] : [[expected, 2]],
  );
});
