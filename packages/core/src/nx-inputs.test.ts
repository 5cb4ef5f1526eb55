import { expect, test } from 'vitest';
import { inspect, settle } from './inspect.ts';
import { proofInputs } from './nx-inputs.ts';
import { propose } from './propose.ts';
import { fakeEcosystem, fakeTemplates } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

test('inputs are what the Dockerfile reads, also outside of the project, and the files themselves', () => {
  const templates = {
    ...fakeTemplates,
    'build.hbs':
      'FROM deps AS build\nCOPY apps/api libs/core ./\nCOPY *.lock fake.json /\n{{> inputs}}\nRUN make {{shell main}}\n',
  };
  const tree = new MemoryTree({ 'fake.json': '{}', 'apps/api/fake.json': '{}', 'libs/core/a.ts': '', 'x.lock': '' });
  const ecosystem = { ...fakeEcosystem({}, undefined, templates), context: () => '' };
  const proposal = propose(settle(inspect({ tree, folder: 'apps/api', ecosystems: [ecosystem] })));
  expect(proofInputs(proposal)).toEqual([
    '{workspaceRoot}/*.lock',
    '{workspaceRoot}/apps/api/**/*',
    '{workspaceRoot}/fake.json',
    '{workspaceRoot}/libs/core/**/*',
    { env: 'DOCKER_HOST' },
  ]);
});
