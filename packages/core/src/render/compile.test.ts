import { expect, test } from 'vitest';
import type { TemplateValues } from '../plan.ts';
import { temporaryFolder } from '../testing/fake.ts';
import { compile } from './compile.ts';

const make = (text: string, values: TemplateValues = {}): string =>
  compile('fake/stage', { fake: temporaryFolder({ 'stage.hbs': text }) })(values);

test.each([
  '{{typo}}',
  '{{#if typo}}a{{/if}}',
  '{{#unless typo}}a{{/unless}}',
  '{{#each list}}{{typo}}{{/each}}',
  '{{#each typo}}{{/each}}',
  '{{> typo}}',
  '{{#if toString}}a{{/if}}',
])('%s: a name that the plan does not declare is an error', (text) => {
  expect(() => make(text, { list: [{ name: 1 }] })).toThrow(/typo|toString/);
});

test('the error names the template', () => {
  expect(() => make('{{a}} {{b}}')).toThrow('fake/stage.hbs uses a, b, which its plan does not declare');
});

test('nothing is escaped for HTML, and text with braces is text', () => {
  expect(make('{{x}}', { x: `<a & 'b' "c" =\`> {{y}}` })).toBe(`<a & 'b' "c" =\`> {{y}}`);
});

test('a declared name without a value is nothing, and false for if', () => {
  expect(make('<{{x}}{{#if x}}yes{{else}}no{{/if}}>', { x: undefined })).toBe('<no>');
});

test('no partial is indented by what stands before it', () => {
  expect(make('RUN a\n  {{> inputs}}\nRUN b\n', { inputs: ['COPY a b', 'COPY c d'] })).toMatch(
    /^RUN a\n {0,2}COPY a b\nCOPY c d\nRUN b\n$/,
  );
});

test('helpers quote', () => {
  const values = { list: ['a', 'b "c"'], text: 'a $b' };
  expect(make('{{exec list}} {{quoted text}} {{shell text}}', values)).toBe(`["a", "b \\"c\\""] "a \\$b" 'a $b'`);
});
