import { ignoreMatcher, inspect, MemoryTree, propose, settle } from '@msb/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { node } from '../index.ts';
import { json } from '../projects.test.kit.ts';

/** A name of a file that is no code, no secret and no output of a tool. */
const names = fc
  .tuple(
    fc.array(fc.constantFrom('content', 'docs', 'test', 'e2e', 'prompts', 'public', 'a-b', 'x.y', 'README'), {
      maxLength: 2,
    }),
    fc.constantFrom('README', 'LICENSE', 'a', 'data.test', 'compose', 'Dockerfile', 'coverage', 'x_1', '.hidden'),
    fc.constantFrom('.md', '.txt', '.yaml', '.json', '.sql', '.hbs', '.log', '.mdx', '.csv', '.env.example'),
  )
  .map(([folders, name, ending]) => [...folders, name + ending].join('/'))
  .filter((path) => !/(^|\/)(?:package|tsconfig)\.json$/.test(path));

const lines = fc.constantFrom(
  (path: string) => `fs.readFileSync('${path}')`,
  (path: string) => `fs.readFileSync(path.join(process.cwd(), '${path.split('/').join("', '")}'))`,
  (path: string) => `fs.readFileSync(\`\${process.cwd()}/${path}\`)`,
);

/** A program, single or in a workspace, that runs from its sources or from what a compiler makes. */
const shapes = fc.record({ member: fc.boolean(), built: fc.boolean() });

test('a file that the code names is in the image, or the run says why not', () => {
  fc.assert(
    fc.property(names, lines, shapes, (path, line, { member, built }) => {
      const folder = member ? 'apps/api' : '';
      const inFolder = (name: string): string => (member ? `${folder}/${name}` : name);
      const manifest = {
        name: 'api',
        scripts: built ? { build: 'tsc', start: 'node dist/server.js' } : { start: 'node server.js' },
        dependencies: { express: '5' },
        devDependencies: { typescript: '5' },
      };
      const tree = new MemoryTree({
        ...(member && { 'package.json': json({ name: 'all', workspaces: ['apps/*'] }) }),
        [inFolder('package.json')]: json(manifest),
        [inFolder(built ? 'src/server.ts' : 'server.js')]: `${line(path)}\napp.listen(3000)\n`,
        [inFolder(path)]: 'text',
      });
      const { account, notes, files } = propose(settle(inspect({ tree, folder, ecosystems: [node], options: {} })));
      const ignore = files.find(({ path: name }) => name.endsWith('dockerignore'))?.text ?? '';
      const read = account.reads.find((one) => one.path === path || path.startsWith(`${one.path}/`));
      const told = notes.some(({ message }) => message.includes(path));
      expect(told || read !== undefined, `${path} has no account`).toBe(true);
      expect(told || ['image', 'added', 'made'].includes(read?.outcome ?? ''), `${path}: ${read?.outcome}`).toBe(true);
      expect(told || !ignoreMatcher(ignore)(inFolder(path)), `${path} is ignored`).toBe(true);
    }),
    { numRuns: 60 },
  );
});
