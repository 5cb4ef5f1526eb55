import { expect, test } from 'vitest';
import { scaffolded } from '../projects.test.kit.ts';

const config =
  "import { defineConfig, env } from 'prisma/config'\n\nexport default defineConfig({ datasource: { url: env('DATABASE_URL') } })\n";
const schema = `datasource db {
  provider = "mysql"
}

generator client {
  provider = "prisma-client"
  output   = "../src/generated"
}
`;
const files = {
  'prisma.config.ts': config,
  'prisma/schema.prisma': schema,
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
  [{ build: 'prisma generate && tsc' }, 'RUN DATABASE_URL=mysql://localhost:3306/placeholder npm run build'],
  [
    { build: 'npm run db && tsc', db: 'prisma --schema=a.prisma generate' },
    'DATABASE_URL=mysql://localhost:3306/placeholder npm run build',
  ],
  [{ postinstall: 'prisma generate' }, 'DATABASE_URL=mysql://localhost:3306/placeholder npm run postinstall'],
  [
    { postinstall: 'npx prisma generate && tsc' },
    'DATABASE_URL=mysql://localhost:3306/placeholder npx prisma generate',
  ],
])('%j makes the client without a database', (scripts, command) => {
  const { dockerfile, notes } = project(scripts);
  expect(dockerfile).toContain(command);
  expect(dockerfile).toMatch(/^# Prisma's configuration insists on DATABASE_URL, .*\nRUN /m);
  expect(dockerfile).not.toMatch(/^(ENV|ARG)\s+DATABASE_URL/m);
  const [note] = notes.filter(({ message }) => message.includes('DATABASE_URL'));
  expect(note?.place).toEqual({ file: 'prisma.config.ts', line: 3 });
});

test.each([
  [
    { build: 'prisma generate' },
    { 'prisma.config.ts': 'export default { datasource: { url: process.env.DATABASE_URL } }' },
  ],
])('%j asks for none', (scripts, change) => {
  const { dockerfile, notes } = project(scripts, change);
  expect(dockerfile).not.toMatch(/placeholder|Prisma/);
  expect(notes.some(({ message }) => message.includes('Prisma'))).toBe(false);
});

test('a client among the sources is made before they are compiled, though no script does it', () => {
  const { dockerfile, notes } = project({ build: 'tsc' });
  expect(dockerfile).toContain(
    'RUN DATABASE_URL=mysql://localhost:3306/placeholder npx prisma generate && \\\n    npm run build',
  );
  expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('prisma generate'));
});

test.each([{ build: 'tsc' }, { build: 'prisma generate && tsc' }, {}])(
  '%j: a client in node_modules is made when they are installed, and ships with them',
  (scripts) => {
    const own = { 'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n' };
    const { dockerfile } = project(scripts, own);
    expect(dockerfile).toMatch(
      /source=prisma\/schema.prisma[\s\S]* npx prisma generate\n[\s\S]*FROM deps AS prod-deps/,
    );
  },
);

test('a client in node_modules that a hook makes is made once', () => {
  const own = { 'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n' };
  expect(project({ build: 'tsc', postinstall: 'prisma generate' }, own).dockerfile).not.toContain('npx prisma');
});

test('the schema is where package.json or the configuration says', () => {
  const moved = {
    'prisma/schema.prisma': '',
    'db/a.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n',
    'prisma.config.ts': "import './env.js';\nexport default { schema: path.join('db', 'a.prisma') }\n",
    'env.ts': '',
  };
  const { dockerfile } = project({ build: 'tsc' }, moved);
  expect(dockerfile).toContain('source=db/a.prisma,');
  expect(dockerfile).toContain('source=env.ts,');
});

test('until Prisma 6 the client needs the OpenSSL of a base with a shell; 7 and what is free of Rust do not', () => {
  const own = (more: string) => ({
    'prisma/schema.prisma': `generator client {\n  provider = "prisma-client-js"\n${more}}\n`,
    'server.js': 'require("http").createServer().listen(3000)\n',
  });
  const value = (version: string) => ({
    scripts: { start: 'node server.js' },
    dependencies: { '@prisma/client': version },
    devDependencies: { prisma: version },
  });
  const old = scaffolded(value('^6.1.0'), own(''));
  expect(old.options.runtime).toBe('slim');
  expect(old.dockerfile).toMatch(
    /FROM toolchain-target AS openssl[\s\S]*FROM openssl AS runtime-base[\s\S]*FROM openssl AS deps/,
  );
  expect(scaffolded(value('^6.1.0'), own(''), { runtime: 'alpine' }).dockerfile).toContain('apk add openssl');
  expect(scaffolded(value('^6.16.0'), own('  engineType = "client"\n')).options.runtime).toBe('distroless');
  expect(scaffolded(value('^7.0.0'), own('')).options.runtime).toBe('distroless');
});
