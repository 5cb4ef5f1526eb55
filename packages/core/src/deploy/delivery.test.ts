import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { wantsTests } from '../options/schema.ts';
import type { BuildPlan } from '../plan.ts';
import { scaffold } from '../scaffold.ts';
import { fakeDetection, fakeEcosystem, fakePlan, fakeTemplates, temporaryFolder } from '../testing/fake.ts';
import { MemoryTree } from '../tree/memory.ts';

type Asked = Readonly<Record<string, string | boolean>>;

/** Runs once over a project in `folder`; the plan may be changed. */
function run(asked: Asked, change: Partial<BuildPlan> = {}, folder = '', templates = fakeTemplates, more = {}) {
  const tree = new MemoryTree({ [folder === '' ? 'fake.json' : `${folder}/fake.json`]: '{}', ...more });
  const detection = fakeDetection({ plan: (options) => ({ ...fakePlan(options), ...change }) });
  const ecosystems = [fakeEcosystem({}, () => detection, templates)];
  const report = scaffold({ tree, folder, ecosystems, options: asked });
  const text = (path: string): string => tree.read(path, 'utf8') ?? '';
  return { report, text, again: () => scaffold({ tree, folder, ecosystems }) };
}

/** What GitHub's own parser has to say of a workflow. */
async function problems(content: string): Promise<readonly string[]> {
  // Bundled first: the package imports JSON in the way of bundlers, and Node refuses that.
  const outfile = join(temporaryFolder(), 'parser.mjs');
  await build({
    stdin: { contents: `export * from '@actions/workflow-parser';`, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const parser: typeof import('@actions/workflow-parser') = await import(pathToFileURL(outfile).href);
  const file = { name: 'image.yml', content };
  const { context } = parser.parseWorkflow(file, new parser.NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

const workflow = '.github/workflows/image-app.yml';

describe('a bake file', () => {
  test('is written when it is asked for, recorded, and kept up to date by later runs', () => {
    const { report, text, again } = run({ bake: true });
    expect(report.files.map(({ path }) => path)).toContain('docker-bake.hcl');
    expect(report.next).toContain('docker buildx bake');
    expect(text('docker-bake.hcl')).toContain(`tags     = ["\${REGISTRY}app:\${VERSION}"]`);
    expect(JSON.parse(text('.msb.json'))).toMatchObject({ options: { bake: true } });
    expect(new Set(again().files.map(({ action }) => action))).toEqual(new Set(['unchanged']));
    expect(run({}).text('docker-bake.hcl')).toBe('');
    expect(run({ bake: false }).text('docker-bake.hcl')).toBe('');
  });

  test("is the user's when it is there already", () => {
    const mine = { 'docker-bake.hcl': 'target "mine" {}\n' };
    expect(() => run({ bake: true }, {}, '', fakeTemplates, mine)).toThrow(
      'docker-bake.hcl already exists and was not written by msb',
    );
  });

  test('has a target for tests where a stage has them', () => {
    const templates = { ...fakeTemplates, 'test.hbs': '# test runs them\nFROM build AS test\nRUN make test\n' };
    const stages = [...fakePlan({ name: 'app', main: 'main' }).stages, { template: 'fake/test' }];
    const { text } = run({ bake: true }, { stages }, '', templates);
    expect(text('docker-bake.hcl')).toMatch(/target "test" \{\n {2}inherits = \["common"\]\n {2}target {3}= "test"/);
    expect(run({ bake: true }).text('docker-bake.hcl')).not.toContain('target "test"');
  });

  test('means a stage of tests, unless the tests are of no use there', () => {
    const asked: readonly (readonly [Asked, boolean])[] = [
      [{}, false],
      [{ tests: true }, false],
      [{ bake: true }, true],
      [{ ci: 'github' }, true],
      [{ bake: true, tests: false }, false],
    ];
    for (const [options, wanted] of asked) expect(wantsTests(options), JSON.stringify(options)).toBe(wanted);
  });

  test('has a target for each program of a plan', () => {
    const { runtime } = fakePlan({ name: 'app' });
    const { text } = run(
      { bake: true },
      { runtime: { ...runtime, target: 'app' }, others: [{ ...runtime, target: 'tool.v2' }] },
    );
    expect(text('docker-bake.hcl')).toContain('{ id = "tool-v2", target = "tool.v2", image = "tool.v2" }');
    expect(text('docker-bake.hcl')).toContain('program = ["app", "tool-v2"]');
    expect(text('docker-bake.hcl')).toContain(`["\${CACHE}-app", "\${CACHE}-tool-v2"]`);
  });

  test('passes on secrets, and the agent', () => {
    const secrets = [
      { id: 'netrc', src: '$HOME/.netrc' },
      { id: 'token', env: 'NPM_TOKEN' },
    ];
    const { text } = run({ bake: true }, { secrets, ssh: true });
    expect(text('docker-bake.hcl')).toContain(`secret = ["id=netrc,src=\${HOME}/.netrc", "id=token,env=NPM_TOKEN"]`);
    expect(text('docker-bake.hcl')).toContain('variable "HOME" {');
    expect(text('docker-bake.hcl')).toContain('ssh = ["default"]');
  });
});

describe('a workflow', () => {
  test('lies at the top of the repository, is one to GitHub, and brings the bake file', async () => {
    const { report, text, again } = run({ ci: 'github' }, {}, 'services/app');
    expect(report.files.map(({ path }) => path)).toContain(`../../${workflow}`);
    expect(text('services/app/docker-bake.hcl')).toContain('target "image"');
    expect(await problems(text(workflow))).toEqual([]);
    expect(text(workflow)).toContain('source: ./services/app');
    expect(text(workflow)).toContain('verify ./services/app\n');
    expect(new Set(again().files.map(({ action }) => action))).toEqual(new Set(['unchanged']));
  });

  test('brings what the build has to be given', async () => {
    const secrets = [
      { id: 'netrc', src: '$HOME/.netrc' },
      { id: 'token', env: 'NPM_TOKEN' },
    ];
    const { runtime } = fakePlan({ name: 'app' });
    const { text } = run({ ci: 'github' }, { secrets, ssh: true, others: [{ ...runtime, target: 'tool' }] });
    expect(await problems(text(workflow))).toEqual([]);
    expect(text(workflow)).toContain(`NPM_TOKEN: \${{ secrets.NPM_TOKEN }}`);
    expect(text(workflow).match(/CONTENT: \$\{\{ secrets\.NETRC \}\}/g)).toHaveLength(2);
    expect(text(workflow)).toContain(
      'verify . -- --secret id=netrc,src=$HOME/.netrc --secret id=token,env=NPM_TOKEN --ssh default\n',
    );
    expect(text(workflow)).toContain('--ssh default --target tool\n');
  });

  test('that is none is told by the test', async () => {
    expect((await problems('on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n')).join()).toMatch(/stepz/);
    expect(
      await problems(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: \${{ nothing.here }}\n`),
    ).not.toEqual([]);
  });

  test('is for a service that we know', () => {
    expect(() => run({ ci: 'jenkins' })).toThrow('--ci must be github');
  });
});
