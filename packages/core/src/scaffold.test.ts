import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Detection, Ecosystem } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { inspect, settle } from './inspect.ts';
import type { GivenOptions } from './options/schema.ts';
import { propose } from './propose.ts';
import { apply, preview, scaffold } from './scaffold.ts';
import { codeOf, fakeDetection, fakeEcosystem, fakePlan, temporaryFolder } from './testing/fake.ts';
import { DiskTree } from './tree/disk.ts';
import { MemoryTree } from './tree/memory.ts';
import type { Tree } from './tree/tree.ts';

const treeOf = (files: Readonly<Record<string, string>> = {}): Tree => new MemoryTree({ 'fake.json': '{}', ...files });
const run = (tree: Tree, options: GivenOptions = {}, policy?: Parameters<typeof apply>[1], fake = fakeEcosystem()) =>
  apply(propose(settle(inspect({ tree, ecosystems: [fake], options }))), policy);
const actions = (report: ReturnType<typeof run>): readonly string[] => report.files.map(({ action }) => action);
const recordOf = (tree: Tree): { options: unknown; files: Record<string, string>; ecosystem: string } =>
  JSON.parse(tree.read('.msb.json', 'utf8') ?? 'null');

describe('a project without a Dockerfile', () => {
  test('gets three files, and a report that says so', () => {
    const tree = treeOf();
    const report = run(tree, { runtime: 'scratch' });
    expect(report.files.map(({ path, action }) => [path, action])).toEqual([
      ['Dockerfile', 'create'],
      ['.dockerignore', 'create'],
      ['.msb.json', 'create'],
    ]);
    for (const { path, bytes } of report.files) expect(Buffer.byteLength(tree.read(path, 'utf8') ?? '')).toBe(bytes);
    expect(report).toMatchObject({ ecosystem: 'fake', findings: [], options: { runtime: 'scratch', port: 8080 } });
    expect(report.next).toEqual([
      'docker build -t app .',
      'docker run --rm --read-only --tmpfs /tmp -p 8080:8080 app',
      'npx create-msb-docker verify',
    ]);
  });

  test('is started by an init where nothing in the program ends it', () => {
    const fake = fakeEcosystem({}, () => fakeDetection({ needsInit: true }));
    expect(run(treeOf(), {}, 'error', fake).next[1]).toBe(
      'docker run --rm --init --read-only --tmpfs /tmp -p 8080:8080 app',
    );
  });

  test('says how to build each image of a plan that has several', () => {
    const plan = fakePlan({ runtime: 'scratch', name: 'app', main: 'main' });
    const others = [{ ...plan.runtime, target: 'migrate' }];
    const fake = fakeEcosystem({}, () => fakeDetection({ plan: () => ({ ...plan, others }) }));
    const report = run(treeOf(), {}, 'error', fake);
    expect(report.next.at(3)).toBe('docker build --target migrate -t migrate .');
    expect(report.findings).toEqual([]);
  });

  test('says which secrets the build has to be given', () => {
    const plan = fakePlan({ runtime: 'scratch', name: 'app', main: 'main' });
    const secrets = [{ id: 'netrc', src: '$HOME/.netrc' }];
    const fake = fakeEcosystem({}, () => fakeDetection({ plan: () => ({ ...plan, secrets }) }));
    expect(run(treeOf(), {}, 'error', fake).next[0]).toBe('docker build --secret id=netrc,src=$HOME/.netrc -t app .');
    const agent = fakeEcosystem({}, () => fakeDetection({ plan: () => ({ ...plan, ssh: true }) }));
    const [build, , prove] = run(treeOf(), {}, 'error', agent).next;
    expect(build).toBe('docker build --ssh default -t app .');
    expect(prove).toBe('npx create-msb-docker verify -- --ssh default');
  });

  test('is changed no more by a second run, however its lines end', () => {
    const tree = treeOf();
    run(tree, { runtime: 'scratch' });
    expect(actions(run(tree))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    for (const path of ['Dockerfile', '.dockerignore', '.msb.json']) {
      tree.write(path, (tree.read(path, 'utf8') ?? '').replaceAll('\n', '\r\n'));
    }
    expect(actions(run(tree))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(actions(run(tree, { runtime: 'alpine' }))).toEqual(['update', 'unchanged', 'update']);
  });

  test('in a folder of the tree', () => {
    const tree = new MemoryTree({ 'apps/my api/fake.json': '{}', 'fake.json': '{}' });
    const report = scaffold({ tree, folder: 'apps/my api', ecosystems: [fakeEcosystem()] });
    expect(tree.children('apps/my api').sort()).toEqual(['.dockerignore', '.msb.json', 'Dockerfile', 'fake.json']);
    expect(tree.children('').sort()).toEqual(['apps', 'fake.json']);
    expect(report.next[0]).toBe("docker build -t app 'apps/my api'");
  });

  test('on disk: nothing but these files', () => {
    const folder = temporaryFolder({ 'fake.json': '{}' });
    const tree = new DiskTree(folder);
    run(tree);
    expect(readdirSync(folder)).toEqual(['fake.json']);
    tree.flush();
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', '.msb.json', 'Dockerfile', 'fake.json']);
  });
});

describe('files that are there', () => {
  const mine = 'FROM scratch\nUSER 1\nCMD ["/x"]\n';

  test("somebody's own: an error names it, and nothing is written", () => {
    const tree = treeOf({ Dockerfile: mine, '.dockerignore': 'x' });
    const act = () => run(tree);
    expect(act).toThrow(
      'Dockerfile already exists and was not written by msb; .dockerignore already exists and was not written by msb',
    );
    expect(codeOf(act)).toBe('conflict');
    expect([tree.read('Dockerfile', 'utf8'), tree.read('.dockerignore', 'utf8'), tree.exists('.msb.json')]).toEqual([
      mine,
      'x',
      false,
    ]);
  });

  test('ours, as we left it: updated; edited: a conflict', () => {
    const tree = treeOf();
    run(tree, { runtime: 'alpine' });
    expect(actions(run(tree, { runtime: 'scratch' }))).toEqual(['update', 'unchanged', 'update']);
    const edited = `${tree.read('Dockerfile', 'utf8')}# mine\n`;
    tree.write('Dockerfile', edited);
    expect(() => run(tree, { runtime: 'alpine' })).toThrow('You edited Dockerfile since msb wrote it');
    expect(() => run(tree)).toThrow('You edited Dockerfile since msb wrote it');
    expect(tree.read('Dockerfile', 'utf8')).toBe(edited);
  });

  test('kept: not touched, not recorded, and checked as it is', () => {
    const tree = treeOf({ Dockerfile: 'FROM alpine\nCMD ["/x"]\n' });
    const report = run(tree, {}, { Dockerfile: 'keep' });
    expect(actions(report)).toEqual(['keep', 'create', 'create']);
    expect(tree.read('Dockerfile', 'utf8')).toBe('FROM alpine\nCMD ["/x"]\n');
    expect(Object.keys(recordOf(tree).files)).toEqual(['.dockerignore']);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['UnpinnedImage', 'NumericUser']);
  });

  test('all kept: no record either', () => {
    const tree = treeOf({ Dockerfile: mine, '.dockerignore': 'x' });
    expect(actions(run(tree, {}, 'keep'))).toEqual(['keep', 'keep']);
    expect(tree.exists('.msb.json')).toBe(false);
  });

  test('overwritten, and ours from then on', () => {
    const tree = treeOf({ Dockerfile: mine });
    expect(actions(run(tree, {}, 'overwrite'))).toEqual(['overwrite', 'create', 'create']);
    expect(actions(run(tree))).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test('one to keep and one unsaid: an error, nothing written', () => {
    const tree = treeOf({ Dockerfile: mine, '.dockerignore': 'x' });
    expect(codeOf(() => run(tree, {}, { Dockerfile: 'overwrite' }))).toBe('conflict');
    expect(tree.read('Dockerfile', 'utf8')).toBe(mine);
  });

  test('whose text is what would be written are no conflict', () => {
    const tree = treeOf();
    run(tree);
    tree.delete('.msb.json');
    expect(actions(run(tree))).toEqual(['unchanged', 'unchanged', 'create']);
  });
});

describe('the record', () => {
  test('has what was given, not what was found or suggested, in one order', () => {
    const [one, other] = [treeOf(), treeOf()];
    run(one, { port: 1, name: 'x' });
    run(other, { name: 'x', port: '1' });
    expect(one.read('.msb.json', 'utf8')).toBe(other.read('.msb.json', 'utf8'));
    expect(recordOf(one)).toMatchObject({ ecosystem: 'fake', options: { name: 'x', port: 1 } });
    expect(recordOf(one).files.Dockerfile).toBe(one.read('Dockerfile', 'utf8'));
  });

  test('is used again, and flags win over it', () => {
    const tree = treeOf();
    run(tree, { port: 1, name: 'recorded' });
    expect(run(tree, { port: 2 }).options).toMatchObject({ port: 2, name: 'recorded' });
    expect(recordOf(tree).options).toEqual({ name: 'recorded', port: 2 });
  });

  test('names the ecosystem where there are several', () => {
    const other = fakeEcosystem({ id: 'other' }, () =>
      fakeDetection({ plan: (options) => fakePlan(options, 'other') }),
    );
    const both = [fakeEcosystem(), other];
    const tree = treeOf();
    expect(codeOf(() => scaffold({ tree, ecosystems: both }))).toBe('several-ecosystems');
    scaffold({ tree, ecosystems: both, ecosystem: 'other', options: { port: 7 } });
    expect(scaffold({ tree, ecosystems: both }).ecosystem).toBe('other');
    const switched = scaffold({ tree, ecosystems: both, ecosystem: 'fake' });
    expect(actions(switched)).toEqual(['update', 'unchanged', 'update']);
    expect(switched.options.port).toBe(8080);
  });

  test.each([
    ['{', /not valid JSON/],
    ['{"version": 2, "ecosystem": "fake"}', /made by another version/],
    ['{"version": 1}', /made by another version/],
    ['[]', /not valid JSON/],
  ])('%s is broken', (text, message) => {
    const tree = treeOf({ '.msb.json': text });
    expect(codeOf(() => run(tree))).toBe('broken-file');
    expect(() => run(tree)).toThrow(message);
  });

  test.each([
    ['{"version": 1, "ecosystem": "fake", "options": {"typo": 1}}', 'broken-file'],
    ['{"version": 1, "ecosystem": "fake", "options": {"port": "x"}}', 'broken-file'],
    ['{"version": 1, "ecosystem": "cobol", "options": {"typo": 1}}', 'no error'],
    ['{"version": 1, "ecosystem": "fake", "options": {"__proto__": "x", "port": null}, "files": 7}', 'no error'],
  ])('%s: %s', (text, code) => {
    expect(codeOf(() => run(treeOf({ '.msb.json': text })))).toBe(code);
  });

  test('a flag overrides what is no option any more', () => {
    const text = '{"version": 1, "ecosystem": "fake", "options": {"port": "x"}}';
    expect(run(treeOf({ '.msb.json': text }), { port: 1 }).options.port).toBe(1);
    expect(codeOf(() => run(treeOf({ '.msb.json': text }), { port: 'y' }))).toBe('bad-option');
  });
});

describe('open questions', () => {
  const asking = (change: Partial<Detection>): Ecosystem =>
    fakeEcosystem({}, (_, given) =>
      fakeDetection({ found: { name: 'app', ...(given.main && { port: 1 }) }, ...change }),
    );

  test('take what is suggested, one after the other, and that is not recorded', () => {
    const tree = treeOf();
    const report = run(tree, {}, 'error', asking({ suggested: { main: 'a', port: 5 } }));
    expect(report.options).toMatchObject({ runtime: 'alpine', main: 'a', port: 5 });
    expect(recordOf(tree).options).toEqual({});
  });

  test('tell what was assumed, but not of what was given', () => {
    const note = { message: 'Nothing names the port', hint: 'Say --port.' };
    const fake = () =>
      asking({ suggested: { main: 'a', port: 5 }, assumptions: { port: note }, found: { name: 'app' } });
    expect(run(treeOf(), {}, 'error', fake()).notes).toEqual([note]);
    expect(run(treeOf(), { port: 5 }, 'error', fake()).notes).toEqual([]);
  });

  test('without a suggestion are an error, and nothing is written', () => {
    const tree = treeOf();
    const act = () => run(tree, { port: 1 }, 'error', asking({ choices: { main: [{ value: './a' }] } }));
    expect(act).toThrow('Which program? The project does not say: found ./a');
    expect(codeOf(act)).toBe('open-question');
    expect(tree.exists('Dockerfile')).toBe(false);
  });

  test('are listed by inspect, and an empty answer is none', () => {
    const request = { tree: treeOf(), ecosystems: [asking({})], options: { runtime: undefined } };
    expect(inspect(request).open.map(({ name }) => name)).toEqual(['port', 'main', 'runtime']);
    expect(inspect(request, { main: 'a' }).open.map(({ name }) => name)).toEqual(['runtime']);
  });

  test('the runtime is settled last, since the program decides what it can ship on', () => {
    const reason = { message: 'It needs no shell', hint: 'It ships on scratch.' };
    const narrowing = fakeEcosystem({}, (_project, given) =>
      fakeDetection({
        found: { name: 'app', port: 1 },
        suggested: { main: 'a' },
        ...(given.main === undefined ? {} : { runtimes: { families: ['scratch'], reason } }),
      }),
    );
    const settled = settle(inspect({ tree: treeOf(), ecosystems: [narrowing] }));
    expect(settled.options).toMatchObject({ main: 'a', runtime: 'scratch' });
  });
});

describe('a proposal', () => {
  const proposed = (fake: Ecosystem, files = {}) =>
    propose(settle(inspect({ tree: treeOf(files), ecosystems: [fake] })));

  test('writes nothing before it is applied', () => {
    const proposal = proposed(fakeEcosystem());
    const { tree } = proposal.inspection.request;
    expect(tree.exists('Dockerfile')).toBe(false);
    apply(proposal);
    expect(tree.exists('Dockerfile')).toBe(true);
  });

  test('is previewed with what is in the way, and nothing is written', () => {
    const proposal = proposed(fakeEcosystem(), { Dockerfile: 'FROM scratch\n' });
    const { tree } = proposal.inspection.request;
    expect(actions(preview(proposal))).toEqual(['conflict', 'create', 'create']);
    expect(actions(preview(proposal, 'keep'))).toEqual(['keep', 'create', 'create']);
    expect(actions(preview(proposal, 'overwrite'))).toEqual(['overwrite', 'create', 'create']);
    expect([tree.read('Dockerfile', 'utf8'), tree.exists('.dockerignore')]).toEqual(['FROM scratch\n', false]);
  });

  test('lets in what the Dockerfile copies, and what the plan needs', () => {
    const plan = {
      ...fakePlan({ runtime: 'alpine', name: 'app', main: 'm', port: 1 }),
      ignore: ['made'],
      needs: ['out/x'],
    };
    const runtime = { ...plan.runtime, artifacts: [{ src: 'README.md', dest: '/' }] };
    const fake = fakeEcosystem({}, () => fakeDetection({ plan: () => ({ ...plan, runtime }) }));
    const ignore = proposed(fake, { 'README.md': '', 'out/x': '' }).files[1]?.text.split('\n');
    expect(ignore).toContain('made');
    expect(ignore).not.toContain('out');
    expect(ignore).not.toContain('*.md');
  });

  test('refuses a secret', () => {
    const needs = ['deploy/tls.key'];
    const plan = (): ReturnType<typeof fakePlan> => ({ ...fakePlan({ name: 'a', main: 'm', port: 1 }), needs });
    const fake = fakeEcosystem({}, () => fakeDetection({ plan }));
    expect(codeOf(() => proposed(fake, { 'deploy/tls.key': '-----BEGIN PRIVATE KEY-----' }))).toBe('secret-in-build');
  });
});

test('every error has an exit code, a hint and one line', () => {
  const error = new MsbError('conflict', 'a', 'b', { file: 'x' });
  expect([error.exitCode, error.name, error.hint, error.place]).toEqual([3, 'MsbError', 'b', { file: 'x' }]);
});
