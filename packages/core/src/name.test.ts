import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageName } from './name.ts';
import { optionSchemas } from './options/schema.ts';
import { fakeManifest } from './testing/fake.ts';

test.each([
  ['@Acme/Orders Api', 'orders-api'],
  ['github.com/acme/shop', 'shop'],
  ['a__b..c--d', 'a_b.c-d'],
  ['-x-', 'x'],
  ['日本', 'app'],
  ['', 'app'],
  [undefined, 'app'],
  ['a/', 'app'],
  [`${'x'.repeat(99)}-y`, 'x'.repeat(99)],
])('%j → %j', (name, expected) => {
  expect(imageName(name)).toBe(expected);
});

test('always fits the option, whatever a project is called', () => {
  const pattern = new RegExp(optionSchemas(fakeManifest()).name?.pattern ?? '(?!)', 'u');
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-zA-Z0-9._/@ -]{0,120}$/));
  fc.assert(
    fc.property(text, (name) => {
      expect(imageName(name)).toMatch(pattern);
      expect(imageName(name).length).toBeLessThanOrEqual(100);
      expect(imageName(imageName(name))).toBe(imageName(name));
    }),
  );
});
