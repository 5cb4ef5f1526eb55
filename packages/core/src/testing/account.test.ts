import { expect, test } from 'vitest';
import { inspect } from '../inspect.ts';
import { propose } from '../propose.ts';
import { MemoryTree } from '../tree/memory.ts';
import { accountProblems } from './account.ts';
import type { Attempt } from './attempt.ts';
import { fakeDetection, fakeEcosystem, fakePlan } from './fake.ts';

const files = {
  'fake.json': '',
  'src/main.py': 'open("out/words.txt")\nopen("beside.txt")\nopen(".env")\n',
  'src/beside.txt': '',
  'out/words.txt': '',
  '.env': 'TOKEN=1',
};

/** The problems of a project whose plan reports some reads. */
function problems(reads: readonly string[]): readonly string[] {
  const plan = (options: Parameters<typeof fakePlan>[0]) => ({
    ...fakePlan(options),
    reads: reads.map((path) => ({ path, when: 'run' as const })),
  });
  const ecosystem = fakeEcosystem({}, () => fakeDetection({ plan }));
  const request = { tree: new MemoryTree(files), ecosystems: [ecosystem], options: { runtime: 'alpine' } };
  return accountProblems({ ecosystem, proposal: propose(inspect(request)) } as Attempt).map(({ message }) => message);
}

test('a file that the code names and no stage sees is a problem, unless it is a secret', () => {
  expect(problems([])).toEqual(['src/main.py:1 names out/words.txt, which reaches no stage']);
});

test('it is none where it is reported', () => expect(problems(['out'])).toEqual([]));
