import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Project } from '../project/project.ts';
import { codeOf } from '../testing/fake.ts';
import { MemoryTree } from '../tree/memory.ts';
import { composeIgnore } from './compose.ts';
import { ignoreMatcher } from './match.ts';

const files = {
  'fake.json': '',
  'README.md': '',
  'Dockerfile.tmpl': '',
  'out/page.html': '',
  'src/id_token.ts': '',
  'src/ca.pem': 'BEGIN CERTIFICATE',
  'a [*] b.pem': 'BEGIN CERTIFICATE',
  '!odd.pem': 'BEGIN CERTIFICATE',
  'ssh/id_rsa.pub': 'ssh-rsa AAAA',
  'private.pem': '-----BEGIN EC PRIVATE KEY-----',
  'tls.key': '-----BEGIN PRIVATE KEY-----',
  id_rsa: '-----BEGIN OPENSSH PRIVATE KEY-----',
  '.env': 'TOKEN=1',
  'sub/.env.production': 'TOKEN=1',
  '.envrc': 'export TOKEN=1',
  'deploy/.kube/config': 'token: 1',
  '.git-credentials': 'https://me:token@example.com',
  'app.keystore': '1',
  'trust.p12': 'binary',
  '.netrc': 'login',
  '.aws/credentials': 'key',
  '.git/HEAD': '',
  'node_modules/x/index.js': '',
  'sub/node_modules/y/index.js': '',
};
const project = new Project(new MemoryTree(files));
const compose = (needs: readonly string[], outputs: readonly string[] = ['out', '*.log']): string =>
  composeIgnore(project, outputs, needs);

const alwaysOut = ['.git/HEAD', 'node_modules/x/index.js', 'sub/node_modules/y/index.js'];
const secrets = [
  'private.pem',
  'tls.key',
  'id_rsa',
  '.env',
  'sub/.env.production',
  '.envrc',
  'deploy/.kube/config',
  '.git-credentials',
  'app.keystore',
  'trust.p12',
  '.netrc',
  '.aws/credentials',
];
const needable = Object.keys(files).filter((path) => ![...alwaysOut, ...secrets].includes(path));

describe('whatever a build needs', () => {
  const needs = fc.subarray([...needable, ...alwaysOut, 'src', 'sub', 'missing.key', 'missing']);

  test('no needed file is dropped, and no secret, history or dependency gets in', () => {
    fc.assert(
      fc.property(needs, (wanted) => {
        const ignored = ignoreMatcher(compose(wanted));
        for (const path of wanted) if (needable.includes(path)) expect(ignored(path), path).toBe(false);
        for (const path of [...secrets, ...alwaysOut, '.git', 'node_modules', 'sub/node_modules', 'missing.key']) {
          expect(ignored(path), path).toBe(true);
        }
      }),
    );
  });

  test('patterns that nothing needs stay', () => {
    const ignored = ignoreMatcher(compose(['fake.json']));
    for (const path of ['README.md', 'Dockerfile', '.msb.json', 'out', 'x.log', 'src/ca.pem']) {
      expect(ignored(path), path).toBe(true);
    }
    for (const path of ['fake.json', 'src/id_token.ts', 'src/app.log']) expect(ignored(path), path).toBe(false);
  });

  test('the same text, in whatever order it is needed', () => {
    expect(compose(['src/ca.pem', '!odd.pem', 'src/ca.pem'])).toBe(compose(['!odd.pem', 'src/ca.pem']));
  });
});

test('a needed certificate is let in by its name, after the secrets', () => {
  const text = compose(['src/ca.pem', 'a [*] b.pem']);
  expect(text).toMatch(
    /# secrets[\s\S]*# read by the build or by the program\n!a \\\[\\\*\\\] b\.pem\n!src\/ca\.pem\n$/,
  );
  const ignored = ignoreMatcher(text);
  expect([ignored('src/ca.pem'), ignored('a [*] b.pem'), ignored('src/other.pem')]).toEqual([false, false, true]);
});

test.each(secrets)('a build that reads %s is refused', (path) => {
  expect(codeOf(() => compose(['fake.json', path]))).toBe('secret-in-build');
});

test('a folder that is named like a secret is not let in as a whole', () => {
  const inside = new Project(new MemoryTree({ 'certs.key/tls.key': 'PRIVATE KEY' }));
  expect(ignoreMatcher(composeIgnore(inside, [], ['certs.key']))('certs.key/tls.key')).toBe(true);
});

test.each(['!.env', '#x', '', ' ', 'dist\n!.env', 'dist\r!.env'])('the output %j would be no pattern', (output) => {
  expect(codeOf(() => compose([], [output]))).toBe('unsafe-value');
});

test('a file name of two lines does not get into .dockerignore', () => {
  const name = 'x\n!.env\n.pem';
  const hostile = new Project(new MemoryTree({ [name]: '' }));
  expect(codeOf(() => composeIgnore(hostile, [], [name]))).toBe('unsafe-value');
});
