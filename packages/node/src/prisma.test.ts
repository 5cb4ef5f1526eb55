import { expect, test } from 'vitest';
import { scaffolded } from './projects.test.kit.ts';

const config =
  "import { defineConfig, env } from 'prisma/config'\n\nexport default defineConfig({ datasource: { url: env('DATABASE_URL') } })\n";
const files = {
  'prisma.config.ts': config,
  'prisma/schema.prisma': '',
  'server.js': 'require("http").createServer().listen(3000)\n',
};
const project = (scripts: object, change: Readonly<Record<string, string>> = {}) =>
  scaffolded(
    {
      scripts: { start: 'node server.js', ...scripts },
      dependencies: { '@prisma/client': '7' },
      devDependencies: { prisma: '7' },
    },
    { ...files, ...change },
  );

test.each([
  [{ build: 'prisma generate && tsc' }, 'RUN DATABASE_URL=placeholder npm run build'],
  [{ build: 'npm run db && tsc', db: 'prisma --schema=a.prisma generate' }, 'DATABASE_URL=placeholder npm run build'],
  [{ postinstall: 'prisma generate' }, 'DATABASE_URL=placeholder npm run postinstall'],
  [{ postinstall: 'npx prisma generate && tsc' }, 'DATABASE_URL=placeholder npx prisma generate'],
])('%j makes the client without a database', (scripts, command) => {
  const { dockerfile, notes } = project(scripts);
  expect(dockerfile).toContain(command);
  expect(dockerfile).toMatch(/^# Prisma's configuration insists on DATABASE_URL, .*\nRUN /m);
  expect(dockerfile).not.toMatch(/^(ENV|ARG)\s+DATABASE_URL/m);
  const [note] = notes.filter(({ message }) => message.includes('DATABASE_URL'));
  expect(note?.place).toEqual({ file: 'prisma.config.ts', line: 3 });
});

test.each([
  [{ build: 'tsc' }, {}],
  [
    { build: 'prisma generate' },
    { 'prisma.config.ts': 'export default { datasource: { url: process.env.DATABASE_URL } }' },
  ],
])('%j asks for none', (scripts, change) => {
  const { dockerfile, notes } = project(scripts, change);
  expect(dockerfile).not.toMatch(/placeholder|Prisma/);
  expect(notes.some(({ message }) => message.includes('Prisma'))).toBe(false);
});
