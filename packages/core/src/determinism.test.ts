import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runtimeFolder } from './render/templates.ts';
import { fakeTemplates, temporaryFolder } from './testing/fake.ts';

const repository = join(runtimeFolder(), '../..');
const program = `
import { DiskTree, findPort, readJson, scaffold } from './index.ts';
import { fakeDetection, fakeManifest, fakePlan } from './testing/fake-language.ts';

const [project, templates] = process.argv.slice(2);
const detect = (view) => {
  const file = readJson(view, 'fake.json');
  const port = findPort(view, view.sources(), [/listen (\\d+)/]);
  return fakeDetection({
    facts: [{ name: 'name', value: file.value.name, place: { file: 'fake.json', line: file.line('name') } }],
    found: { name: file.value.name, main: 'main', port: port.port },
    plan: (options) => ({ ...fakePlan(options), needs: ['fake.json', ...view.sources()] }),
  });
};
const tree = new DiskTree(project);
const report = scaffold({ tree, ecosystems: [{ manifest: fakeManifest(), folder: templates, detect }] });
console.log(JSON.stringify({ report, changes: tree.changes() }));
`;

// Below node_modules, from where both the templates and what core imports are found.
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(repository, 'node_modules/.msb-test-'));
  await build({
    stdin: { contents: program, resolveDir: join(repository, 'packages/core/src'), loader: 'js' },
    outfile: join(folder, 'program.mjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = {
  'fake.json': '{\n  "name": "shop"\n}\n',
  'Zebra.src': 'listen 1\n',
  'apple.src': 'listen 2\n',
  'ÄPFEL.src': 'listen 3\n',
  'i/İ.src': 'x\n',
};

function run(lineEnd: string, env: NodeJS.ProcessEnv): string {
  const sources = Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', lineEnd)]);
  const args = [
    join(folder, 'program.mjs'),
    temporaryFolder(Object.fromEntries(sources)),
    temporaryFolder(fakeTemplates),
  ];
  return execFileSync(process.execPath, args, { encoding: 'utf8', env, cwd: temporaryFolder() });
}

test('the same project gives the same bytes in any folder, zone and language, with CRLF as well', () => {
  const plain = run('\n', { TZ: 'UTC', LANG: 'C' });
  expect(JSON.parse(plain)).toMatchObject({ report: { options: { name: 'shop', port: 1 } } });
  expect(JSON.parse(plain).changes).toHaveLength(3);
  expect(run('\n', { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/none' })).toBe(
    plain,
  );
  expect(run('\r\n', { TZ: 'America/St_Johns', LC_ALL: 'sv_SE.UTF-8', NODE_ENV: 'production', PORT: '9' })).toBe(plain);
});
