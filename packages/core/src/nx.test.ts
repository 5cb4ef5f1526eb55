import { addProjectConfiguration, readProjectConfiguration, type Tree, updateJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nxGenerator } from './nx.ts';
import { fakeEcosystem } from './testing/fake.ts';

let tree: Tree;
let generate: ReturnType<typeof nxGenerator>;

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  generate = nxGenerator(fakeEcosystem());
  tree = createTreeWithEmptyWorkspace();
  addProjectConfiguration(tree, 'orders', { root: 'apps/orders', targets: { lint: {} } });
  tree.write('apps/orders/fake.json', '{}');
});

const target = (name: string) => readProjectConfiguration(tree, 'orders').targets?.[name];

describe('an Nx generator made of an ecosystem', () => {
  test('writes into the project, and adds a target that builds in its folder', async () => {
    await generate(tree, { project: 'orders' });
    expect(tree.read('apps/orders/Dockerfile', 'utf8')).toContain('AS runtime');
    expect(tree.exists('apps/orders/.dockerignore')).toBe(true);
    expect(tree.exists('Dockerfile')).toBe(false);
    expect(target('lint')).toEqual({});
    expect(target('docker-build')).toEqual({
      executor: 'nx:run-commands',
      options: { command: 'docker build -t app .', cwd: '{projectRoot}' },
    });
  });

  test('adds a target that proves the image, and runs again only when something changes that the image is made of', async () => {
    await generate(tree, { project: 'orders' });
    expect(target('docker-verify')).toEqual({
      executor: 'nx:run-commands',
      options: { command: 'npx --yes create-msb-docker verify', cwd: '{projectRoot}' },
      cache: true,
      inputs: ['{workspaceRoot}/apps/orders/**/*', { env: 'DOCKER_HOST' }],
    });
  });

  test('writes a bake file and a workflow when it is told to, the latter at the top of the workspace', async () => {
    await generate(tree, { project: 'orders', ci: 'github' });
    expect(tree.read('apps/orders/docker-bake.hcl', 'utf8')).toContain('target "image"');
    expect(tree.read('.github/workflows/image-app.yml', 'utf8')).toContain('source: ./apps/orders');
  });

  test('takes a folder for a project, and finds the only one without a name', async () => {
    await generate(tree, { project: './apps/orders/' });
    expect(tree.exists('apps/orders/Dockerfile')).toBe(true);
    tree.delete('apps/orders/Dockerfile');
    await generate(tree, {});
    expect(tree.exists('apps/orders/Dockerfile')).toBe(true);
  });

  test('passes options on, and calls the target as it is told', async () => {
    await generate(tree, { project: 'orders', runtime: 'scratch', target: 'image' });
    expect(tree.read('apps/orders/Dockerfile', 'utf8')).toContain('FROM scratch AS runtime');
    expect(target('image')).toBeDefined();
    expect(target('docker-build')).toBeUndefined();
  });

  test('adds no target twice, none where it is unwanted, none where @nx/docker infers one', async () => {
    await generate(tree, { project: 'orders', target: 'lint' });
    expect(target('lint')).toEqual({});
    await generate(tree, { project: 'orders', target: '' });
    updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: [{ plugin: '@nx/docker', options: {} }] }));
    await generate(tree, { project: 'orders' });
    await generate(tree, { project: 'orders', target: 'other', verifyTarget: '' });
    expect(Object.keys(readProjectConfiguration(tree, 'orders').targets ?? {})).toEqual(['lint', 'docker-verify']);
  });

  test('keeps a file that is not ours, unless told otherwise', async () => {
    tree.write('apps/orders/Dockerfile', 'FROM scratch\n');
    await expect(generate(tree, { project: 'orders' })).rejects.toMatchObject({ code: 'conflict' });
    expect(tree.read('apps/orders/Dockerfile', 'utf8')).toBe('FROM scratch\n');
    await generate(tree, { project: 'orders', onConflict: 'overwrite' });
    expect(tree.read('apps/orders/Dockerfile', 'utf8')).toContain('AS runtime');
  });

  test('says which projects there are when the name is wrong or missing', async () => {
    await expect(generate(tree, { project: 'nope' })).rejects.toMatchObject({ hint: 'Its projects are orders.' });
    addProjectConfiguration(tree, 'billing', { root: 'apps/billing' });
    tree.write('apps/billing/fake.json', '{}');
    await expect(generate(tree, {})).rejects.toThrow(
      'Several Fake projects: orders, billing. Name one: nx g @msb/fake:dockerfile <project or folder>.',
    );
  });
});
