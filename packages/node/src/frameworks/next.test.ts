import { inspect, MemoryTree, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { node } from '../index.ts';
import { json, scaffolded } from '../projects.test.kit.ts';

const app = {
  name: 'shop',
  scripts: { build: 'next build', start: 'next start' },
  dependencies: { next: '^16.0.0', react: '^19.0.0', 'react-dom': '^19.0.0' },
};

test('standalone, as the configuration asks for it', () => {
  const { dockerfile, facts, notes, plan } = scaffolded(app, {
    'next.config.ts': "// output: 'export'\nexport default {\n  output: 'standalone',\n}\n",
    'public/a.svg': '',
  });
  expect(facts).toContainEqual({ name: 'framework', value: 'Next.js', place: { file: 'package.json', line: 8 } });
  expect(facts).toContainEqual({
    name: 'output',
    value: 'standalone server',
    place: { file: 'next.config.ts', line: 3 },
  });
  expect(dockerfile).toContain('id=shop-next-cache,target=/app/.next/cache');
  expect(dockerfile).toContain('npm run build && \\\n    ln -s /tmp .next/standalone/.next/cache');
  expect(dockerfile).toContain('COPY --link --from=build /app/.next/standalone/ ./\n');
  expect(dockerfile).not.toContain('prod-deps');
  expect(dockerfile).not.toContain('NEXT_PRIVATE');
  expect(plan.runtime).toMatchObject({ cmd: ['server.js'], port: 3000, env: { HOSTNAME: '0.0.0.0' } });
  expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('package-lock')]);
});

test('standalone, although nothing asks for it', () => {
  const { dockerfile, notes } = scaffolded({ ...app, scripts: { start: 'next start -p 4000' } });
  expect(dockerfile).toContain('ENV NEXT_PRIVATE_STANDALONE="true"');
  expect(dockerfile).toContain('npx next build && ');
  expect(dockerfile).toContain('PORT="4000"');
  expect(notes).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('NEXT_PRIVATE_STANDALONE') }),
  );
});

test('variables that the build writes into what browsers get', () => {
  const { dockerfile, notes } = scaffolded(app, {
    'app/page.tsx': 'const url = process.env.NEXT_PUBLIC_API ?? NEXT_PUBLIC_VERCEL_URL\n',
    '.env.production': 'NEXT_PUBLIC_NAME="my shop" # x\nSECRET=1\n',
  });
  expect(dockerfile).toContain('ARG NEXT_PUBLIC_API\nARG NEXT_PUBLIC_NAME="my shop"\nRUN ');
  expect(notes).toContainEqual(
    expect.objectContaining({ hint: expect.stringContaining('--build-arg NEXT_PUBLIC_API=…,') }),
  );
});

test("a server of one's own ships with node_modules", () => {
  const value = { ...app, scripts: { build: 'next build', start: 'NODE_ENV=production node server.js' } };
  const { dockerfile, plan } = scaffolded(value, { 'server.js': "require('next')" });
  expect(dockerfile).toContain('prod-deps');
  expect(plan.runtime.cmd).toEqual(['server.js']);
});

test('in a workspace the standalone output has the root in it', () => {
  const tree = new MemoryTree({
    'package.json': json({ name: 'root', private: true, workspaces: ['apps/*'] }),
    'apps/web/package.json': json(app),
    'apps/web/next.config.mjs': "export default { output: 'standalone' }",
  });
  const inspection = settle(inspect({ tree, folder: 'apps/web', ecosystems: [node] }));
  const dockerfile = propose(inspection).files.find(({ path }) => path.endsWith('Dockerfile'))?.text;
  expect(dockerfile).toContain('ENV NEXT_PRIVATE_OUTPUT_TRACE_ROOT="/app"');
  expect(dockerfile).toContain('ln -s /tmp .next/standalone/apps/web/.next/cache');
  expect(dockerfile).toContain('COPY --link --from=build /app/apps/web/.next/standalone/ ../../\n');
  expect(dockerfile).toContain('WORKDIR /app/apps/web\nENV');
});
