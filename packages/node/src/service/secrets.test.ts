import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { missingSecrets } from './secrets.ts';

const told = (source: string) => missingSecrets(new Project(new MemoryTree({ 'a.ts': source })), ['a.ts']);

test('a secret without a default is told, with its line', () => {
  expect(
    told('const port = process.env.PORT;\nconst a = process.env.JWT_SECRET;\nuse(process.env.API_KEY!)\n'),
  ).toEqual([
    { name: 'JWT_SECRET', place: { file: 'a.ts', line: 2 } },
    { name: 'API_KEY', place: { file: 'a.ts', line: 3 } },
  ]);
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
