import { expect, test } from 'vitest';
import { exposedPort } from './ports.ts';
import { scaffold } from './scaffold.ts';
import { fakeDetection, fakeEcosystem } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

test('what only an overwritten file said is recorded, so that the next run comes to the same', () => {
  const tree = new MemoryTree({ 'fake.json': '{}', Dockerfile: 'FROM other\nEXPOSE 9000\n' });
  const fake = fakeEcosystem({}, (project) => {
    const port = exposedPort(project);
    const facts = port ? [{ name: 'port', value: '9000', place: { file: port.file, line: port.line } }] : [];
    return {
      ...fakeDetection(),
      facts,
      found: { ...fakeDetection().found, main: 'app', ...(port && { port: port.port }) },
    };
  });
  const request = { tree, ecosystems: [fake] };
  scaffold(request, 'overwrite');
  expect(JSON.parse(tree.read('.msb.json', 'utf8') ?? '').options.port).toBe(9000);
  const again = scaffold(request);
  expect(again.options.port).toBe(9000);
  expect(again.files.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
});
