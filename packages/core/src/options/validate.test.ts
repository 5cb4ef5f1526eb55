import { expect, test } from 'vitest';
import { codeOf } from '../testing/fake.ts';
import type { OptionSchema, OptionValue } from './schema.ts';
import { flagName, validate } from './validate.ts';

const text: OptionSchema = { type: 'string', description: 'Text' };
const family: OptionSchema = { ...text, enum: ['alpine', 'scratch'] };
const version: OptionSchema = { ...text, pattern: '^\\d+\\.\\d+$' };
const port: OptionSchema = { type: 'integer', description: 'Port', minimum: 0, maximum: 65535 };
const flag: OptionSchema = { type: 'boolean', description: 'Whether' };

test.each<[OptionSchema, OptionValue, OptionValue]>([
  [text, ' a b ', 'a b'],
  [text, 7, '7'],
  [family, ' alpine', 'alpine'],
  [version, 1.27, '1.27'],
  [port, '8080', 8080],
  [port, ' 0 ', 0],
  [port, 65535, 65535],
  [flag, 'true', true],
  [flag, false, false],
])('%j takes %j for %j', (schema, given, expected) => {
  expect(validate('x', schema, given)).toBe(expected);
});

test.each<[OptionSchema, OptionValue, RegExp]>([
  [text, '', /--x needs a value/],
  [text, ' \t', /needs a value/],
  [text, true, /needs a value/],
  [port, true, /needs a value/],
  [port, ' ', /needs a value/],
  [family, 'slim', /must be alpine or scratch, not "slim"/],
  [version, '1.27.3', /must look like/],
  [port, '65536', /whole number from 0 to 65535/],
  [port, -1, /whole number/],
  [port, 80.5, /whole number/],
  [port, '0x50', /whole number/],
  [port, '8e3', /whole number/],
  [port, Number.NaN, /whole number/],
  [flag, 'yes', /must be true or false/],
  [flag, 1, /must be true or false/],
])('%j refuses %j', (schema, given, message) => {
  expect(codeOf(() => validate('x', schema, given))).toBe('bad-option');
  expect(() => validate('x', schema, given)).toThrow(message);
});

test('flagName', () => {
  expect([flagName('port'), flagName('fakeVersion')]).toEqual(['--port', '--fake-version']);
});
