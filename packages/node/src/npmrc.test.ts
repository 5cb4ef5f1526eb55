import { expect, test } from 'vitest';
import { readNpmConfig } from './npmrc.ts';
import { projectOf } from './projects.test.kit.ts';

const read = (text: string) => readNpmConfig(projectOf({ '.npmrc': text }));

test('without secrets it is part of the build', () => {
  expect(read('registry=https://npm.example.com/\n; _authToken=old\n')).toEqual({
    shared: true,
    mounts: [],
    secrets: [],
    notes: [],
  });
  expect(readNpmConfig(projectOf({}))).toMatchObject({ shared: false, mounts: [], notes: [] });
});

test.each(['//npm.example.com/:_authToken=npm_abc', '_auth = aGk6aGk=', '//x/:_password="abc"'])(
  'a literal token stays out: %s',
  (line) => {
    expect(read(`a=b\n${line}\n`)).toMatchObject({
      shared: false,
      mounts: ['type=secret,id=npmrc,target=/root/.npmrc'],
      secrets: [{ id: 'npmrc', src: '.npmrc' }],
      notes: [{ place: { file: '.npmrc', line: 2 } }],
    });
  },
);

test('a variable is handed in as a secret, once', () => {
  const token = ['//a/:_authToken=$', '{NPM_TOKEN}'].join('');
  const { shared, mounts, notes } = read(`${token}\n${token}\n`);
  expect({ shared, mounts }).toEqual({ shared: true, mounts: ['type=secret,id=NPM_TOKEN,env=NPM_TOKEN'] });
  expect(notes).toHaveLength(1);
});
