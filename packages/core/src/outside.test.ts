import { basename } from 'node:path';
import { expect, test } from 'vitest';
import * as msb from './index.ts';
import { readOutside } from './outside.ts';
import { fakeTemplates, temporaryFolder } from './testing/fake.ts';

const manifest = {
  contract: 1,
  id: 'toy',
  title: 'Toy',
  markers: ['toy.json'],
  runtimes: ['alpine'],
  port: 8080,
  options: {},
  ignore: [],
};
const code =
  'export default (msb) => ({ detect: () => { throw new msb.MsbError("unsupported", "Toys!", "Work."); } });\n';

const read = (files: Readonly<Record<string, string>>) =>
  readOutside(temporaryFolder(files), { fake: temporaryFolder(fakeTemplates) }, msb);

const toy = (change: object = {}): string => JSON.stringify({ ...manifest, ...change });

test('an ecosystem, and templates that replace ours', async () => {
  const { ecosystems, overridden } = await read({
    'toy/ecosystem.json': toy(),
    'toy/index.mjs': code,
    'fake/build.hbs': 'x',
    '_runtime/alpine.base.hbs': 'x',
    'docs/readme.md': 'x',
    'node_modules/x/y.hbs': 'x',
  });
  expect(overridden).toEqual(['_runtime/alpine.base', 'fake/build']);
  const [ecosystem] = ecosystems;
  expect([ecosystem?.manifest.id, basename(ecosystem?.folder ?? '')]).toEqual(['toy', 'toy']);
  expect(() => ecosystem?.detect(new msb.Project(new msb.MemoryTree({})), {})).toThrow(msb.MsbError);
});

test('a folder that is one ecosystem', async () => {
  const { ecosystems } = await read({ 'ecosystem.json': toy(), 'index.mjs': code });
  expect(ecosystems.map(({ manifest: { id } }) => id)).toEqual(['toy']);
});

test('images of a house', async () => {
  const golang = { title: 'Go', default: '9', versions: { 9: { images: { alpine: 'mirror.example.com/golang:9' } } } };
  await read({ 'images.json': JSON.stringify({ house: golang }), 'fake/build.hbs': 'x' });
  expect(msb.baseImage('house', '9', 'alpine')).toBe('mirror.example.com/golang:9');
});

test.each<[string, Readonly<Record<string, string>>, string, RegExp, RegExp]>([
  ['nothing', { 'readme.md': '' }, 'broken-template', /has no templates/, /ecosystem\.json/],
  ['a typo', { 'fake/biuld.hbs': '' }, 'broken-template', /fake\/biuld\.hbs replaces nothing/, /fake has build, deps/],
  ['a stranger', { 'cobol/build.hbs': '' }, 'broken-template', /replaces nothing/, /in fake, _runtime/],
  ['no code', { 'toy/ecosystem.json': toy() }, 'broken-template', /toy has no code/, /Add index\.js/],
  [
    'code without detect',
    { 'ecosystem.json': toy(), 'index.mjs': 'export default {}' },
    'broken-template',
    /no code/,
    /detect/,
  ],
  ['no JSON', { 'toy/ecosystem.json': '{ "id": ' }, 'broken-template', /ecosystem\.json: Not valid JSON/, /line/],
  ['a key that is none', { 'toy/ecosystem.json': toy({ prot: 1 }) }, 'broken-template', /prot means nothing/, /port/],
  ['no list', { 'toy/ecosystem.json': toy({ markers: 'x' }) }, 'broken-template', /markers is no array/, /an array/],
  [
    'images that are none',
    { 'images.json': '{ "x": 1 }', 'fake/build.hbs': '' },
    'broken-template',
    /images\.json: x/,
    /./,
  ],
  [
    'code that throws',
    { 'toy/ecosystem.json': toy(), 'toy/index.mjs': 'export default () => { throw new Error("x") }' },
    'broken-template',
    /toy\/index\.mjs can't be loaded: Error: x/,
    /Fix it/,
  ],
  [
    'code that is none',
    { 'toy/ecosystem.json': toy(), 'toy/index.mjs': 'export default (' },
    'broken-template',
    /toy\/index\.mjs can't be loaded: /,
    /Fix it/,
  ],
  ['another contract', { 'ecosystem.json': toy({ contract: 2 }) }, 'unsupported', /for contract 2/, /Update/],
  ['an older contract', { 'ecosystem.json': toy({ contract: 0 }) }, 'unsupported', /for contract 0/, /"contract": 1/],
  ['no contract', { 'ecosystem.json': toy({ contract: undefined }) }, 'unsupported', /which contract/, /README/],
])('%s is refused', async (_, files, error, message, hint) => {
  const thrown = await read(files).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toMatchObject({
    code: error,
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});
