import { expect, test } from 'vitest';
import { violations } from './violations.ts';

const schema = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z]+$', description: 'A short word' },
    port: { type: 'integer', minimum: 1, maximum: 9 },
    runtimes: { type: 'array', minItems: 1, items: { enum: ['a', 'b'] } },
    contract: { const: 1 },
    title: { type: 'string', minLength: 1 },
    skip: { type: 'object', propertyNames: { enum: ['a'] }, additionalProperties: { type: 'string' } },
    images: { type: 'object', minProperties: 1 },
  },
};

test('what the schema allows has no violation', () => {
  const value = { id: 'go', port: 9, runtimes: ['a'], contract: 1, title: 'Go', skip: { a: 'x' }, images: { x: 1 } };
  expect(violations(schema, value)).toEqual([]);
});

test.each<[object, (string | number)[], string, RegExp]>([
  [{}, [], 'The file lacks id', /Add "id"/],
  [{ id: 'go', prot: 1 }, ['prot'], 'prot means nothing', /known are id, port, runtimes/],
  [{ id: 'GO' }, ['id'], 'id is "GO"', /A short word: \^\[a-z\]\+\$/],
  [{ id: 3 }, ['id'], 'id is no string', /Write it as a string/],
  [{ id: 'go', port: 0 }, ['port'], 'port is too small', /1 or more/],
  [{ id: 'go', port: 10 }, ['port'], 'port is too large', /9 or less/],
  [{ id: 'go', port: 1.5 }, ['port'], 'port is no integer', /an integer/],
  [{ id: 'go', runtimes: [] }, ['runtimes'], 'runtimes is empty', /at least one/],
  [{ id: 'go', runtimes: ['a', 'x'] }, ['runtimes', 1], 'runtimes.1 is "x"', /one of a, b/],
  [{ id: 'go', contract: 2 }, ['contract'], 'contract is not 1', /Write 1/],
  [{ id: 'go', title: '' }, ['title'], 'title is empty', /Say something/],
  [{ id: 'go', skip: { b: 'x' } }, ['skip', 'b'], 'skip.b is "b"', /one of a/],
  [{ id: 'go', skip: { a: 1 } }, ['skip', 'a'], 'skip.a is no string', /a string/],
  [{ id: 'go', images: {} }, ['images'], 'images is empty', /at least one/],
])('%j', (value, path, message, mend) => {
  expect(violations(schema, value)).toEqual([{ path, message, mend: expect.stringMatching(mend) }]);
});
