import { expect, test } from 'vitest';
import { visible, wantsColour } from './terminal.ts';

test.each([
  ['plain é “text”', 'plain é “text”'],
  ['two\nlines\r\tand a tab', 'two\\nlines\\r\\tand a tab'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['\u009b31mred\u0085\u007f', '\\u009b31mred\\u0085\\u007f'],
  ['\u202egnp.exe\u2066\u2028', '\\u202egnp.exe\\u2066\\u2028'],
])('%j is harmless', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('colours go to terminals that want them', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true);
  expect(wantsColour({}, {})).toBe(false);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
});
