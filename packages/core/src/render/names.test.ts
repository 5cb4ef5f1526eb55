import { expect, test } from 'vitest';
import type { TemplateValues } from '../plan.ts';
import { undeclaredNames } from './names.ts';

test.each<[string, TemplateValues, readonly string[]]>([
  ['{{x}} {{y}}', { x: 1 }, ['y']],
  ['{{#if x}}a{{else}}{{y}}{{/if}}', {}, ['x', 'y']],
  ['{{#unless x}}a{{/unless}}', {}, ['x']],
  ['{{x.y}}', {}, ['x']],
  ['{{exec x}}{{quoted y}}{{shell z}}', {}, ['x', 'y', 'z']],
  ['{{#each x}}{{this}}{{name}}{{@index}}{{/each}}', { x: [] }, []],
  ['{{#each x}}{{../y}}{{else}}{{z}}{{/each}}', { x: [] }, ['y', 'z']],
  ['{{#each x}}{{#each this}}{{../name}}{{../../y}}{{/each}}{{/each}}', { x: [] }, ['y']],
  ['{{#each y}}{{/each}}', {}, ['y']],
  ['{{#with x}}{{name}}{{/with}}', { x: {} }, []],
  ['{{#if (eq x 1)}}{{/if}}', { x: 1 }, ['eq']],
  ['{{> none}}', {}, ['> none']],
  ['{{toString}}{{constructor}}', {}, ['toString', 'constructor']],
  ['{{x}}', { x: undefined }, []],
])('the undeclared names of %s', (text, values, expected) => {
  expect(undeclaredNames(text, values)).toEqual(expected);
});

test('partials are looked into', () => {
  const partials = { inner: '{{#if x}}{{y}}{{/if}}{{> deeper}}', deeper: '{{z}}' };
  expect(undeclaredNames('{{> inner}}', { x: 1 }, partials)).toEqual(['y', 'z']);
  expect(undeclaredNames('{{#each x}}{{> deeper}}{{/each}}', { x: [] }, partials)).toEqual([]);
});
