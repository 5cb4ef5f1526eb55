import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { secretNotes } from './secrets.ts';

const told = (source: string) => secretNotes(new Project(new MemoryTree({ 'a.ts': source })), ['a.ts']);

test('a secret without a default is told, with its line', () => {
  const [note] = told(
    'const port = process.env.PORT;\nconst secret = process.env.JWT_SECRET;\nuse(process.env.API_KEY!)\n',
  );
  expect(note?.message).toBe('The program takes JWT_SECRET, API_KEY from the environment, and has no default for them');
  expect(note?.hint).toContain('docker run --env JWT_SECRET and so on.');
  expect(note?.place).toEqual({ file: 'a.ts', line: 2 });
});

test('of many, some are named', () => {
  const [note] = told(['A', 'B', 'C', 'D', 'E'].map((name) => `use(process.env.${name}_TOKEN)`).join('\n'));
  expect(note?.message).toContain('A_TOKEN, B_TOKEN, C_TOKEN and 2 more from');
});

test.each([
  "const a = process.env.JWT_SECRET || 'dev'",
  "const a = process.env.JWT_SECRET ?? 'dev'",
  'if (process.env.JWT_SECRET) use(it)',
  'const a = process.env.JWT_SECRET ? 1 : 2',
  'const on = process.env.JWT_SECRET !== undefined',
  "process.env.JWT_SECRET = 'made'",
  '// process.env.JWT_SECRET',
  "x(process.env.JWT_SECRET)\nprocess.env.JWT_SECRET ||= 'made'",
])('%s is none that is needed', (source) => expect(told(source)).toEqual([]));
