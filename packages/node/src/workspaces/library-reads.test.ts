import { inspect, MemoryTree, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { node } from '../index.ts';
import { json } from '../projects.test.kit.ts';

const workspace = {
  'package.json': json({ name: 'shop', private: true, workspaces: ['apps/*', 'packages/*'] }),
  'package-lock.json': json({ lockfileVersion: 3, packages: {} }),
  'apps/api/package.json': json({
    name: 'api',
    type: 'module',
    scripts: { build: 'tsc', start: 'node dist/main.js' },
    dependencies: { '@shop/prompts': '*' },
    devDependencies: { typescript: '^5.0.0' },
  }),
  'apps/api/src/main.ts': "import { prompt } from '@shop/prompts';\nconsole.log(prompt('hello'));\n",
  'packages/prompts/package.json': json({
    name: '@shop/prompts',
    version: '1.0.0',
    type: 'module',
    main: 'dist/index.js',
    scripts: { build: 'tsc' },
    devDependencies: { typescript: '^5.0.0' },
  }),
  'packages/prompts/src/index.ts': `import path from 'node:path';
const here = path.dirname(new URL(import.meta.url).pathname);
export const prompt = (name) => readFileSync(path.join(here, '..', 'texts', name + '.md'));
export const inner = () => readFileSync(new URL('./inner.sql', import.meta.url));
`,
  'packages/prompts/texts/hello.md': 'hello',
  'packages/prompts/src/inner.sql': 'select 1',
};

test('what a compiled package of the workspace reads next to itself ships where it looks for it', () => {
  const tree = new MemoryTree(workspace);
  const { files } = propose(settle(inspect({ tree, folder: 'apps/api', ecosystems: [node] })));
  const dockerfile = files.find(({ path }) => path === 'Dockerfile')?.text;
  expect(dockerfile).toContain('COPY --link packages/prompts/texts /app/packages/prompts/texts\n');
  expect(dockerfile).toContain('COPY --link packages/prompts/src/inner.sql /app/packages/prompts/dist/inner.sql\n');
});
