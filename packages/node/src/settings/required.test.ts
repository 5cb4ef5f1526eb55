import { expect, test } from 'vitest';
import { projectOf, scaffolded } from '../projects.test.kit.ts';
import { requiredVariables } from './required.ts';

const names = (text: string) => requiredVariables(projectOf({ 'env.ts': text }), ['env.ts']).map(({ name }) => name);

test.each([
  ['const db = connect(process.env.DATABASE_URL!)', ['DATABASE_URL']],
  ["if (!process.env.API_KEY) throw new Error('x')", ['API_KEY']],
  ['if (!process.env.API_KEY) {\n  process.exit(1)\n}', ['API_KEY']],
  ['if (!process.env.API_KEY) {\n  console.warn()\n}', []],
  [
    'const { JWT_SECRET, MONGO_URL: url, PORT_A = 3 } = process.env;\nif (!JWT_SECRET || !url) {\n  console.error({ JWT_SECRET });\n  process.exit(1);\n}\nif (!PORT_A) throw 1',
    ['JWT_SECRET', 'MONGO_URL'],
  ],
  ['const { A_KEY, B_KEY } = process.env\nif (!A_KEY && !B_KEY) throw 1', []],
  ['const { A_KEY } = process.env\nif (!A_KEY) {\n  console.warn()\n}\nthrow 1', []],
  ["const key: string = process.env.A_KEY;\nif (key === undefined) throw new Error('x')", ['A_KEY']],
  ["const key = process.env.A_KEY || 'x';\nif (!key) throw 1", []],
  ['if (!process.env.A_KEY || !process.env.B_KEY) throw 1', ['A_KEY', 'B_KEY']],
  ["const a = env.get('SMTP_HOST').required().asString()", ['SMTP_HOST']],
  ["config.getOrThrow<string>('JWT_SECRET')", ['JWT_SECRET']],
  [
    "import { z } from 'zod'\nz.object({\n  A_KEY: z.string().min(1),\n  B_KEY: z.string().optional(),\n  C_KEY: z\n    .string()\n    .default('x'),\n}).parse(process.env)",
    ['A_KEY'],
  ],
  ['cleanEnv(process.env, {\n  API_KEY: str(),\n  LOG_LEVEL: str({ default: "info" }),\n})', ['API_KEY']],
  ['Joi.object({\n  A_KEY: Joi.string().required(),\n  B_KEY: Joi.string(),\n})\nprocess.env', ['A_KEY']],
  ['// process.env.OLD_KEY!', []],
  ['const a = process.env.API_KEY || "x"', []],
  ['if (process.env.A_KEY !== "x") throw 1', []],
])('%j insists on %j', (text, expected) => expect(names(text)).toEqual(expected));

const next = (files: Readonly<Record<string, string>>) =>
  scaffolded(
    { scripts: { build: 'next build' }, dependencies: { next: '15', react: '19' } },
    { 'next.config.mjs': "import './src/env.mjs'\nexport default {}\n", ...files },
  );

test('a build that checks the environment is told to skip that, where it can be', () => {
  const text =
    'export const env = createEnv({\n  skipValidation: !!process.env.SKIP_ENV_VALIDATION,\n  server: {\n    DATABASE_URL: z.string().url(),\n  },\n})\n';
  const { dockerfile, notes } = next({ 'src/env.mjs': text });
  expect(dockerfile).toContain('SKIP_ENV_VALIDATION=1 npm run build');
  expect(dockerfile).toMatch(/^# SKIP_ENV_VALIDATION: .*\nRUN /m);
  expect(notes.some(({ message }) => message.includes('placeholder'))).toBe(false);
});

test('else each variable gets a placeholder of the right form, for that command alone', () => {
  const text =
    'export const env = createEnv({\n  server: {\n    DATABASE_URL: z.string().url(),\n    NODE_ENV: z.enum(["a"]),\n    MODE: z.enum(["dark", "light"]),\n    SECRET: z.string().min(40),\n    STRIPE_KEY: z.string().startsWith("sk_"),\n    NEXT_PUBLIC_URL: z.string(),\n  },\n})\n';
  const { dockerfile, notes } = next({ 'src/env.mjs': text });
  expect(dockerfile).toContain('DATABASE_URL=postgresql://localhost:5432/placeholder');
  expect(dockerfile).toContain('MODE=dark');
  expect(dockerfile).toMatch(/ SECRET=placeholder-0{28} /);
  expect(dockerfile).toMatch(/ STRIPE_KEY=sk_placeholder-0/);
  expect(dockerfile).not.toMatch(/NEXT_PUBLIC_URL=|^(ENV|ARG) .*DATABASE_URL/m);
  expect(notes.find(({ message }) => message.includes('placeholders'))?.place).toEqual({
    file: 'src/env.mjs',
    line: 3,
  });
});
