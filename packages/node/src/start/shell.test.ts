// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell
import { expect, test } from 'vitest';
import { errorOf, scaffolded } from '../projects.test.kit.ts';

const files = { 'server.js': "require('http').createServer().listen(process.env.PORT || 3000);", 'migrate.js': '' };
const start = (text: string, more: object = {}, extra: Record<string, string> = {}) =>
  scaffolded({ scripts: { start: text, ...more } }, { ...files, ...extra });

test.each([
  ['node migrate.js && node server.js', 'node migrate.js && exec node server.js'],
  ['npm run migrate && A=1 node server.js --x', 'node migrate.js && exec node server.js --x'],
  ['node server.js --port $PORT', 'exec node server.js --port "${PORT}"'],
  ['node server.js "a $B" ${C:-3000}', 'exec node server.js "a ${B}" "${C:-3000}"'],
  ['HOST=$IP node server.js', 'export HOST="${IP}" && exec node server.js'],
  ['sleep 1 && node server.js', 'sleep 1 && exec node server.js'],
])('%s', (text, line) => {
  const { plan, options, notes } = start(text, { migrate: 'node migrate.js' });
  expect(plan.runtime).toMatchObject({ family: 'slim', entrypoint: ['/bin/sh', '-c'], cmd: [line] });
  expect(options.runtime).toBe('slim');
  expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('needs a shell for') }));
});

test('what a variable needs is set, or said', () => {
  const { plan, notes } = start('node server.js $PORT $REGION');
  expect(plan.runtime.env).toMatchObject({ PORT: '3000' });
  expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('REGION') }));
});

test('it is no way to distroless, but a script without it is', () => {
  const text = 'node migrate.js && node server.js';
  const asked = () => scaffolded({ scripts: { start: text } }, files, { runtime: 'distroless' });
  expect(errorOf(asked)).toMatchObject({ code: 'bad-option', message: expect.stringContaining('needs a shell') });
  expect(start(text, { 'start:prod': 'node server.js' }).plan.runtime.family).toBe('distroless');
});

test('what is not in the image can not run in front of the program', () => {
  const value = { scripts: { start: 'prisma migrate deploy && node server.js' }, devDependencies: { prisma: '6' } };
  expect(errorOf(() => scaffolded(value, files))).toMatchObject({
    code: 'unsupported',
    hint: expect.stringContaining('Move prisma to dependencies'),
    place: { line: 3 },
  });
  const { plan } = scaffolded({ ...value, dependencies: { prisma: '6' }, devDependencies: {} }, files);
  expect(plan.runtime.cmd).toEqual(['node_modules/.bin/prisma migrate deploy && exec node server.js']);
  expect(errorOf(() => start('cd src && node server.js')).message).toContain('another folder (cd src)');
});

test('files that the commands in front read reach an image with nothing but an output', () => {
  const scripts = { build: 'tsc', start: 'knex migrate:latest && node tools/seed.js && node dist/server.js' };
  const value = { scripts, dependencies: { knex: '3' }, devDependencies: { typescript: '5' } };
  const own = { 'knexfile.js': '', 'migrations/1.js': '', 'tools/seed.js': '', 'src/server.ts': '' };
  const { dockerfile } = scaffolded(value, own);
  for (const path of ['knexfile.js', 'migrations', 'tools/seed.js', 'dist']) {
    expect(dockerfile).toContain(`COPY --link --from=build /app/${path} ./${path}`);
  }
});

test('a script that comes with the project', () => {
  const sh = start('./start.sh', {}, { 'start.sh': '#!/bin/sh\nexec node server.js\n' });
  expect(sh.plan.runtime).toMatchObject({ family: 'slim', cmd: ['exec sh start.sh'] });
  const bash = start('bash ./start.sh -v', {}, { 'start.sh': 'exec node server.js\n' });
  expect(bash.plan.runtime.cmd).toEqual(['exec bash start.sh -v']);
  const npm = () => start('./start.sh', {}, { 'start.sh': 'set -e\nnpx prisma migrate deploy\n' });
  expect(errorOf(npm)).toMatchObject({ code: 'unsupported', place: { file: 'start.sh', line: 2 } });
});

test('nothing of a script ends the line or the string that it is in', () => {
  const { dockerfile } = start(`node migrate.js 'a"b\\c$D' && node server.js "x'y"`);
  expect(dockerfile).toContain(`ENTRYPOINT ["/bin/sh", "-c"]`);
  expect(dockerfile.match(/^CMD (.*)$/m)?.[1]).toBe(
    JSON.stringify([`node migrate.js 'a"b\\c$D' && exec node server.js 'x'\\''y'`]),
  );
  expect(errorOf(() => start('node \u0001HOME\u0002 && node server.js')).message).toContain('a control character');
});
