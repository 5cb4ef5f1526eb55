import { expect, test } from 'vitest';
import { inOneMessage, MsbError } from './errors.ts';

test('place and hint in one message; what is no error of ours stays as it is', () => {
  const error = new MsbError('broken-file', 'go.mod is broken', 'Mend it.', { file: 'go.mod', line: 3 });
  expect(inOneMessage(error)).toMatchObject({ code: 'broken-file', message: 'go.mod is broken (go.mod:3). Mend it.' });
  expect(inOneMessage(new MsbError('conflict', 'It is there', 'Say what.'))).toMatchObject({
    message: 'It is there. Say what.',
  });
  const bug = new Error('a bug');
  expect(inOneMessage(bug)).toBe(bug);
});
