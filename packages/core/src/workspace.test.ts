import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import { Project } from './project/project.ts';
import { propose } from './propose.ts';
import { apply, nextCommands, scaffold } from './scaffold.ts';
import { codeOf, fakeDetection, fakeEcosystem } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';
import { commonFolder, foldersAbove, locate, type Member, memberChoices } from './workspace.ts';

const place = { file: 'fake.workspace' };
const files = { 'fake.json': '', 'fake.lock': '', 'apps/api/fake.json': '', 'libs/log/fake.json': '' };
const api: Member = { folder: 'apps/api', name: 'api', program: true };
const log: Member = { folder: 'libs/log', name: '@acme/log', program: false };

/** An ecosystem whose workspaces are always these members, with the lockfile's folder as the context. */
const withMembers = (...members: Member[]) => ({
  ...fakeEcosystem({}, () => fakeDetection({ found: { name: 'api', port: 80, main: 'x', runtime: 'alpine' } })),
  workspace: (root: Project) => (root.has('fake.lock') ? { place, members } : undefined),
  context: ({ tree, folder }: Project) =>
    [folder, ...foldersAbove(folder)].find((above) => new Project(tree, above).has('fake.lock')) ?? folder,
});

test('the folders above one, the nearest first', () => {
  expect(foldersAbove('a/b/c')).toEqual(['a/b', 'a', '']);
  expect(foldersAbove('')).toEqual([]);
});

describe('a project in a larger context', () => {
  const project = new Project(new MemoryTree({ ...files, 'src/x': '' }), 'apps/api', '');

  test('knows its way up, and what its paths are called there', () => {
    expect([project.up, project.root.folder, project.inContext('src'), project.inContext('../../fake.lock')]).toEqual([
      '../..',
      '',
      'apps/api/src',
      'fake.lock',
    ]);
    expect(new Project(project.tree, 'apps/api', 'apps').inContext('../web')).toBe('web');
  });

  test('is its own context otherwise', () => {
    const alone = new Project(project.tree, 'apps/api');
    expect([alone.up, alone.root, alone.inContext('src')]).toEqual(['', alone, 'src']);
  });
});

describe('which package of a workspace', () => {
  const tree = new MemoryTree(files);
  const found = (members: Member[], folder = '', wanted?: string): string =>
    locate(tree, folder, withMembers(...members), wanted).project.folder;

  test('the only program', () => expect(found([log, api])).toBe('apps/api'));
  test('of several, the one that the workspace itself starts, and the others are named', () => {
    const web = { folder: 'apps/web', name: 'web', program: true };
    const { project, notes } = locate(tree, '', withMembers(log, web, { ...api, first: true }));
    expect(project.folder).toBe('apps/api');
    expect(notes.map(({ message, hint }) => [message, hint])).toEqual([
      [
        `The image is for ${api.name}, which the workspace itself starts, and not for web`,
        'For another, name it: --project web.',
      ],
    ]);
    expect(locate(tree, '', withMembers(web, { ...api, first: true }), 'web').notes).toEqual([]);
    expect(locate(tree, '', withMembers(log, api)).notes).toEqual([]);
    expect(codeOf(() => found([api, web].map((item) => ({ ...item, first: true }))))).toBe('open-question');
  });
  test('by its name', () => expect(found([log, api], '', '@acme/log')).toBe('libs/log'));
  test('by its folder', () => expect(found([log, api], '', './apps/api/')).toBe('apps/api'));
  test('the folder itself, which is no workspace', () => expect(found([log, api], 'libs/log')).toBe('libs/log'));

  test.each([
    ['a name that is no package', () => found([log, api], '', 'nope'), 'bad-option'],
    ['a name, where there is no workspace', () => found([log, api], 'apps/api', 'api'), 'bad-option'],
    ['several programs', () => found([api, { ...api, name: 'web' }]), 'open-question'],
    ['no program', () => found([log]), 'no-entry-point'],
    ['no package', () => found([]), 'no-entry-point'],
  ])('%s is an error', (_, act, code) => expect(codeOf(act)).toBe(code));

  test('programs are offered, or all where none looks like one', () => {
    expect(memberChoices({ place, members: [log, api] })).toEqual([api]);
    expect(memberChoices({ place, members: [log] })).toEqual([log]);
  });
});

describe('files of a package', () => {
  const setUp = () => withMembers(api);

  test('lie in its folder; the ignored patterns have a name of their own, and hold for its folder, too', () => {
    const [tree, ecosystem] = [new MemoryTree(files), setUp()];
    const report = scaffold({ tree, ecosystems: [ecosystem] });
    expect([report.project, report.files.map(({ path }) => path)]).toEqual([
      'apps/api',
      ['Dockerfile', 'Dockerfile.dockerignore', '.msb.json'],
    ]);
    expect(tree.exists('apps/api/Dockerfile')).toBe(true);
    expect(tree.read('apps/api/Dockerfile.dockerignore', 'utf8')).toMatch(
      /^Dockerfile\*\n[\s\S]*^apps\/api\/Dockerfile\*$/m,
    );
    const again = scaffold({ tree, folder: 'apps/api', ecosystems: [ecosystem] });
    expect(again.files.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test.each([
    ['', '.', 'docker build -f apps/api/Dockerfile -t api .'],
    ['', '../shop', 'docker build -f ../shop/apps/api/Dockerfile -t api ../shop'],
    ['', '/shop', 'docker build -f /shop/apps/api/Dockerfile -t api /shop'],
    ['apps/api', '.', 'docker build -f Dockerfile -t api ../..'],
    ['apps/api', 'apps/api', 'docker build -f apps/api/Dockerfile -t api .'],
  ])('asked for in %j, named as %s', (folder, where, command) => {
    const proposal = propose(inspect({ tree: new MemoryTree(files), folder, ecosystems: [setUp()] }));
    expect(nextCommands(proposal, where)[0]).toBe(command);
    expect(apply(proposal).findings).toEqual([]);
  });
});

test('a runtime that is not the usual one comes with its reason', () => {
  const reason = { message: 'It needs a shell', hint: 'Write a script.' };
  const on = (...families: ('slim' | 'alpine')[]) =>
    inspect({
      tree: new MemoryTree(files),
      folder: 'libs/log',
      ecosystems: [fakeEcosystem({}, () => fakeDetection({ runtimes: { families, reason } }))],
    }).detection.notes;
  expect(on('slim')).toContainEqual(reason);
  expect(on('slim', 'alpine')).not.toContainEqual(reason);
});

test('the folder that holds others is the nearest one', () => {
  expect(commonFolder(['apps/api', 'apps/api/src', 'apps/web'])).toBe('apps');
  expect(commonFolder(['apps/api', 'apps/api-docs'])).toBe('apps');
  expect(commonFolder(['apps', ''])).toBe('');
  expect(commonFolder(['apps/api'])).toBe('apps/api');
});
